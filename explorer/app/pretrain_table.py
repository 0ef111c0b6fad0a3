"""A table with a row for each of a few moments of a training."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.app.pretrain_setting import PAGE

APART, FEWEST, ROWS = 1.8, 3, 12
"""A row is so many times as late as the one before, so many steps at least; rows at most."""


def milestones(steps: Sequence[int], shown: int) -> list[int]:
    """Of ascending steps those that get a row: each a good deal later than the one before, and the one that is shown."""
    found: list[int] = []
    for step in steps:
        if not found or step >= max(APART * found[-1], found[-1] + FEWEST):
            found.append(step)
    return sorted({*found[:ROWS], shown})


def table_view(heads: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], shown: int) -> None:
    """Draw the rows, the latest first.

    Parameters
    ----------
    rows : sequence of (step, cells)
        Ascending; cells are Markdown, with visitors' words made safe.
    shown : int
        The step that is told in bold.
    """
    lines = [f"| {f'**{step:,}**' if step == shown else f'{step:,}'} | {' | '.join(cells)} |" for step, cells in reversed(rows)]
    head = f"| step | {' | '.join(heads)} |"
    rule = f"|---:|{'---|' * len(heads)}"
    with st.container(key=f"table_{PAGE}"):
        st.markdown("\n".join([head, rule, *lines]))
