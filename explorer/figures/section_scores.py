"""An analogy test section by section: accuracy with its interval, beside what simpler rules would have scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.embedding.analogy_report import AnalogyReport, SectionScore
from explorer.embedding.questions import read_questions
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

ROW, HEAD = 27, 58
LEFT, RIGHT = 168, 118
"""Pixels for the sections' names, and for how many questions were asked."""
STEP = 0.26
"""Rows between the marks of two sets of vectors."""


@dataclass(frozen=True)
class Tested:
    """A test of some vectors, and what they are called."""

    name: str
    report: AnalogyReport


@dataclass(frozen=True)
class Line:
    """One line of the picture: a section, or all of them."""

    title: str
    total: int
    section: str = ""


@picture
def section_scores(tests: Sequence[Tested], theme: Theme) -> Spec:
    """All sections in their order under the line for all; those to come are named and empty.

    Parameters
    ----------
    tests : sequence of Tested
        One, or two to compare.
    """
    lines, scale = _lines(), theme.scale
    # The rows stay as they are on a projector, which has no more of them to show.
    layout = canvas(
        theme, (HEAD + 34) * scale + ROW * len(lines), tuple(scale * side for side in (LEFT, RIGHT, HEAD, 34))
    )
    layout["xaxis"] = {
        "range": [-0.012, 1.012], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
        "showgrid": True, "fixedrange": True,
    }  # fmt: skip
    layout["yaxis"] = {"range": [len(lines) - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["annotations"] = [*_names(lines, theme), *_asked(lines, tests[0].report, theme), *_legend(tests, theme)]
    rule = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0.5,
        "y1": 0.5,
        "line": {"width": 1, "color": theme.faint},
    }
    layout["shapes"] = [rule, *_progress(tests, theme)]
    data = []
    for k, test in enumerate(tests):
        offset = (k - (len(tests) - 1) / 2) * STEP * (len(tests) > 1)
        data += _marks(
            lines, test, offset, theme.category(k) if len(tests) > 1 else theme.forward, len(tests) == 1, theme
        )
    return spec(data, layout)


def _lines() -> list[Line]:
    sections = read_questions()
    every = Line("<b>All sections</b>", sum(len(section.questions) for section in sections))
    return [every, *(Line(section.title, len(section.questions), section.name) for section in sections)]


def _scored(lines: Sequence[Line], report: AnalogyReport) -> list[tuple[int, SectionScore | None]]:
    """Lines that can be drawn, and their sections; None stands for all."""
    done = {section.name: section for section in report.sections if section.covered}
    found = [(i, done[line.section]) for i, line in enumerate(lines) if line.section in done]
    return [(0, None), *found] if report.covered() else []


def _marks(lines: Sequence[Line], test: Tested, offset: float, colour: str, alone: bool, theme: Theme) -> list[dict]:
    """Interval and accuracy, and for vectors that stand alone also the two simpler rules."""
    report, scored = test.report, _scored(lines, test.report)
    y = np.array([i + offset for i, _ in scored], dtype=float)
    share = np.array([report.accuracy(section) for _, section in scored], dtype=float)
    ends = np.array([report.interval(section) for _, section in scored], dtype=float).reshape(-1, 2)
    hover = [
        f"{plain(test.name)}<br>{lines[i].title}: {report.correct(one):,} of {report.covered(one):,} right, {100 * at:.1f} %"
        f"<br>95 % interval {100 * low:.1f} to {100 * high:.1f} %"
        for (i, one), at, (low, high) in zip(scored, share, ends, strict=True)
    ]
    spans = {"type": "scatter", "mode": "lines", "x": np.insert(ends, 2, np.nan, axis=1).ravel(), "y": np.repeat(y, 3),
             "line": {"color": fade(colour, 0.35), "width": 7}, "hoverinfo": "skip"}  # fmt: skip
    dots = _dots(share, y, {"size": 10, "color": colour}, hover)
    if not alone:
        return [spans, dots]
    other = "including" if report.exclude else "excluding"
    own = np.array([report.share(other, section) for _, section in scored], dtype=float)
    near = np.array([report.share("nearest", section) for _, section in scored], dtype=float)
    said = "allowed" if report.exclude else "barred"
    return [
        spans,
        _dots(near, y, {"size": 8, "symbol": "circle-open", "color": theme.quiet, "line": {"width": 1.6}},
              [f"nearest to c: {100 * one:.1f} %" for one in near]),
        _dots(own, y, {"size": 8, "symbol": "diamond", "color": theme.gradient}, [f"own words {said}: {100 * one:.1f} %" for one in own]),
        dots,
    ]  # fmt: skip


def _dots(x: np.ndarray, y: np.ndarray, marker: dict, hover: list[str]) -> dict:
    marker = {"opacity": 1, **marker}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": marker,
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _names(lines: Sequence[Line], theme: Theme) -> list[dict]:
    font = {"size": theme.px(13.5), "color": theme.ink}
    return [
        note(line.title, 0, i, xref="paper", xanchor="right", xshift=-14, font=font) for i, line in enumerate(lines)
    ]


def _asked(lines: Sequence[Line], report: AnalogyReport, theme: Theme) -> list[dict]:
    """How many questions of each section had all their words."""
    done = {section.name: section.covered for section in report.sections}
    complete = len(done) == len(lines) - 1
    font, style = {"size": theme.px(12), "color": theme.quiet}, {"xref": "paper", "xanchor": "left", "xshift": 14}
    said = [
        f"{done[line.section]:,} of {line.total:,}" if line.section in done else f"{line.total:,}" for line in lines
    ]
    said[0] = f"{report.covered():,} of {lines[0].total:,}" if complete else f"{lines[0].total:,}"
    notes = [note(text, 1, i, font=font, **style) for i, text in enumerate(said)]
    return [*notes, note("asked", 1, -0.9, font=font, **style)]


def _legend(tests: Sequence[Tested], theme: Theme) -> list[dict]:
    """The marks in words, in one line above."""
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 26 * theme.scale}
    font = {"size": theme.px(13), "color": theme.quiet}
    if len(tests) > 1:
        parts = [_sign("●", theme.category(k), plain(test.name, 28)) for k, test in enumerate(tests)]
    else:
        own = "own words allowed" if tests[0].report.exclude else "own words barred"
        parts = [
            _sign("●", theme.forward, "right"), _sign("◆", theme.gradient, own), _sign("○", theme.quiet, "the word nearest to c"),
        ]  # fmt: skip
    return [note("&nbsp;&nbsp;&nbsp;&nbsp;".join(parts), 0, 1, font=font, **style)]


def _sign(sign: str, colour: str, words: str) -> str:
    return f'<span style="color:{colour}">{sign}</span> {words}'


def _progress(tests: Sequence[Tested], theme: Theme) -> list[dict]:
    """How far the section under way has been searched, as a pale bar in its line."""
    bars = []
    for test in tests:
        at, searched = len(test.report.sections) + 1, test.report.searched
        if test.report.done < 1 and searched > 0:
            bars.append(
                {"type": "rect", "x0": 0, "x1": searched, "y0": at - 0.34, "y1": at + 0.34, "layer": "below",
                 "fillcolor": fade(theme.forward, 0.12), "line": {"width": 0}}
            )  # fmt: skip
    return bars
