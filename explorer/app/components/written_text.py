"""Texts side by side, piece by piece, each on a ground that tells how surprising it was; a click picks a piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parents[3] / "assets"


@dataclass(frozen=True, slots=True)
class Column:
    """One text.

    Attributes
    ----------
    title, fact : str
        Heading, and what stands small beside it.
    given : str
        What the text begins with, not written by the model.
    pieces : sequence of (str, float)
        Each with its surprise in bits.
    chosen : int or None
        The piece that is set off.
    empty : str
        Said while there is nothing.
    """

    title: str
    fact: str
    given: str
    pieces: Sequence[tuple[str, float]]
    chosen: int | None = None
    empty: str = ""


@cache
def _component() -> Any:
    return st.components.v2.component(
        "unrolled_written_text",
        js=(ASSETS / "written_text.js").read_text(encoding="utf-8"),
        css=(ASSETS / "written_text.css").read_text(encoding="utf-8"),
    )


def written_text(columns: Sequence[Column], lines: int, *, key: str) -> tuple[int, int] | None:
    """Draw the texts; returns column and place of a piece that was clicked, once.

    Parameters
    ----------
    lines : int
        Room that is kept, so that nothing below moves while a text grows.
    """
    data = {"columns": [asdict(column) for column in columns], "lines": lines}
    result = _component()(key=key, data=data, height="content", on_picked_change=lambda: None)
    return _first_time(key, result.picked, columns)


def _first_time(key: str, event: Any, columns: Sequence[Column]) -> tuple[int, int] | None:
    """A trigger can be read more than once: only a new serial number is a new wish."""
    seen = f"{key}:serial"
    if not isinstance(event, dict) or event.get("serial") == st.session_state.get(seen):
        return None
    st.session_state[seen] = event.get("serial")
    column, place = event.get("column"), event.get("place")
    if type(column) is not int or type(place) is not int or not 0 <= column < len(columns):
        return None
    return (column, place) if 0 <= place < len(columns[column].pieces) else None
