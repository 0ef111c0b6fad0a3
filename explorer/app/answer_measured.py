"""How good the answers are, and whether their confidence can be trusted: all our questions, shipped or asked again."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.answer_setting import PAGE
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.links import safe_markdown
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.applications.answering.confidence import ENOUGH, calibration, order_quality
from explorer.applications.answering.experiment import AnsweringExperiment
from explorer.applications.answering.measured import Measured, measured
from explorer.applications.retrieval.evaluation import Share
from explorer.applications.retrieval.questions import questions
from explorer.figures.answer_reasons import calibration_notice, calibration_plot
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.interval import wilson
from explorer.text.spreadsheets import write_csv

RUN, EVERY = f"{PAGE}.evaluation", 0.4


def measured_view() -> None:
    """The numbers over all questions, and the button that asks them again."""
    if presentation.is_on():
        return
    st.subheader("Can it be trusted?", anchor=False)
    try:
        shipped = measured()
    except (OSError, ValueError) as error:
        st.error(safe_markdown(str(error)))
        return
    run = ready_run(RUN, AnsweringExperiment())
    report = run.report()
    left, right = st.columns([4, 5], gap="large")
    with left:
        drawn(PAGE, "calibration", "shipped", lambda: _calibration(shipped), "calibration")
    with right:
        st.dataframe(table(shipped), hide_index=True, width="stretch")
        st.caption(
            "Each confidence was computed without the question itself (*leave one out*). The few weights of the method were chosen with these questions "
            "in view, so that the numbers are a little kind. They were computed once and are shipped; ask again, and this computer computes them anew."
        )
        with st.container(horizontal=True):
            if report.state in ("ready", "paused") and not report.pending:
                st.button("Go on" if report.position else "Ask all again", key=f"{RUN}:go", icon=":material/checklist:", on_click=once(run.command), args=("play",), help="Takes about a minute.")
            st.download_button(
                "Every question (.csv)", data=lambda: _file(shipped), file_name="answers.csv", mime="text/csv", on_click="ignore", key=f"{RUN}:file",
                icon=":material/download:", type="tertiary",
            )  # fmt: skip
        st.fragment(_again, run_every=EVERY if report.pending else 60.0)(run, shipped, report.state)


def table(made: Measured) -> dict[str, list[str]]:
    """What is right how often, with 95 % ranges."""
    able, chances = made.answerable, made.chances()
    told = chances >= ENOUGH
    rows = {
        "a paragraph that answers is read": (made.column("paragraph")[able] > 0),
        "the marked sentence answers": made.right[able],
        "the marked words are the answer, exactly": (made.column("exact")[able] > 0),
        "no answer here, and “not found” is said": ~told[~able],
        "the sentence answers, and it is given": told[made.right],
        "it is given, and the sentence answers": made.right[told],
    }
    shares = {name: Share(float(row.mean()), *wilson(float(row.mean()), len(row))) if len(row) else Share(np.nan, 0, 1) for name, row in rows.items()}
    return {
        "of all questions": list(rows),
        "share": [f"{100 * one.value:.0f} %" for one in shares.values()],
        "95 % range": [f"{100 * one.low:.0f}–{100 * one.high:.0f} %" for one in shares.values()],
        "counted on": [str(len(row)) for row in rows.values()],
    }


def _calibration(made: Measured) -> Drawing:
    chances = made.chances()
    figure = calibration_plot.spec(calibration(chances, made.right), current_theme())
    order = f"Of a right and a wrong answer the right one is more confident in {100 * order_quality(chances, made.right):.0f} % of the pairs."
    return figure, [calibration_notice(chances, made.right, made.answerable, ENOUGH), order]


def _again(run: Following[AnsweringExperiment], shipped: Measured, state: str) -> None:
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
    elif report.position and report.state == "finished":
        st.success(again_notice(report, shipped), icon=":material/check:")


def again_notice(report: Report, shipped: Measured) -> str:
    """What came out now, against what is shipped."""
    last = next((frame for frame in reversed(report.frames) if frame.arrays), None)
    if last is None or not len(last.arrays["judged"]):
        return "Nothing was asked."
    now = Measured(last.arrays["evidence"], last.arrays["judged"])
    asked = len(now.judged)
    same = int((now.right == shipped.right[:asked]).sum())
    return f"{asked} questions were asked again: {now.right.sum()} sentences are right; {same} verdicts are those that are shipped."


def _file(made: Measured) -> bytes:
    chances = made.chances()
    rows = [
        [question.text, question.article, *(int(made.column(name)[i]) for name in ("paragraph", "sentence", "exact")), round(made.column("overlap")[i], 3), round(float(chances[i]), 3)]
        for i, question in enumerate(questions())
    ]
    return write_csv(["question", "article", "paragraph", "sentence", "exact", "overlap", "confidence"], rows)
