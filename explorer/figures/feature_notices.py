"""What to notice about a convolution's filters: which answers most, and how many answer nowhere."""

from __future__ import annotations

import numpy as np

from explorer.figures.naming import share_of


def filter_notice(filters: np.ndarray, maps: np.ndarray) -> str:
    """How many filters answer to this picture, where the strongest does, and what it wants to see there.

    Parameters
    ----------
    filters : (F, k, k) array
    maps : (F, h, w) array
        Answers after the non-linearity.
    """
    answering = (maps > 0).any(axis=(1, 2))
    if not np.isfinite(maps).all():
        return "The answers of the filters are no longer finite numbers."
    if not answering.any():
        return "Not one of the filters answers to this picture anywhere."
    strongest = int(maps.max(axis=(1, 2)).argmax())
    row, column = (int(k) + 1 for k in np.unravel_index(maps[strongest].argmax(), maps.shape[1:]))
    share = float((maps[strongest] > 0).mean())
    start = f"{int(answering.sum())} of {len(filters)} filters answer to this picture"
    return (
        f"{start}; the strongest is number {strongest + 1}, most of all at row {row}, column {column}, and it answers at "
        f"{share_of(share)} of all places."
    )
