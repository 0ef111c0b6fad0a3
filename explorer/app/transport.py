"""The transport bar: play, pause, step, start again, end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import once
from explorer.app.following import Following, restart
from explorer.runs.report import Report

ENDED = frozenset({"finished", "failed"})


def transport(
    page: str, run: Following, report: Report, step: str = "One update of the weights.", start: str = "the untrained network",
    reset: Callable[[str], None] = restart,
) -> None:
    """Draw the buttons; what they do happens before the page is drawn again.

    Parameters
    ----------
    step, start : str
        What one step is, and where Reset leads back to, in words for the visitor.
    reset : callable
        ``(page)``: lets go of the page's run or runs.
    """
    playing = report.state in ("playing", "catching up")
    ended = report.state in ENDED
    untouched = report.position == 0 and not playing and not ended
    arrow = None if presentation.is_on() else "Right"
    with st.container(
        key=f"transport_{page}", horizontal=True, vertical_alignment="center", gap="small", width="content"
    ):
        st.button(
            "Pause" if playing else "Play",
            key=f"{page}:play",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            type="primary",
            shortcut="Space",
            disabled=ended,
            on_click=once(_toggle),
            args=(page, run, playing),
            width=130,
        )
        st.button("Step", key=f"{page}:step", icon=":material/skip_next:", shortcut=arrow, disabled=ended,
                  on_click=once(_step), args=(page, run), help=step)  # fmt: skip
        st.button("Reset", key=f"{page}:reset", icon=":material/replay:", disabled=untouched,
                  on_click=once(reset), args=(page,), help=f"Back to {start}.")  # fmt: skip
        st.button("Stop", key=f"{page}:stop", icon=":material/stop:", disabled=ended or untouched,
                  on_click=once(_stop), args=(run,), help="End this run here and keep what it showed.")  # fmt: skip


def _toggle(page: str, run: Following, playing: bool) -> None:
    run.command("pause" if playing else "play")
    if not playing:
        st.session_state[f"{page}:moment"] = None


def _step(page: str, run: Following) -> None:
    st.session_state[f"{page}:moment"] = None
    run.command("step")


def _stop(run: Following) -> None:
    run.command("stop")
