"""How alike words are, pair by pair: with one-hot vectors beside learned ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import hundredths, quoted
from explorer.figures.palette import Theme, plain

CELL = 30
"""Pixels of a cell."""
NAMES, ABOVE, GAP = 104, 118, 26
"""Pixels for the words at the left and above, and between the two tables."""
WRITTEN = 9
"""In a table of more words than this the numbers do not fit their cells."""


@picture
def likeness(words: Sequence[str], tables: Sequence[tuple[str, np.ndarray]], theme: Theme) -> Spec:
    """Cosines of all pairs of words, one table for each kind of vector.

    Parameters
    ----------
    words : sequence of str
    tables : sequence of (str, (n, n) array)
        What each is called, and its cosines; NaN where a word has no vector.
    """
    n, cell = max(len(words), 1), CELL * theme.scale
    left, top = NAMES * theme.scale, ABOVE * theme.scale
    layout = canvas(theme, top + n * cell + 6, (left, 54 * theme.scale, top, 6))
    layout["yaxis"] = {"range": [n - 0.5, -0.5], "fixedrange": True, **_labels(words, 14, theme)}
    share = 1 / max(len(tables), 1)
    data, notes = [], []
    for k, (title, cosines) in enumerate(tables):
        number = str(k + 1) if k else ""
        domain = [k * share + (0.02 if k else 0), (k + 1) * share - (0.02 if k < len(tables) - 1 else 0)]
        layout[f"xaxis{number}"] = {
            "range": [-0.5, n - 0.5], "domain": domain, "fixedrange": True, "side": "top", "tickangle": -60, **_labels(words, 12, theme),
        }  # fmt: skip
        data.append(_table(cosines, f"x{number}", title, k == len(tables) - 1, theme))
        style = {
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": top - 24 * theme.scale,
        }
        notes.append(
            note(f"<b>{plain(title, 40)}</b>", domain[0], 1, font={"size": theme.px(13), "color": theme.ink}, **style)
        )
    layout["annotations"] = notes
    return spec(data, layout)


def _labels(words: Sequence[str], letters: int, theme: Theme) -> dict:
    return {
        "tickvals": list(range(len(words))),
        "ticktext": [plain(word, letters) for word in words],
        "labelalias": {str(i): plain(word) for i, word in enumerate(words)},
        "tickfont": {"size": theme.px(12.5), "color": theme.ink},
    }


def _table(cosines: np.ndarray, axis: str, title: str, key: bool, theme: Theme) -> dict:
    n = len(cosines)
    table = {
        "type": "heatmap", "z": np.asarray(cosines, dtype=np.float32), "x": np.arange(n), "y": np.arange(n),
        "xaxis": axis, "yaxis": "y", "zmin": -1, "zmax": 1, "colorscale": theme.diverging, "xgap": 2, "ygap": 2, "hoverongaps": False,
        "hovertemplate": f"%{{y}} and %{{x}}<br>cosine %{{z:.2f}} ({plain(title)})<extra></extra>", "showscale": key,
        "colorbar": {"tickvals": [-1, 0, 1], "ticktext": ["−1", "0", "1"]},
    }  # fmt: skip
    if n <= WRITTEN:
        table |= {"texttemplate": "%{z:.2f}", "textfont": {"size": theme.px(11)}}
    return table


def likeness_notice(words: Sequence[str], cosines: np.ndarray, name: str) -> str:
    """Which two words are most alike by learned vectors, which least, and how many words have one."""
    known = np.flatnonzero(np.isfinite(np.diag(cosines)))
    missing = [words[i] for i in range(len(words)) if i not in known]
    without = (
        f" {name} has no vector for {', '.join(map(quoted, missing[:4]))}{' …' if len(missing) > 4 else ''}."
        if missing
        else ""
    )
    if len(known) < 2:
        return f"Fewer than two of these words have a vector in {name}.{without}"
    inner = np.array(cosines[np.ix_(known, known)], dtype=float)
    inner[np.tril_indices(len(known))] = np.nan
    most, least = (divmod(int(find(inner)), len(known)) for find in (np.nanargmax, np.nanargmin))
    near, far = (" and ".join(quoted(words[known[i]]) for i in pair) for pair in (most, least))
    said = f"Learned vectors see differences: {near} are most alike (cosine {hundredths(inner[most])})"
    return f"{said}, {far} least ({hundredths(inner[least])}).{without}" if len(known) > 2 else f"{said}.{without}"
