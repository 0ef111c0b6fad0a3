"""What was answered wrongly, section by section, and all results as a table to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice

import streamlit as st

from explorer.app.analogy_state import PAGE
from explorer.app.notes import note
from explorer.embedding import Vectors
from explorer.embedding.analogy_report import AnalogyReport, Miss, SectionScore
from explorer.figures.naming import quoted
from explorer.figures.section_scores import Tested

MOST = 500
"""Wrong answers that are listed."""
COLUMNS = (
    "vectors", "method", "question words excluded", "section", "total", "asked", "correct", "accuracy", "low", "high",
    "own words excluded", "own words allowed", "nearest to c",
)  # fmt: skip


def misses_view(tested: Tested, vectors: Vectors) -> None:
    """Draw the choice of a section and its wrong answers."""
    report = tested.report
    names = {section.name: section for section in report.sections if section.covered}
    if not names:
        with st.container(height=300, border=False, vertical_alignment="center"):
            st.caption("Wrong answers appear here, section by section, with the rank at which the right one came.")
        return
    chosen = st.selectbox("Look into", list(names), format_func=lambda name: names[name].title, key=f"{PAGE}:section")
    section = names[chosen]
    wrong = list(islice(report.misses(section, vectors.words), MOST))
    st.dataframe(_rows(wrong), hide_index=True, height=420, width="stretch", key=f"{PAGE}:misses")
    note("analogy_misses", _told(report, section))


def _rows(wrong: Sequence[Miss]) -> dict[str, list]:
    """As columns: nothing in them is markup."""
    return {
        "question": [f"{a} : {b} :: {c} : {d}" for (a, b, c, d), _, _ in wrong],
        "answer": [miss.given for miss in wrong],
        "right at rank": [miss.rank for miss in wrong],
    }


def _told(report: AnalogyReport, section: SectionScore) -> str:
    """How many are wrong, and how many of those only just."""
    answers = report.answers(section)
    wrong = answers.ranks[answers.ranks != 1]
    if not len(wrong):
        return f"Every question of {quoted(section.title)} is answered right."
    second, fifth = int((wrong == 2).sum()), int((wrong <= 5).sum())
    return (
        f"{len(wrong):,} of {section.covered:,} are wrong; in {second:,} of them the right answer came second, in {fifth:,} among "
        "the first five."
    )


def results_csv(tests: Sequence[Tested]) -> bytes:
    """Every section of every test as one line, in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for test in tests:
        writer.writerows(_line(test, section) for section in (*test.report.sections, None))
    return text.getvalue().encode()


def _line(test: Tested, section: SectionScore | None) -> list:
    report = test.report
    shares = [report.share(kind, section) for kind in ("excluding", "including", "nearest")]
    return [
        harmless(test.name), report.method, report.exclude, section.name if section else "all", report.total(section),
        report.covered(section), report.correct(section), report.accuracy(section), *report.interval(section), *shares,
    ]  # fmt: skip


def harmless(text: str) -> str:
    """A visitor's words so that a spreadsheet does not take them for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
