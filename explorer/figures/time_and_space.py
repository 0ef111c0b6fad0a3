"""Two networks over the same digit: one reads it row after row and remembers, the other sees what there is of the picture."""

from __future__ import annotations

from dataclasses import replace

from explorer.figures.canvas import Spec, picture, spec
from explorer.figures.expectations import expectation_rows
from explorer.figures.headings import columns
from explorer.figures.inputs import input_rows
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme
from explorer.figures.rows import Row, stack
from explorer.figures.strips import hidden_rows


@picture
def time_and_space(reader: Moment, viewer: Moment, names: tuple[str, str], theme: Theme, *, width: float = 860) -> Spec:
    """What is read, the reader's memory and belief after each step, and the viewer's belief from all that came so far.

    Parameters
    ----------
    reader : Moment
        Of a recurrent network: its arrays have "hidden".
    viewer : Moment
        Of a network that sees the picture, over the same steps or at a glance.
    names : (str, str)
        What the two are called.
    """
    if viewer.length != reader.length:  # it sees everything at a glance, and answers when the reader has come to the end
        viewer = replace(viewer, steps=reader.steps, expected=reader.expected)
    beliefs = [_belief(moment, name, theme, width) for moment, name in zip((reader, viewer), names, strict=True)]
    rows = [*input_rows(reader, theme), *hidden_rows(reader, theme, Ranges()), *(row for rows in beliefs for row in rows)]
    heading, top = columns(reader.steps, theme, width)
    return spec(*stack(rows, heading, theme, top))


def _belief(moment: Moment, name: str, theme: Theme, width: float) -> list[Row]:
    rows = expectation_rows(moment, theme, Ranges(), width)
    for row in rows:
        row.name, row.gap = f"{name} expects", 12
    return rows
