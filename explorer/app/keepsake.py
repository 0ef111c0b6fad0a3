"""What was computed once in a visit and may be asked for again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def remembered(name: str, key: Hashable, compute: Callable[[], T], most: int) -> T:
    """The value that belongs to a key, computed at most once as long as it is among the `most` newest of its name.

    A part of the page may still be running while the page runs anew: both can be here at once.
    """
    kept: dict[Hashable, T] = st.session_state.setdefault(name, {})
    found = kept.get(key)
    if found is None:
        found = kept[key] = compute()
        for old in list(kept)[:-most]:
            kept.pop(old, None)
    return found
