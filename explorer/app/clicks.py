"""Clicks count once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import get_script_run_ctx

Given = ParamSpec("Given")


def once(act: Callable[Given, None]) -> Callable[Given, None]:
    """The callback of a button on a page that has a part which runs again by itself.

    The browser may hand one click in twice: with the next tick of that part, should it come in the same moment, and
    then by itself. A click on Pause would pause and play again. Only the run of the whole page, which always follows,
    is listened to.
    """

    @wraps(act)
    def heard(*args: Given.args, **kwargs: Given.kwargs) -> None:
        if not is_tick():
            act(*args, **kwargs)

    return heard


def is_tick() -> bool:
    """Whether only a part of the page is running."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)
