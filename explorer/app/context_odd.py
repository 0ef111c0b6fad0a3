"""Rare and misspelt words: three ways to make a vector of a word that nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.context_settings import PAGE, ContextView
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.notes import note
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.applications.contextual.odd_words import CANDIDATES, NEAREST, OddWordsExperiment, compared, letter_groups
from explorer.embedding import pretrained
from explorer.figures.context_notices import odd_notice
from explorer.figures.neighbour_table import Column, neighbour_table
from explorer.runs.report import Report, UnknownRun

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel
    from explorer.applications.contextual.odd_words import Compared, Near

RUN = f"{PAGE}.odd"
MOST, LONGEST, GROUPS_SHOWN = 4, 30, 6
HEADINGS = ("GloVe", "FastText", "WordPiece")


def odd_view(view: ContextView, model: ContextualModel) -> None:
    """What each of the three has for the words, and on demand what it takes them for."""
    st.subheader("Rare and misspelt words", anchor=False)
    st.caption(
        "A table of words has a vector for what it was made of, and nothing for the rest. **FastText** adds up vectors of letter groups, so that any word gets "
        "one that looks like its spelling. **WordPiece** cuts a word into pieces that the model knows, and the model makes of them what it can."
    )
    words = _typed(view)
    if not words:
        st.info("Type up to four words, and what each of the three makes of them appears here.", icon=":material/edit:")
        return
    if not st.session_state.get(f"{RUN}:wanted"):
        with st.container(key="context_odd_table", width="content"):
            st.markdown(parts_table(words, model))
        st.button(
            "Train FastText and compare", key=f"{RUN}:begin", icon=":material/balance:", on_click=once(_begin),
            help="Trains on 100 Wikipedia articles, a quarter of a minute or more, then asks all three for the nearest words.",
        )  # fmt: skip
        return
    run = ready_run(RUN, OddWordsExperiment())
    report = run.report()
    if report.state == "ready":
        run.command("play")
        report = run.report()
    every = interval(report)
    st.fragment(_follow, run_every=None if report.state == "finished" else every)(run, words, model, (report.state, every))


def parts_of(word: str, model: ContextualModel) -> tuple[str, str, str]:
    """What the word is to each of the three: a row of a table, letter groups, pieces."""
    glove, training = pretrained(), OddWordsExperiment().training
    row = glove.index.get(word.lower())
    groups = letter_groups(word.lower(), training.min_n, training.max_n)
    more = " …" if len(groups) > GROUPS_SHOWN else ""
    return (
        "no row, no vector: all it can say is “unknown”" if row is None else f"row {row + 1:,} of {len(glove.words):,}",
        f"{len(groups)} groups: {' '.join(groups[:GROUPS_SHOWN])}{more}",
        " ".join(model.pieces(word)),
    )


def parts_table(words: list[str], model: ContextualModel) -> str:
    """What each word is to each of the three, as a Markdown table."""
    lines = [f"| | {' | '.join(HEADINGS)} |", "|:--|:--|:--|:--|"]
    for word in words:
        lines.append(f"| **{safe_markdown(word)}** | {' | '.join(map(safe_markdown, parts_of(word, model)))} |")
    return "\n".join(lines)


def _typed(view: ContextView) -> list[str]:
    key = field_key(PAGE, "odd")
    st.text_input("Words, separated by blanks", view.odd, key=key, max_chars=120, width=460, on_change=take_value, args=(PAGE, "odd", key))
    return list(dict.fromkeys(word[:LONGEST] for word in (st.session_state[key] or "").split()))[:MOST]


def _begin() -> None:
    st.session_state[f"{RUN}:wanted"] = True


def _cancel() -> None:
    st.session_state[f"{RUN}:wanted"] = False
    restart(RUN)


def _follow(run: Following, words: list[str], model: ContextualModel, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state or not every / SIMILAR < interval(report) < every * SIMILAR:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        if report.state == "finished":
            _results(run, report, words, model)
        elif not report.error:
            _progress(report)


def _progress(report: Report) -> None:
    done = report.frames[-1].metrics["done"] if report.frames else 0.0
    training = report.position < OddWordsExperiment().training.steps
    said = "Preparing ..." if report.state == "preparing" else "FastText reads Wikipedia ..." if training else f"The model reads {CANDIDATES:,} words ..."
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.progress(done, said, width=460)
        st.button("Cancel", key=f"{RUN}:cancel", icon=":material/close:", on_click=_cancel)


def _results(run: Following, report: Report, words: list[str], model: ContextualModel) -> None:
    kept = st.session_state.get(f"{RUN}:compared")
    if kept is None or kept[0] != run.name:
        kept = st.session_state[f"{RUN}:compared"] = (run.name, compared(run.base, report.frames[-1]))
    asked = remembered(f"{RUN}:answers", (run.name, tuple(words)), lambda: answers(kept[1], words, model), 4)
    for i, word in enumerate(words):
        near = [one[i] for one in asked]
        drawn(PAGE, f"odd-{i}", (run.name, word), lambda word=word, near=near: _table(word, near, model), word)
    note(f"{PAGE}_odd", odd_notice(words, asked, CANDIDATES))


def answers(made: Compared, words: list[str], model: ContextualModel) -> list[list[Near]]:
    """The nearest words of each word, by each of the three."""
    return [
        [made.by_table(word) for word in words], [made.by_letters(word) for word in words], [made.by_subwords(model, word) for word in words],
    ]  # fmt: skip


def _table(word: str, near: list[Near], model: ContextualModel) -> Drawing:
    remarks = parts_of(word, model)
    columns = [
        Column(f"{word}: {name}", one.words, np.array(one.cosines), [False] * len(one.words), remark)
        for name, one, remark in zip(HEADINGS, near, remarks, strict=True)
    ]
    return neighbour_table.spec(columns, current_theme(), rows=NEAREST), []
