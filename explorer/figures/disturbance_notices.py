"""What to notice when an example is shuffled or padded: whose answer moved, and whose did not by a single bit."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.figures.canvas import number
from explorer.figures.disturbance_marks import ROUNDING, Disturbance


def order_notice(found: Sequence[Disturbance]) -> str:
    """Whose answer does not depend on the order of the inputs, and by how much the shown one's does."""
    tried = [one for one in found if one.shuffled is not None]
    same = [one.name for one in tried if one.shuffled == 0]
    rounded = [one.name for one in tried if 0 < one.shuffled < ROUNDING]
    shown = next((one for one in tried if one.shown), None)
    parts = []
    if same:
        parts.append(f"Shuffled, the answer of {_listed(same)} does not change by a single bit: to it, order does not exist.")
    if rounded:
        parts.append(f"That of {_listed(rounded)} moves by rounding only.")
    if shown is not None and shown.shuffled is not None and shown.shuffled >= ROUNDING:
        parts.append(f"An output of {shown.name} moves by up to {number(shown.shuffled)}.")
    return " ".join(parts)


def padding_notice(found: Sequence[Disturbance]) -> str:
    """What padding does where its length is told, and where it is not."""
    told = [one.padded for one in found if one.padded is not None]
    careless = [one for one in found if one.careless is not None and one.careless >= ROUNDING]
    if not told:
        return ""
    worst = max(told)
    first = "not a bit changes" if worst == 0 else f"nothing changes beyond {number(worst)}" if worst < ROUNDING else f"outputs change by up to {number(worst)}"
    sentence = f"With padding behind whose length is told, {first}."
    if careless:
        most = max(careless, key=lambda one: one.careless)
        sentence += (
            f" Not told, padding is read as if it were real: it moves the answer of {len(careless)} of "
            f"{sum(one.careless is not None for one in found)} networks, that of {most.name} by {number(most.careless)}."
        )
    return sentence


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
