"""A beam search, letter by letter from left to right: each column holds what survived, the likeliest on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain
from explorer.sequence.encoder_decoder.beam_tree import ROOT, BeamTree, Branch

ROW, LEAST_ROW, TALLEST = 44, 24, 440
"""Pixels of a row, at least, and of all rows together at most."""
SPARE = 1.25
"""Rows between the search and the greedy answer below it."""
END, START = "■", "▸"
HALF = 0.5
"""A letter that is less probable than this hangs on a dotted line: there the search was in doubt."""
APART = 40
"""Pixels between two numbers in a row, at least."""
CROWDED, FULL = 30, 52
"""More letters than this are written smaller, and smaller still."""
BEST, OTHER, LOST = "best", "other", "lost"


@picture
def beam_tree(tree: BeamTree, theme: Theme, *, right: str = "", compact: bool = False, width: float = 1000) -> Spec:
    """Letters that the search kept, joined to those they follow; the greedy answer in a row of its own below.

    Parameters
    ----------
    right : str
        The right answer, whose end has a check mark; "" where it is not known.
    compact : bool
        For a projector: rows as low as they may be.
    width : float
        Of the picture in pixels, to find room for numbers.
    """
    rows = max(max((one.rank for one in tree.branches), default=0) + 1, 1)
    row = (
        max(LEAST_ROW, min(ROW, TALLEST / (rows + SPARE), 240 / (rows + SPARE) if compact else ROW)) * theme.scale**0.5
    )
    layout = canvas(
        theme, row * (rows + SPARE + 0.9) + 12, (70 * theme.scale, 64 * theme.scale, 6, 6), hovermode="closest"
    )
    layout["xaxis"] = {"range": [-0.6, tree.shown + 0.6], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = _ranks(rows, theme)
    layout["annotations"] = [
        *_totals(tree, right, width / (tree.shown + 1.2), theme),
        _greedy_total(tree, rows, right, theme),
        *_sides(tree, rows, theme),
    ]
    layout["shapes"] = [_rule(rows, theme)]
    size = theme.px(15 if tree.shown <= CROWDED else 12.5 if tree.shown <= FULL else 10.5)
    data = [*_lines(tree, theme), *_letters(tree, theme, size), *_greedy(tree, rows, theme, size)]
    return spec(data, layout)


def look(branch: Branch) -> str:
    """Which of three kinds of branch: of the best answer, of another that was found, or given up."""
    return LOST if branch.leads is None else BEST if branch.leads == 0 else OTHER


def _visible(tree: BeamTree) -> list[Branch]:
    """Branches within the picture, which ends with the last answer that was found."""
    return [one for one in tree.branches if one.step <= tree.shown]


def _colour(kind: str, theme: Theme) -> str:
    return {BEST: theme.forward, OTHER: fade(theme.forward, 0.5), LOST: fade(theme.quiet, 0.35)}[kind]


def _ink(kind: str, theme: Theme) -> str:
    return {BEST: theme.ink, OTHER: theme.quiet, LOST: theme.faint}[kind]


def _ranks(rows: int, theme: Theme) -> dict:
    places = [f"{rank + 1}." for rank in range(rows)]
    return {
        "range": [rows + SPARE - 0.1, -0.65], "fixedrange": True, "tickvals": list(range(rows)), "ticktext": places,
        "tickfont": {"size": theme.px(12), "color": theme.quiet}, "ticklabelstandoff": 6,
    }  # fmt: skip


def _sides(tree: BeamTree, rows: int, theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    return [
        note("place", 0, 1, xref="paper", yref="paper", xanchor="right", yanchor="top", xshift=-34 * theme.scale, font=font)
        if rows > 1 else note("", 0, 0),
        note("greedy", 0, rows - 1 + SPARE, xref="paper", xanchor="right", yanchor="middle", xshift=-12, font=font),
    ]  # fmt: skip


def _rule(rows: int, theme: Theme) -> dict:
    """The hair line above the greedy answer."""
    y = rows - 1 + SPARE / 2 + 0.05
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": {"color": theme.line, "width": 1},
    }


def _lines(tree: BeamTree, theme: Theme) -> list[dict]:
    """One trace for each kind of branch, likely and unlikely letters apart; the best answer last, on top."""
    found = []
    for kind, width in ((LOST, 1.0), (OTHER, 1.4), (BEST, 2.6)):
        for likely in (True, False):
            chosen = [one for one in _visible(tree) if look(one) == kind and (np.exp(one.chance) >= HALF) == likely]
            if chosen:
                line = {
                    "color": _colour(kind, theme),
                    "width": width * theme.scale,
                    "dash": "solid" if likely else "dot",
                }
                found.append(
                    {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": line, **_ways(tree, chosen)}
                )
    return found


def _ways(tree: BeamTree, chosen: Iterable[Branch]) -> dict:
    x, y = [], []
    for one in chosen:
        before = tree.branches[one.parent] if one.parent != ROOT else None
        x += [before.step if before else 0, one.step, np.nan]
        y += [before.rank if before else 0, one.rank, np.nan]
    return {"x": np.array(x, dtype=np.float32), "y": np.array(y, dtype=np.float32)}


def _letters(tree: BeamTree, theme: Theme, size: float) -> list[dict]:
    found = [_words([0], [0], [START], [theme.quiet], ["the answer begins"], theme, size)]
    ones = _visible(tree)
    if ones:
        found.append(
            _words(
                [one.step for one in ones], [one.rank for one in ones], [sign(one.symbol) for one in ones],
                [_ink(look(one), theme) for one in ones], [_told(one) for one in ones], theme, size,
            )
        )  # fmt: skip
    return found


def _greedy(tree: BeamTree, rows: int, theme: Theme, size: float) -> list[dict]:
    """The row of the greedy answer; from where it leaves the best one on, its letters are in the colour of warnings."""
    steps, y = len(tree.greedy.symbols), rows - 1 + SPARE
    parting = tree.parting or steps + 1
    colours = [theme.quiet if step < parting else theme.warning for step in range(1, steps + 1)]
    told = [
        f"greedy, letter {step}: {plain(sign(symbol))}, {share_of(float(chance))}"
        for step, (symbol, chance) in enumerate(zip(tree.greedy.symbols, tree.greedy.probabilities, strict=True), 1)
    ]
    x = np.arange(steps + 1, dtype=np.float32)
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": x, "y": np.full(steps + 1, y, dtype=np.float32),
            "line": {"color": fade(theme.quiet, 0.5), "width": 1.2 * theme.scale}}  # fmt: skip
    letters = _words(x[1:], [y] * steps, [sign(one) for one in tree.greedy.symbols], colours, told, theme, size)
    return [line, _words([0], [y], [START], [theme.quiet], ["the answer begins"], theme, size), letters]


def _words(
    x: Sequence,
    y: Sequence,
    signs: Sequence[str],
    colours: Sequence[str],
    told: Sequence[str],
    theme: Theme,
    size: float,
) -> dict:
    """Letters on a ground that covers the lines below them."""
    return {
        "type": "scatter", "mode": "markers+text", "x": np.asarray(x, dtype=np.float32), "y": np.asarray(y, dtype=np.float32),
        "text": [plain(one, 2) for one in signs], "textfont": {"size": size, "color": list(colours)}, "textposition": "middle center",
        "marker": {"size": 1.35 * size, "color": theme.background, "line": {"width": 0}}, "cliponaxis": False,
        "hovertext": list(told), "hoverinfo": "text",
    }  # fmt: skip


def sign(symbol: str) -> str:
    """A letter as it is shown; the end as a single sign."""
    return END if symbol == "<end>" else symbol


def _told(one: Branch) -> str:
    rows = [
        f"<b>{plain(one.text, 80)}</b>",
        f"letter {one.step}: {plain(sign(one.symbol))}, {share_of(float(np.exp(one.chance)))} after those before it",
        f"log-probability so far {log(one.total)}, place {one.rank + 1}",
    ]
    return "<br>".join([*rows, *(["given up later"] if one.leads is None else [])])


def log(value: float) -> str:
    """A log-probability: two digits after the point, three close to zero, a true minus."""
    value = min(float(value), 0.0)
    return f"{value + 0.0:.{2 if value <= -0.1 else 3}f}".replace("-", "−") if value else "0"


def _totals(tree: BeamTree, right: str, wide: float, theme: Theme) -> list[dict]:
    """The log-probability of every answer that came to an end, below its end; of two that would cover one another, the better."""
    found, last = [], {}
    for one in sorted(tree.branches, key=lambda one: one.place if one.place is not None else len(tree.branches)):
        if (
            one.place is not None
            and one.symbol == "<end>"
            and all(abs(one.step - other) * wide > APART for other in last.get(one.rank, ()))
        ):
            last.setdefault(one.rank, []).append(one.step)
            text = f"{log(one.total)}{'&#8201;✓' if right and one.text == right else ''}"
            ink = theme.forward if one.place == 0 else theme.quiet
            found.append(
                note(f"<b>{text}</b>" if one.place == 0 else text, one.step, one.rank, yanchor="top", yshift=-0.62 * theme.px(15),
                     font={"size": theme.px(12 if one.place == 0 else 11), "color": ink}, bgcolor=fade(theme.background, 0.8))
            )  # fmt: skip
    return found


def _greedy_total(tree: BeamTree, rows: int, right: str, theme: Theme) -> dict:
    own, ink = tree.greedy, theme.quiet if tree.parting is None else theme.warning
    text = f"{log(own.log_probability)}{'&#8201;✓' if right and own.text == right else ''}"
    return note(text, len(own.symbols), rows - 1 + SPARE, xanchor="left", yanchor="middle", xshift=0.75 * theme.px(14),
                font={"size": theme.px(12), "color": ink})  # fmt: skip
