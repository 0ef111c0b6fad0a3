"""How much was right, and how sure that is."""

from __future__ import annotations

import numpy as np

from explorer.sequence.interval import wilson

TIMES = 1000


def range_of(right: np.ndarray, generator: np.random.Generator) -> tuple[float, float, float]:
    """Share of right answers and its 95 % range.

    The range is that of a bootstrap over draws and texts, or Wilson's for as many texts, whichever reaches further. Of d draws
    a bootstrap finds (d - 1) / d of the variance, so its ends are moved outwards to make up for that; of a single draw it finds
    none, and the range then holds for that draw alone.

    Parameters
    ----------
    right : (draws, texts) array
        1 where an answer was right, 0 where not, NaN where a text was not asked about.
    """
    asked = np.isfinite(right)
    values = np.where(asked, right, 0.0)
    share = float(values.sum() / asked.sum())
    low, high = wilson(share, int(asked.any(axis=0).sum()))
    draws, texts = right.shape
    rows = generator.multinomial(draws, np.full(draws, 1 / draws), TIMES)
    columns = generator.multinomial(texts, np.full(texts, 1 / texts), TIMES)
    answers = ((rows @ asked) * columns).sum(axis=1)
    means = ((rows @ values) * columns).sum(axis=1) / np.maximum(answers, 1)
    below, above = np.quantile(means[answers > 0], [0.025, 0.975])
    wider = float(np.sqrt(draws / (draws - 1))) if draws > 1 else 1.0
    below, above = (float(np.clip(share + wider * (end - share), 0.0, 1.0)) for end in (below, above))
    return share, min(low, below), max(high, above)


def confusion(truth: np.ndarray, answers: np.ndarray, count: int) -> np.ndarray:
    """int64 (count, count): how often a text of the row's label was given the column's; answers below 0 are left out."""
    known = answers >= 0
    table = np.zeros((count, count), dtype=np.int64)
    np.add.at(table, (truth[known], answers[known]), 1)
    return table
