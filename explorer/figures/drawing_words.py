"""All that is written in the drawing of an unrolled network."""

from __future__ import annotations

import numpy as np

from explorer.figures.drawing_sheet import BELOW, HALF, Sheet
from explorer.figures.ledger import short, signed, tabular
from explorer.figures.palette import Theme, fade, plain, symbol
from explorer.figures.reading import CODE, Reading


def texts(sheet: Sheet, room: float, backward: bool) -> list[dict]:
    """The words, the numbers of the steps, and what stands beside them."""
    theme, reading = sheet.theme, sheet.reading
    size = min(18 * theme.scale, max(10.0, 1.5 * room / max(max(len(reading.words[t]) for t in sheet.steps), 6)))
    letters = max(int(room / (0.5 * size)), 2)
    words = [(t + 1, 0.66 * sheet.words, plain(reading.words[t], letters), _ink(sheet, t)) for t in sheet.steps]
    steps = [(t + 1, 0.2 * sheet.words, f"{t + 1}", theme.quiet) for t in sheet.steps]
    found = [_text(words, size, sheet), _text(steps, theme.px(11), sheet)]
    if backward:
        norms = np.linalg.norm(reading.gradients[sheet.at.layer], axis=-1)
        y = sheet.bottom(0) - 0.45 * BELOW
        sizes = [(t + 1, y, short(norms[t]), theme.gradient_text) for t in sheet.steps]
        found.append(_text(sizes, theme.px(12), sheet))
    fit = max(int(room / (0.52 * theme.px(14))), 3)
    top = [
        (t + 1, sheet.top + 0.66 * sheet.above, _answer(reading, t, fit, backward), _ink(sheet, t)) for t in sheet.steps
    ]
    below = [(t + 1, sheet.top + 0.24 * sheet.above, _surely(reading, t, backward), theme.quiet) for t in sheet.steps]
    return [*found, _text(top, theme.px(14), sheet), _text(below, theme.px(12), sheet)]


def _ink(sheet: Sheet, t: int) -> str:
    return sheet.theme.ink if t == sheet.at.step else fade(sheet.theme.ink, 0.72)


def _answer(reading: Reading, t: int, letters: int, backward: bool) -> str:
    if backward:
        return plain(reading.expected[t], letters) if reading.added[t] > 0 and reading.expected[t] else ""
    word = reading.answers[t][0]
    right = bool(word) and word == reading.expected[t]
    return (plain(word, letters - right) + ("&#8201;✓" if right else "")) if word else ""


def _surely(reading: Reading, t: int, backward: bool) -> str:
    if backward:
        return "loss" if reading.added[t] > 0 else ""
    return reading.answers[t][1]


def _text(items: list[tuple[float, float, str, str]], size: float, sheet: Sheet) -> dict:
    return {
        "type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "none",
        "x": np.array([x for x, _, _, _ in items]), "y": np.array([y for _, y, _, _ in items]),
        # Plotly does not bring back a text that was empty once: nothing is a space without width.
        "text": [text or "\u200b" for _, _, text, _ in items], "customdata": np.array([x * CODE for x, _, _, _ in items]),
        "textfont": {"size": round(size, 1), "color": [ink for _, _, _, ink in items]},
    }  # fmt: skip


def names(sheet: Sheet, backward: bool) -> list[dict]:
    """What the rows are, at the left."""
    theme = sheet.theme
    letter = symbol("h", "t")
    state = f"gradient<br>∂{symbol('L')}/∂{letter}" if backward else f"hidden<br>state {letter}"
    rows = [("reads" + "<br>" + _faint("step", theme), 0.46 * sheet.words)]
    for layer in range(sheet.layers):
        name = (
            f"layer {layer + 1}<br>{letter if not backward else state.split('<br>')[1]}" if sheet.layers > 1 else state
        )
        rows.append((name, sheet.bottom(layer) + sheet.strip / 2))
    if backward:
        rows.append((_faint("its length", theme), sheet.bottom(0) - 0.45 * BELOW))
        rows.append(("the loss<br>wants", sheet.top + 0.45 * sheet.above))
    else:
        rows.append(("expects", sheet.top + 0.45 * sheet.above))
    return [
        {"text": text, "xref": "paper", "x": 0, "y": y, "xanchor": "right", "yanchor": "middle", "align": "right",
         "xshift": -12 * theme.scale, "showarrow": False, "font": {"size": theme.px(13), "color": theme.ink}}
        for text, y in rows
    ]  # fmt: skip


def _faint(words: str, theme: Theme) -> str:
    return f'<span style="font-size:{theme.px(11)}px;color:{theme.quiet}">{words}</span>'


def chosen(sheet: Sheet, backward: bool) -> list[dict]:
    """The chosen unit's number beside its cell."""
    theme, at = sheet.theme, sheet.at
    value = (sheet.reading.gradients if backward else sheet.reading.states)[at.layer, at.step, at.unit]
    low, high = sheet.cell(at.layer, at.unit)
    side = -1 if at.step == sheet.steps[-1] and len(sheet.steps) > 1 else 1  # room for the key at the right
    text = short(float(value)) if backward else signed(float(value), places=2)
    return [{
        "text": f"<b>{tabular(text)}</b>", "x": at.step + 1 + side * HALF, "y": (low + high) / 2, "xanchor": "left" if side > 0 else "right",
        "xshift": 5 * side, "yanchor": "middle", "showarrow": False, "bgcolor": fade(theme.background, 0.85), "borderpad": 1,
        "font": {"size": theme.px(13), "color": theme.gradient_text if backward else theme.ink},
    }]  # fmt: skip
