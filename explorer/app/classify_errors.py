"""Which labels a method takes for one another, and the texts it was wrong about, to read."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.classify_controls import go
from explorer.app.classify_scene import Scene
from explorer.app.classify_setting import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.applications.classification import METHOD_TITLES
from explorer.figures.classify_confusion import classify_confusion, confusion_notice
from explorer.text.spreadsheets import write_csv

EACH, FEW = 6, 4
"""Mistakes on one leaf; beside a small table."""
Cell = tuple[int, int] | None


def errors_view(scene: Scene) -> None:
    """The confusion table beside the mistakes themselves."""
    st.subheader("What it takes for what", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="classify_which"):
        _choose(scene)
        _download(scene)
    left, right = st.columns([11, 10], gap="large")
    with left:
        cell = _table(scene)
    with right:
        _list(scene, cell)


def _choose(scene: Scene) -> None:
    names = scene.run.base.names
    chosen = st.segmented_control(
        "Method", names, default=names[scene.method], format_func=METHOD_TITLES.get, required=True, key=f"{PAGE}:shown:{scene.method}:{','.join(names)}",
        help=f"As it answered after {scene.labelled:,} labelled texts. A click on a point of the curves chooses both.",
    )  # fmt: skip
    if chosen != names[scene.method]:
        go(shown=chosen)
        st.rerun(scope="app")


def _table(scene: Scene) -> Cell:
    from explorer.applications.classification.scores import confusion

    table = confusion(scene.truth, scene.answers(scene.method), len(scene.data.labels))
    cell = _cell(scene)
    pointed = drawn(PAGE, "confusion", (scene.key, cell), lambda: _confusion(scene, table, cell), "confusion", select=True)
    if pointed is not None and pointed.kind == "click" and isinstance(pointed.x, (int, float)) and isinstance(pointed.y, (int, float)):
        chosen = round(pointed.y), round(pointed.x)
        st.session_state[f"{PAGE}:cell"] = (scene.key[:3], None if chosen == cell else chosen)
        st.rerun(scope="app")
    return cell


def _cell(scene: Scene) -> Cell:
    """The cell that was clicked, as long as the same point is looked at."""
    kept = st.session_state.get(f"{PAGE}:cell")
    return kept[1] if kept and kept[0] == scene.key[:3] else None


def _confusion(scene: Scene, table: np.ndarray, cell: Cell) -> Drawing:
    labels = scene.data.labels
    first = ", in the first draw," if len(scene.data.parts) == 1 and scene.run.base.draws > 1 else ""
    title = f"{scene.titles[scene.method]} after {scene.labelled:,} labelled texts{first}"
    return classify_confusion.spec(labels, table, current_theme(), chosen=cell), [confusion_notice(title, labels, table)]


def _list(scene: Scene, cell: Cell) -> None:
    rows = chosen_rows(scene, cell)
    each = EACH if len(scene.data.labels) > 4 else FEW
    leaf = 1
    with st.container(horizontal=True, vertical_alignment="center", key="classify_leaf"):
        st.markdown(_heading(scene, cell, len(rows)))
        if len(rows) > each:
            leaf = _leaf(scene, cell, -(-len(rows) // each))
    if not len(rows):
        st.caption("There is none.")
    with st.container(key="classify_mistakes"):
        for row in rows[(leaf - 1) * each : leaf * each]:
            _mistake(scene, int(row))


def _leaf(scene: Scene, cell: Cell, leaves: int) -> int:
    return st.number_input(f"Leaf, of {leaves}", 1, leaves, key=f"{PAGE}:leaf:{scene.key[:3]}:{cell}", width=140)


def _heading(scene: Scene, cell: Cell, count: int) -> str:
    if cell is None:
        return f"**{count:,} mistakes to read**, the surest first"
    right, answered = (safe_markdown(scene.data.labels[number]) for number in cell)
    what = "told right" if cell[0] == cell[1] else f"taken for {answered}"
    return f"**{right}, {what}**: {count:,}. Click the cell again for all mistakes."


def chosen_rows(scene: Scene, cell: Cell) -> np.ndarray:
    """Held-out texts to read: those of a cell of the table, or all mistakes; the surest answers first."""
    answers, truth = scene.answers(scene.method), scene.truth
    chosen = (answers >= 0) & ((answers != truth) if cell is None else (truth == cell[0]) & (answers == cell[1]))
    confidence = scene.frame.arrays["confidence"][scene.method, scene.size]
    rows = np.flatnonzero(chosen)
    return rows[np.argsort(-confidence[rows], kind="stable")]


def _mistake(scene: Scene, row: int) -> None:
    labels, text = scene.data.labels, scene.data.texts[scene.data.tests[row]]
    answer, sure = int(scene.answers(scene.method)[row]), scene.frame.arrays["confidence"][scene.method, scene.size, row]
    right = safe_markdown(labels[int(scene.truth[row])])
    others = f"  ·  {_others(scene, row)}" if len(scene.titles) > 1 else ""
    left, ask = st.columns([7, 1], vertical_alignment="top")
    with left:
        st.markdown(safe_markdown(text.shown))
        st.caption(f"answered **{safe_markdown(labels[answer])}** {100 * sure:.0f} %  ·  right: **{right}**{others}")
    with ask:
        if st.button("Why?", key=f"{PAGE}:why:{scene.key[:3]}:{row}", type="tertiary", help="Shows below which words decided."):
            go(typed="", example=row + 1)
            st.rerun(scope="app")


def _others(scene: Scene, row: int) -> str:
    """Who else was asked, and who of them was right."""
    told = [scene.answers(m)[row] for m in range(len(scene.titles))]
    right = [title for m, title in enumerate(scene.titles) if m != scene.method and told[m] == scene.truth[row]]
    return f"right was {', '.join(right)}" if right else "nobody was right"


def _download(scene: Scene) -> None:
    st.download_button(
        "Curves and answers as CSV", data=lambda: answers_csv(scene), file_name="classification.csv", mime="text/csv", icon=":material/download:",
        on_click="ignore", key=f"{PAGE}:csv", type="tertiary", help="One line for each held-out text: its label, and what each method answered at this size.",
    )  # fmt: skip


def answers_csv(scene: Scene) -> bytes:
    """The held-out texts with all answers, after a line for each method with its score."""
    curves, labels = scene.curves, scene.data.labels
    scores = [
        [title, int(curves.sizes[k]), *(round(float(array[m, k]), 4) for array in (curves.accuracy, curves.low, curves.high))]
        for m, title in enumerate(scene.titles) for k in np.flatnonzero(np.isfinite(curves.accuracy[m]))
    ]  # fmt: skip
    header = ["text", "label", *(f"{title} after {scene.labelled}" for title in scene.titles)]
    rows = [
        [scene.data.texts[number].shown, labels[scene.data.classes[number]], *(_label(labels, scene.answers(m)[row]) for m in range(len(scene.titles)))]
        for row, number in enumerate(scene.data.tests)
    ]  # fmt: skip
    return write_csv(["method", "labelled", "accuracy", "low", "high"], [*scores, [], header, *rows])


def _label(labels: tuple[str, ...], answer: int) -> str:
    return labels[answer] if answer >= 0 else ""
