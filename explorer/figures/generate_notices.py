"""What to notice about texts that models wrote, computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from explorer.sequence.generation.measures import Measures


def text_notice(written: Sequence[tuple[str, Measures, float]]) -> str:
    """How surprising each text was to its own model, and how many of its words nobody ever wrote.

    Parameters
    ----------
    written : sequence of (str, Measures, float)
        Kind of pieces, what was measured, and bits per character.
    """
    known = [(name, measures, bits) for name, measures, bits in written if measures.words >= 5 and np.isfinite(bits)]
    if not known:
        return "The stronger the colour, the less the model expected the piece. Click a piece to see what it was chosen from."
    bits = ", ".join(f"{name.lower()} {value:.2f}" for name, _, value in known)
    unheard = ", ".join(f"{name.lower()} {percent(measures.unheard)}" for name, measures, _ in known)
    return (
        f"The stronger the colour, the less the model expected the piece: {bits} bits per character. "
        f"Words that do not occur in the text it learned from: {unheard}. Click a piece to see what it was chosen from."
    )


def curves_notice(lines: Mapping[str, np.ndarray]) -> str:
    """Which kind of pieces expects real text best so far, as the number of letters it hesitates between."""
    last = {name: float(values[-1]) for name, values in lines.items() if len(values) and np.isfinite(values[-1])}
    if not last:
        return ""
    best = min(last, key=last.get)
    letters = ", ".join(f"{name.lower()} {2**value:.1f}" for name, value in last.items())
    return (
        f"{best} lead with {last[best]:.2f} bits per character. As perplexity per character, the number of equally likely "
        f"letters each hesitates between: {letters}. A rare word's letters count too, so that no vocabulary gets anything free."
    )


def percent(share: float) -> str:
    """A share in whole per cent, finer when it is small."""
    if not np.isfinite(share):
        return "unknown"
    return f"{100 * share:.0f} %" if share == 0 or share >= 0.0095 else f"{100 * share:.1f} %"
