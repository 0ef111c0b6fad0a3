"""What the network holds most probable after each step."""

from __future__ import annotations

import numpy as np

from explorer.figures.moment import Moment

Guess = tuple[int, float]
"""A class and its probability."""


def top_guesses(moment: Moment, n: int) -> list[list[Guess]]:
    """The n most probable classes after each step, most probable first; [] where there is no finite output."""
    arrays = moment.arrays
    if "top_index" in arrays:
        index, probability = arrays["top_index"][:, :n], arrays["top_probability"][:, :n]
    elif "outputs" in arrays:
        outputs = np.nan_to_num(arrays["outputs"], nan=-1.0)
        index = np.argsort(-outputs, axis=1, kind="stable")[:, :n]
        probability = np.take_along_axis(outputs, index, axis=1)
    else:
        return []
    return [
        [(int(k), float(p)) for k, p in zip(*step, strict=True) if p >= 0]
        for step in zip(index, probability, strict=True)
    ]


def right_answer(moment: Moment, i: int) -> str:
    """What is right at step i, counted from 0; "" where nothing is scored."""
    return moment.expected[i] if i < len(moment.expected) else ""


def percent(p: float) -> str:
    """A probability in whole per cents, without the sign."""
    return "<1" if 0 < p < 0.005 else f"{100 * p:.0f}"
