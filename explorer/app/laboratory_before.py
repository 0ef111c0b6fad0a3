"""Before training: the controls, the leading picture of all three cells, and a card with numbers for each."""

from __future__ import annotations

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.controls import Sheet, Values, experiment_controls
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.laboratory_cards import Card, cards, gradient_numbers
from explorer.app.laboratory_detail import make_way, probe_detail
from explorer.app.laboratory_setting import PAGE, Before, state_of
from explorer.app.laboratory_tries import BEFORE, BESIDE, tries
from explorer.figures.gradient_profiles import ProfileLine, gradient_profiles
from explorer.figures.profile_notices import probe_notice
from explorer.sequence.laboratory.names import CELL_TITLES
from explorer.sequence.laboratory.probe import Probe

STATE = state_of("before")
GROUPS = {"loss": "Loss", "weights": "Weights", "reading": "Input", "sizes": "Sizes"}
HEIGHT, PRESENTED = 400, 440
KEPT = 32
"""Profiles of so many settings are kept for a visit: moving a slider back costs nothing."""


def before_controls() -> Before:
    """Draw the sidebar and return what it says."""
    return experiment_controls(STATE, SHEET, PAGE)


def before_view(now: Before) -> None:
    """Draw the view, from the story's buttons to the details."""
    make_way("before", now)
    tries("before", now, BEFORE, BESIDE)
    found = profiles(now.probe)
    drawn(STATE, "profiles", (now.probe, presentation.is_on()), lambda: _picture(now.probe, found), "gradient-before-training")
    cards(STATE, [_card(cell, one) for cell, one in found.items()])
    if not presentation.is_on():
        probe_detail("before", now)


def profiles(probe: Probe) -> dict:
    """The profile of each cell, measured once for each setting."""
    from explorer.sequence.laboratory.profile import profile

    return remembered(f"{PAGE}:profiles", probe, lambda: {cell: profile(probe, cell) for cell in Probe.CELLS}, KEPT)


def lines_of(found: dict) -> list[ProfileLine]:
    """What the leading picture draws of profiles."""
    return [
        ProfileLine(cell, CELL_TITLES[cell], one.hidden, one.cell, one.theory.values, one.theory.kind == "exact")
        for cell, one in found.items()
    ]


def _picture(probe: Probe, found: dict) -> Drawing:
    height = PRESENTED if presentation.is_on() else HEIGHT
    every = probe.loss_at == "every"
    figure = gradient_profiles.spec(lines_of(found), current_theme(), cuts=probe.cuts, every=every, height=height)
    factors = {CELL_TITLES[cell]: one.factor for cell, one in found.items()}
    return figure, [probe_notice(factors, {CELL_TITLES[cell]: one.hidden for cell, one in found.items()}, probe.cuts, every)]


def _card(cell: str, one) -> Card:
    numbers = gradient_numbers(one.factor, one.half_life, float(one.hidden[0]))
    return Card(CELL_TITLES[cell], current_theme().architecture(cell), numbers, one.theory.sentence)


def probe_shows(name: str, values: Values) -> bool:
    return Probe(**{field: values[field] for field in Probe.model_fields}).uses(name)


SHEET = Sheet(Before, GROUPS, shown=probe_shows)
