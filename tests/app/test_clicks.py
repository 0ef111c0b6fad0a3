"""A click counts once, though the browser may hand it in twice."""

from types import SimpleNamespace

import pytest

import explorer.app.clicks as clicks


@pytest.fixture
def heard(monkeypatch):
    """Click during runs of the given fragments; what was heard."""
    found = []
    act = clicks.once(lambda *given: found.append(given))

    def click(fragments, *given):
        context = None if fragments is None else SimpleNamespace(fragment_ids_this_run=fragments)
        monkeypatch.setattr(clicks, "get_script_run_ctx", lambda **_: context)
        act(*given)
        return found

    return click


def test_the_tick_of_a_part_of_the_page_does_not_hear_it(heard):
    assert heard(["live"], "pause") == []
    assert heard([], "pause") == [("pause",)]


@pytest.mark.parametrize("fragments", [None, []])
def test_the_page_itself_does(heard, fragments):
    assert heard(fragments, 1, 2) == [(1, 2)]
