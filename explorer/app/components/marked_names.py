"""Sentences with the names in them set off, each kind on a ground of its own colour; a click picks a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

ASSETS = Path(__file__).parents[3] / "assets"


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a sentence that is set off.

    Attributes
    ----------
    start, end : int
        In UTF-16 units, as browsers count.
    label : str
        Stands small behind the words.
    told : str
        Shown on pointing at it.
    colour : int
        Number of its colour.
    look : {"right", "wrong", "missed"}
    """

    start: int
    end: int
    label: str
    told: str
    colour: int
    look: Literal["right", "wrong", "missed"] = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its text, what is set off in it from left to right, and what stands small beside it.

    A click sends its `number`, from 1: which row it stands in may have changed by the time the click is heard of.
    """

    text: str
    names: Sequence[Marked]
    fact: str = ""
    chosen: bool = False
    number: int = 0


@cache
def _component() -> Any:
    return st.components.v2.component(
        "unrolled_marked_names",
        js=(ASSETS / "marked_names.js").read_text(encoding="utf-8"),
        css=(ASSETS / "marked_names.css").read_text(encoding="utf-8"),
    )


def marked_names(lines: Sequence[Line], colours: Sequence[str], *, key: str, clickable: bool = False) -> int | None:
    """Draw the sentences; returns the number of one that was clicked, once.

    It comes from a browser and is at least 1; whether there is such a sentence is for the caller to see.
    """
    data = {"sentences": [asdict(line) for line in lines], "colours": list(colours), "clickable": clickable}
    result = _component()(key=key, data=data, height="content", on_picked_change=lambda: None)
    return _first_time(key, result.picked)


def _first_time(key: str, event: Any) -> int | None:
    """A trigger can be read more than once: only a new serial number is a new wish."""
    seen = f"{key}:serial"
    if not isinstance(event, dict) or event.get("serial") == st.session_state.get(seen):
        return None
    st.session_state[seen] = event.get("serial")
    number = event.get("number")
    return number if type(number) is int and number >= 1 else None


def units(text: str) -> int:
    """Length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
