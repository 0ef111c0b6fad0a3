"""How often each method is right, measured on demand: recall, MRR, and every question's rank."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.links import safe_markdown
from explorer.app.process import engine
from explorer.app.retrieve_setting import PAGE, RetrievalView, go
from explorer.app.starting import ready_run
from explorer.applications.retrieval.evaluation import mean_reciprocal_rank, recall_at
from explorer.applications.retrieval.experiment import RetrievalExperiment
from explorer.applications.retrieval.questions import questions, titles
from explorer.applications.retrieval.ranking import METHODS
from explorer.figures.retrieve_recall import order, rank_strip, recall_curves, recall_notice
from explorer.runs.report import Report, UnknownRun
from explorer.text.spreadsheets import write_csv

RUN = f"{PAGE}.evaluation"
EVERY = 0.3
ABOUT = {
    "own": "{count} questions were written for this page, over many articles. A paragraph is right when it has a sentence that holds the known answer.",
    "titles": "Each of the {count} titles is asked for as it stands. A paragraph is right when it is from that article.",
}


def measured_view(view: RetrievalView) -> None:
    """Recall and ranks over all questions, or the button that measures them. Only for the Wikipedia articles: there answers are known."""
    if presentation.is_on() or view.corpus != "wikipedia":
        return
    st.subheader("How often is each right?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        field_beside(PAGE, "asked")
        st.caption(ABOUT[view.asked].format(count=len(asked(view.asked))))
    run = ready_run(RUN, view.evaluation())
    report = run.report()
    if not report.frames or (report.state in ("ready", "paused") and not report.pending):
        st.button("Go on" if report.position else "Ask all of them", key=f"{RUN}:go", type="primary", icon=":material/checklist:", on_click=once(run.command), args=("play",))
        if not report.position:
            st.caption("Takes a few seconds. Then recall, MRR and the rank of every question appear here.")
    st.fragment(_draw, run_every=EVERY if report.pending else 60.0)(run, view, report.state)


def asked(name: str) -> tuple[str, ...]:
    """The questions, in the order in which they are asked."""
    return tuple(one.text for one in titles()) if name == "titles" else tuple(one.text for one in questions() if one.is_answerable)


def _draw(run: Following[RetrievalExperiment], view: RetrievalView, state: str) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            restart(RUN)
            st.rerun(scope="app")
    if report.state != state:
        st.rerun(scope="app")
    if report.error:
        st.error(safe_markdown(report.error), icon=":material/error:")
    if report.pending and report.position:
        st.progress(report.position / max(report.last_step or 1, 1), f"Question {report.position} of {report.last_step}")
        st.button("Pause", key=f"{RUN}:pause", icon=":material/pause:", on_click=run.command, args=("pause",))
    ranks = _ranks(report)
    if ranks is not None:
        _show(run, view, report, ranks)


def _ranks(report: Report) -> dict[str, np.ndarray] | None:
    known = next((frame.arrays["ranks"] for frame in reversed(report.frames) if "ranks" in frame.arrays), None)
    if known is None or not known.shape[1]:
        return None
    return dict(zip(METHODS, known, strict=True))


def _show(run: Following[RetrievalExperiment], view: RetrievalView, report: Report, ranks: dict[str, np.ndarray]) -> None:
    names, version = asked(view.asked), (run.name, len(ranks["bm25"]))
    left, right = st.columns([5, 4], gap="large")
    with left:
        drawn(PAGE, "recall", version, lambda: _curves(ranks), "recall")
    with right:
        st.dataframe(_table(ranks), hide_index=True, width="stretch")
        st.download_button(
            "Every rank (.csv)", data=lambda: _file(ranks, names), file_name="ranks.csv", mime="text/csv", on_click="ignore", key=f"{RUN}:file",
            icon=":material/download:", type="tertiary",
        )  # fmt: skip
    picked = drawn(PAGE, "strip", version, lambda: (rank_strip.spec(ranks, names, current_theme()), []), "ranks", select=True)
    if picked is not None and picked.kind == "click" and isinstance(picked.x, int | float):
        along = order(ranks)
        if 0 <= round(picked.x) < len(along):
            go(question=names[along[round(picked.x)]], looked=0)
            st.rerun(scope="app")


def _curves(ranks: dict[str, np.ndarray]) -> Drawing:
    return recall_curves.spec(ranks, current_theme()), [recall_notice(ranks)]


def _table(ranks: dict[str, np.ndarray]) -> dict[str, list[str]]:
    """Recall at 1 and at 5 and MRR of each method, with their ranges."""
    table: dict[str, list[str]] = {"Method": [METHODS[name] for name in ranks]}
    for k in (1, 5):
        table[f"Recall at {k}"] = [_percent(*recall_at(own, k)) for own in ranks.values()]
    table["MRR"] = ["{:.2f} ({:.2f}–{:.2f})".format(*mean_reciprocal_rank(own)) for own in ranks.values()]
    return table


def _percent(value: float, low: float, high: float) -> str:
    return f"{100 * value:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def _file(ranks: dict[str, np.ndarray], names: tuple[str, ...]) -> bytes:
    rows = [[names[i], *(int(own[i]) or "" for own in ranks.values())] for i in range(len(ranks["bm25"]))]
    return write_csv(["question", *METHODS], rows)
