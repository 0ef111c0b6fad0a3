"""A scrubber over the training: any kept moment, or the newest one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parents[3] / "assets"


@cache
def _component() -> Any:
    return st.components.v2.component(
        "unrolled_scrubber",
        js=(ASSETS / "scrubber.js").read_text(encoding="utf-8"),
        css=(ASSETS / "scrubber.css").read_text(encoding="utf-8"),
    )


def scrubber(tip: int, last: int, stops: Sequence[int], moment: int | None, *, key: str) -> int | None:
    """Draw the scrubber and return the chosen step, or None for the newest.

    Parameters
    ----------
    tip, last : int
        Steps made so far, and steps at which the training ends.
    stops : sequence of int
        The steps that are kept and can be shown, ascending; the knob snaps to them.
    moment : int or None
        The step shown now; None follows the newest.
    key : str
        Keeps the node and its state apart from others.
    """
    result = _component()(
        key=key,
        data={"tip": tip, "last": last, "stops": list(stops), "moment": moment},
        height="content",
        on_moment_change=lambda: None,
    )
    event = result.moment
    seen = f"{key}:serial"
    # A trigger can be read more than once: only a new serial number is a new wish.
    if not isinstance(event, dict) or event.get("serial") == st.session_state.get(seen):
        return moment
    st.session_state[seen] = event.get("serial")
    step = event.get("step")
    return min(max(int(step), 0), tip) if isinstance(step, (int, float)) else None
