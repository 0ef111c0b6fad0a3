"""All that is written in the graph of an unrolled network: what is read, what is put out, and what the rows are."""

from __future__ import annotations

from explorer.figures.canvas import note
from explorer.figures.palette import Theme, plain, symbol
from explorer.figures.topology_lettering import placed, texts
from explorer.figures.topology_outputs import ink_of, likeliest, listed
from explorer.figures.topology_sheet import COMPACT, Sheet

COUNTED = 56.0
"""Pixels of a column below which rows are only counted."""


def written(sheet: Sheet) -> tuple[list[dict], list[dict]]:
    """Traces and annotations of all words in a graph."""
    if not sheet.sizes.words:
        return _single_letters(sheet), []
    traces, notes = _read(sheet)
    more, others = listed(sheet) if sheet.listed else likeliest(sheet)
    return [*traces, *more, *_letters_of_loss(sheet)], [*notes, *others]


def _single_letters(sheet: Sheet) -> list[dict]:
    """All that a thumbnail says: the likeliest answers and what is read, where they are single letters."""
    theme, found = sheet.theme, []
    for t, column in enumerate(sheet.scene.columns):
        if column.guesses and len(column.guesses[0][0]) == 1:
            found.append(
                (
                    float(sheet.x(t)),
                    sheet.answer + 0.5 * sheet.output,
                    plain(column.guesses[0][0]),
                    ink_of(column, theme),
                )
            )
        if len(column.reads) == 1:
            found.append(
                (float(sheet.x(t)), sheet.read - 8, plain(column.reads), theme.quiet if column.fed_back else theme.ink)
            )
    return [texts(found, theme.px(min(12.0, 0.9 * sheet.room)))] if found else []


def _read(sheet: Sheet) -> tuple[list[dict], list[dict]]:
    scene, theme = sheet.scene, sheet.theme
    short = sheet.room < COUNTED * theme.scale
    words = [
        (float(sheet.x(t)), sheet.words, _counted(column.reads) if short else column.reads, theme.quiet if column.fed_back else theme.ink)
        for t, column in enumerate(scene.columns) if column.reads and (column.pixels is None or column.pixels.ndim == 1)
    ]  # fmt: skip
    return placed(sheet, words, sheet.read)


def _counted(label: str) -> str:
    """A row's bare number where there is no room for "row 3"."""
    word, _, number = label.partition(" ")
    return number if word == "row" and number.isdecimal() else label


def _letters_of_loss(sheet: Sheet) -> list[dict]:
    """An L over every step at which the loss enters, where there is room for it."""
    theme = sheet.theme
    if sheet.room < 14:
        return []
    y = sheet.height - 7 * theme.scale
    return [
        texts([(float(sheet.x(t)), y, symbol("L"), theme.gradient_text) for t in sheet.scene.losses()], theme.px(14))
    ]


def names(sheet: Sheet) -> list[dict]:
    """What the rows are, at the left edge."""
    theme, scene = sheet.theme, sheet.scene
    state = f"hidden state {symbol('h', 't')}"
    rows = [(_input_name(sheet), sheet.read / 2)]
    if scene.directions == 1:
        rows.append((state, sheet.bottom + sheet.strip / 2))
    else:
        rows += [(f"{state} {arrow}", sheet.base(k) + sheet.strip / 2) for k, arrow in enumerate("→←")]
    rows.append(
        (
            f"output {symbol('y', 't')}<br>{_faint('in per cent' if sheet.listed else _key(sheet), theme)}",
            sheet.answer + 0.5 * sheet.output,
        )
    )
    rows.append(
        (
            f'<span style="color:{theme.gradient_text}">loss enters</span>',
            sheet.loss + 0.5 * sheet.sizes.loss * theme.scale,
        )
    )
    return [
        note(text, 0, y, xref="paper", xanchor="right", yanchor="middle", align="right", xshift=-14 * theme.scale,
             font={"size": theme.px(13.5), "color": theme.ink})
        for text, y in rows
    ]  # fmt: skip


def _input_name(sheet: Sheet) -> str:
    name = f"input {symbol('x', 't')}"
    if any(column.fed_back for column in sheet.scene.columns) and sheet.sizes is not COMPACT:
        name += f"<br>{_faint('grey: fed back; in<br>training, what is right', sheet.theme)}"
    return name


def _key(sheet: Sheet) -> str:
    drawn = any(column.draws is not None for column in sheet.scene.columns)
    return "eight pixels" if drawn else "bars: how sure"


def _faint(words: str, theme: Theme) -> str:
    return f'<span style="font-size:{theme.px(11)}px;color:{theme.quiet}">{words}</span>'
