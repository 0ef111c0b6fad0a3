"""How sentences name time steps, words, counts and shares.

A step is called by its word where that says which step is meant, else by its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.figures.canvas import number

COUNTED = re.compile(r"[a-z]+ \d+")
"""Labels that are names already: "row 3", "frame 12"."""
NUMBER = re.compile(r"[+\-−]?[\d.,]*\d(?:e[+\-−]?\d+)?(?:\s*\W)?", re.IGNORECASE)
"""Numbers, possibly with a mark behind them."""
PLACE = re.compile(r"\d+/\d+")
"""A pixel's row and column."""


def at_step(steps: Sequence[str], i: int) -> str:
    """The name of step i, counted from 0: “lemon”; “the” (step 4) when it occurs twice; step 37 for numbers and signs.

    A single digit among characters that are no numbers stays a character.
    """
    label = steps[i].strip()
    if COUNTED.fullmatch(label):
        return label
    if PLACE.fullmatch(label):
        return f"pixel {label}"
    if _is_sign(label) or NUMBER.fullmatch(label) and all(NUMBER.fullmatch(step.strip()) for step in steps):
        return f"step {i + 1}"
    twice = sum(step == steps[i] for step in steps) > 1
    return f"{quoted(steps[i])} (step {i + 1})" if twice else quoted(steps[i])


def _is_sign(label: str) -> bool:
    """Whether a label is a blank or a single sign that is neither letter nor digit."""
    return len(label) <= 1 and not label.isalnum()


def quoted(word: str, n: int = 24) -> str:
    """A word in quotes, shortened, with white space made visible."""
    word = {" ": "␣", "\n": "⏎"}.get(word, word)
    word = "".join(c if c.isprintable() else "⏎" if c == "\n" else "·" for c in word)
    return f"“{word[: n - 1] + '…' if len(word) > n else word}”"


def count(n: int) -> str:
    """A number of steps."""
    return f"{n} step" if n == 1 else f"{n} steps"


def share_of(value: float) -> str:
    """A share in per cent; above twice the whole as a multiple."""
    if value > 2:
        return f"{number(value)} times as much"
    percent = 100 * value
    if 0 < percent < 0.001:
        return "less than 0.001 %"
    return f"{percent:.0f} %" if percent >= 1 or percent == 0 else f"{percent:.2g} %"


def hundredths(value: float) -> str:
    """A cosine or a correlation: two digits after the point, a true minus."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")  # no negative zero
