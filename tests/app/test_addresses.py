"""Which addresses are links that somebody chose, and which are only late."""

from types import SimpleNamespace

import pytest

import explorer.app.links as links
from explorer.sequence import SequenceExperiment


class Query(dict):
    def from_dict(self, new):
        self.clear()
        self.update(new)


@pytest.fixture
def browser(monkeypatch):
    """A page "p" in a browser whose address, clock and Back button are in our hands."""
    here = SimpleNamespace(now=100.0, went_back=False, session_state={}, query_params=Query())
    monkeypatch.setattr(links, "st", here)
    monkeypatch.setattr(links, "time", SimpleNamespace(monotonic=lambda: here.now))
    context = lambda **_: SimpleNamespace(is_history_navigation=here.went_back)  # noqa: E731
    monkeypatch.setattr(links, "get_script_run_ctx", context)
    return here


def shows(browser, hidden: int) -> None:
    links.write_link(SequenceExperiment(hidden=hidden), "p")


def comes(browser, **address) -> int | None:
    """The hidden units that an address sets, or None where it sets nothing."""
    browser.query_params.from_dict({"task": "rose", **{name: str(value) for name, value in address.items()}})
    found = links.read_link(SequenceExperiment, "p")
    return None if found is None else found[0].hidden


def test_an_address_that_stood_for_long_comes_late(browser):
    shows(browser, 16)
    browser.now += 600
    shows(browser, 64)
    browser.now += 0.2
    assert comes(browser, hidden=16) is None, "the browser had not taken over the new one"
    browser.now += links.ECHO
    assert comes(browser, hidden=16) == 16, "now somebody chose it"


def test_an_address_from_elsewhere_is_a_link(browser):
    shows(browser, 16)
    assert comes(browser, hidden=128) == 128


def test_back_goes_back_at_once(browser):
    shows(browser, 16)
    shows(browser, 64)
    browser.went_back = True
    assert comes(browser, hidden=16) == 16


def test_what_was_chosen_is_taken_though_the_page_wrote_it_a_moment_ago(browser):
    shows(browser, 16)
    shows(browser, 64)
    links.expect_link("p", {"task": "rose", "hidden": "16"})
    assert comes(browser, hidden=64) is None, "the one that was left is late"
    assert comes(browser, hidden=16) == 16
