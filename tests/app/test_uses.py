"""The overview of uses leads to every page that shows one, in a state that the page has."""

import pytest

from explorer.app.pages import CONTEXT, PAGES, USES
from explorer.app.uses import USES as KINDS
from explorer.experiment import from_link, to_link
from explorer.figures.shape_glyph import SHAPES

PLACES = [place for uses in KINDS.values() for use in uses for place in use.places]


def test_every_page_of_the_last_two_sections_is_linked():
    wanted = {spec.file for spec in PAGES if spec.section in (CONTEXT, USES)} - {"applications.py"}
    assert wanted <= {place.page for place in PLACES}


@pytest.mark.parametrize("place", [place for place in PLACES if place.settings], ids=lambda place: place.label)
def test_a_link_leads_to_its_own_settings(place):
    again, notices = from_link(type(place.settings), to_link(place.settings))
    assert again == place.settings and not notices


def test_every_use_has_a_sign_and_a_place():
    for uses in KINDS.values():
        for use in uses:
            assert use.shape in SHAPES and use.places and use.reads and use.writes
