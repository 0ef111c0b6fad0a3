"""What a network puts out: the likeliest answers of each step with their probabilities, and what is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.guesses import percent
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.topology_lettering import placed, texts
from explorer.figures.topology_scene import Column
from explorer.figures.topology_sheet import BAR, Sheet


def listed(sheet: Sheet) -> tuple[list[dict], list[dict]]:
    """The likeliest answers under one another, on bars as long as they are probable; ✓ where one is right."""
    theme, line = sheet.theme, sheet.sizes.line * sheet.theme.scale
    outputs = [t for t in sheet.scene.answering() if sheet.scene.columns[t].guesses]
    wide = _alone(sheet, outputs[0]) if len(outputs) == 1 else 0.9 * sheet.room
    size = min(15.0, 8.5 + wide / (26 * theme.scale)) * theme.scale
    letters = max(int((wide - 2.6 * size) / (0.5 * size)), 2)
    bars, names, shares, rights = [], [], [], []
    for t in outputs:
        column, left = sheet.scene.columns[t], sheet.within(float(sheet.x(t)), wide)
        top = sheet.loss - 0.95 * line
        for rank, (name, share) in enumerate(column.guesses[: sheet.listed]):
            y = top - rank * line
            good = bool(column.right) and name == column.right
            ink = fade(theme.ink, 0.5 + 0.5 * min(1.6 * share, 1.0))
            bars.append((left, y, wide * max(share, 0.0), good))
            names.append((left + 3, y, _checked(name, letters, good), ink))
            shares.append((left + wide - 2, y, percent(share), ink))
        if column.right and column.right not in [name for name, _ in column.guesses[: sheet.listed]]:
            rights.append(
                (
                    left + wide / 2,
                    top - sheet.listed * line + 0.12 * line,
                    f"right: {plain(column.right, letters)}",
                    theme.quiet,
                )
            )
    found = [
        _bars(bars, 0.82 * line, theme),
        texts(names, size, "middle right"),
        texts(shares, 0.92 * size, "middle left"),
    ]
    return [*found, *([texts(rights, theme.px(11))] if rights else [])], []


def _alone(sheet: Sheet, t: int) -> float:
    """Pixels for the only list of answers: as wide as its longest word asks for."""
    longest = max(len(name) for name, _ in sheet.scene.columns[t].guesses)
    return min(max(128.0, 44 + 8.6 * (longest + 2)), 260.0) * sheet.theme.scale


def _checked(name: str, letters: int, good: bool) -> str:
    return f"<b>{plain(name, max(letters - 1, 2))}</b>&#8201;✓" if good else plain(name, letters)


def _bars(bars: Sequence[tuple[float, float, float, bool]], tall: float, theme: Theme) -> dict:
    left, y, wide, good = zip(*bars, strict=True)
    return {
        "type": "bar", "orientation": "h", "width": tall, "hoverinfo": "skip", "base": np.array(left, dtype=np.float32),
        "x": np.array(wide, dtype=np.float32), "y": np.array(y, dtype=np.float32),
        "marker": {"color": [fade(theme.forward, 0.3 if one else 0.15) for one in good], "line": {"width": 0}},
    }  # fmt: skip


def likeliest(sheet: Sheet) -> tuple[list[dict], list[dict]]:
    """The likeliest answer of each step over a bar as high as it is probable; above it the right one where it is another."""
    theme, line, scene = sheet.theme, sheet.sizes.line * sheet.theme.scale, sheet.scene
    outputs = [t for t in scene.answering() if scene.columns[t].guesses]
    if not outputs:
        return [], []
    tall = BAR * line
    said, above = sheet.words_above()
    wrong = [t for t in outputs if _missed(scene.columns[t])]
    y = sheet.answer + tall + 0.5 * said
    best = [(float(sheet.x(t)), y, scene.columns[t].guesses[0][0], ink_of(scene.columns[t], theme)) for t in outputs]
    traces, notes = placed(sheet, best, said)
    if wrong:
        y = sheet.answer + tall + said + 0.5 * above
        more, others = placed(
            sheet, [(float(sheet.x(t)), y, scene.columns[t].right, theme.quiet) for t in wrong], above
        )
        traces, notes = [*traces, *more], [*notes, *others]
    shares = np.array([scene.columns[t].guesses[0][1] for t in outputs], dtype=np.float32)
    bars = {
        "type": "bar", "x": sheet.x(np.array(outputs)).astype(np.float32), "y": np.maximum(shares, 0.02) * tall,
        "base": sheet.answer, "width": 0.62 * sheet.room, "hoverinfo": "skip",
        "marker": {"color": [fade(theme.forward, 0.75 if not _missed(scene.columns[t]) else 0.25) for t in outputs], "line": {"width": 0}},
    }  # fmt: skip
    return [bars, *traces], notes


def _missed(column: Column) -> bool:
    return bool(column.right) and column.guesses[0][0] != column.right


def ink_of(column: Column, theme: Theme) -> str:
    if not column.right:
        return theme.ink
    return theme.warning if _missed(column) else theme.forward
