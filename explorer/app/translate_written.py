"""Numbers and dates: a network that writes its answer learns live, and its search is drawn as a tree."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.drawn import Drawing, drawn
from explorer.app.controls import field_beside
from explorer.app.following import Following
from explorer.app.keeping import file_controls
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.status import STATES
from explorer.app.translate_asking import Answered, View, answered, choose_question, view_of
from explorer.app.translate_controls import KEEPING
from explorer.app.translate_search import comparison_view
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.app.translate_story import written_story, written_terms
from explorer.app.transport import transport
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.figures.attention_table import attention_table
from explorer.figures.beam_notices import beam_notice
from explorer.figures.beam_tree import beam_tree, log, sign
from explorer.figures.candidates import candidates
from explorer.figures.canvas import number
from explorer.figures.curves import curves
from explorer.figures.naming import quoted, share_of
from explorer.figures.notices import loss_notice
from explorer.figures.score_lines import ScoreLine, score_lines
from explorer.runs.report import Report, UnknownRun
from explorer.text.spreadsheets import write_csv

CURVES = 190


def written_view(now: TranslateView) -> None:
    """Draw the whole view."""
    run = ready_run(PAGE, now.training())
    file_controls(PAGE, run, KEEPING)
    report = run.report()
    written_story(now)
    view = view_of(now, run, report)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="bar"):
        transport(PAGE, run, report)
        with st.container(key="aside_width", width=230):
            field_beside(PAGE, "width")
    choose_question(now, None if view is None else view.task)
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, run, (report.state, every))
    if not presentation.is_on():
        comparison_view(now, run)
        written_terms(now)


def _draw(now: TranslateView, run: Following, drawn_with: tuple[str, float]) -> None:
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
        view = view_of(now, run, report)
        if view is None:
            _nothing_yet(report)
        else:
            _show(view)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the answers of the untrained network appear here; Play lets it learn.")
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _show(view: View) -> None:
    _status(view)
    found = answered(view)
    if found is not None:
        _tree(view, found)
    _scrub(view)
    if presentation.is_on():
        return
    if found is not None:
        _looks_and_answers(view, found)
    _curves(view)


def _status(view: View) -> None:
    report, metrics = view.report, view.shown.metrics
    frame = view.shown if view.looks_back else report.frames[-1]
    parts = [f"**{STATES[report.state]}**", f"step {frame.step if view.looks_back else report.position:,} of {view.last_step:,}"]
    if "loss" in frame.metrics:
        parts.append(f"training loss {number(frame.metrics['loss'])} ({view.task.baseline.name}: {number(view.task.baseline.loss)})")
    exact = _line(view, "exact")
    if exact.values.size:
        parts.append(f"{share_of(float(exact.values[-1]))} of held-out answers exact, ceiling {share_of(view.task.ceiling)}")
    elif "symbols" in metrics:
        parts.append(f"{share_of(metrics['symbols'])} of letters right")
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.0f} steps/s")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _tree(view: View, found: Answered) -> None:
    with st.container(key="translate_question"):
        right = f"  :gray[, and right is] {safe_markdown(found.right)}" if found.right else ""
        st.markdown(f":gray[It reads] **{safe_markdown(''.join(found.read))}**{right}")
    version = (view.run.name, found.step, found.read, found.right, view.now.width, presentation.is_on())
    drawn(PAGE, "tree", version, lambda: _draw_tree(found), f"beam-{view.now.view}-step-{found.step}")


def _draw_tree(found: Answered) -> Drawing:
    figure = beam_tree.spec(found.tree, current_theme(), right=found.right, compact=presentation.is_on(), width=PRESENTED_WIDTH if presentation.is_on() else WIDTH)
    return figure, [beam_notice(found.tree, found.right)]


def _scrub(view: View) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in view.pictures if frame.weights]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page


def _looks_and_answers(view: View, found: Answered) -> None:
    left, right = st.columns([3, 2], gap="large")
    version = (view.run.name, found.step, found.read, view.now.width)
    with left:
        st.subheader("What it looks at", anchor=False)
        if found.tree.answers[0].attention is None:
            st.info("This network has no attention: all it knows of the question is the encoder's last state. Turn *Attention* on in the "
                    "sidebar to see what it looks back at.", icon=":material/visibility_off:")  # fmt: skip
        else:
            drawn(PAGE, "attention", version, lambda: _attention(found), "attention")
    with right:
        st.subheader("Its whole answers", anchor=False)
        drawn(PAGE, "answers", (*version, found.right), lambda: _answers(found), "answers")
        st.download_button(
            "These answers (.csv)", data=lambda: answers_csv(found), file_name="answers.csv", mime="text/csv", on_click="ignore",
            key=f"{PAGE}:answers_csv", icon=":material/download:", type="tertiary",
        )  # fmt: skip


def _attention(found: Answered) -> Drawing:
    best = found.tree.answers[0]
    figure = attention_table.spec(best.attention, found.read, [sign(one) for one in best.symbols], current_theme())
    return figure, [attention_notice(best.attention, found.read, best.symbols)]


def attention_notice(weights: np.ndarray, read: tuple[str, ...], written: tuple[str, ...]) -> str:
    """How the looks move: whether they go from left to right, and which is the surest."""
    ahead = np.diff((weights * np.arange(weights.shape[1])).sum(axis=1))
    onward = float((ahead > 0).mean()) if len(ahead) else 0.0
    row, column = np.unravel_index(int(np.argmax(weights)), weights.shape)
    return (
        f"In {share_of(onward)} of the steps its look moves to the right. It is surest when it writes {quoted(sign(written[row]))}: "
        f"{share_of(float(weights[row, column]))} of the look lies on {quoted(read[column])}, letter {column + 1} of {len(read)}."
    )


def _answers(found: Answered) -> Drawing:
    answers = found.tree.answers
    shares = [float(np.exp(one.log_probability)) for one in answers]
    figure = candidates.spec([one.text for one in answers], shares, current_theme(), right=found.right)
    total = sum(shares)
    return figure, [f"Together they have {share_of(total)} of all probability; log-probabilities stand at their ends in the tree: the best {log(answers[0].log_probability)}."]


def answers_csv(found: Answered) -> bytes:
    """The answers of the search and the greedy one, with their log-probabilities."""
    rows = [(f"beam, place {place}", one) for place, one in enumerate(found.tree.answers, 1)] + [("greedy", found.tree.greedy)]
    return write_csv(
        ["found by", "question", "answer", "log-probability", "probability", "right answer"],
        ([how, "".join(found.read), one.text, one.log_probability, float(np.exp(one.log_probability)), found.right] for how, one in rows),
    )  # fmt: skip


def _curves(view: View) -> None:
    left, right = st.columns(2, gap="large")
    report = view.report
    version = (view.run.name, len(report.frames), report.position, report.changes, view.shown.step, view.looks_back)
    with left:
        drawn(PAGE, "loss", version, lambda: _losses(view), "loss")
    with right:
        drawn(PAGE, "score", version, lambda: _scores(view), "score")


def _line(view: View, metric: str, name: str = "") -> ScoreLine:
    found = [(frame.step, frame.metrics[metric]) for frame in view.report.frames if metric in frame.metrics and frame.step <= view.shown.step]
    steps, values = zip(*found, strict=True) if found else ((), ())
    return ScoreLine(name, view.run.base.cell if metric == "exact" else "", np.array(steps), np.array(values, dtype=float))


def _losses(view: View) -> Drawing:
    frames, baseline, changes = view.report.frames, view.task.baseline, view.report.changes
    lines = {
        name: (np.array([f.step for f in frames if metric in f.metrics]), np.array([f.metrics[metric] for f in frames if metric in f.metrics]))
        for name, metric in (("training", "loss"), ("held out", "held_out"))
    }
    lines = {name: line for name, line in lines.items() if len(line[0])}
    figure = curves.spec(
        lines, current_theme(), baseline=baseline.loss, baseline_name=baseline.name, changes=changes, height=CURVES,
        before={change.field: getattr(view.run.base, change.field) for change in changes},
        moment=view.shown.step if view.looks_back else None,
    )  # fmt: skip
    known = "held_out" in view.shown.metrics
    loss = view.shown.metrics["held_out" if known else "loss"]
    return figure, [loss_notice(loss, baseline.loss, baseline.name, "held-out loss" if known else "training loss", lines.get("held out"))]


def _scores(view: View) -> Drawing:
    lines = [line for line in (_line(view, "exact", "answered exactly"), _line(view, "symbols", "letter by letter")) if line.values.size]
    baseline = view.task.baseline
    figure = score_lines.spec(
        lines, current_theme(), name="right, held out", baseline=(baseline.name, baseline.score), end=view.last_step, share=True,
        moment=view.shown.step if view.looks_back else None, height=CURVES,
    )  # fmt: skip
    exact, ceiling = _line(view, "exact"), view.task.ceiling
    said = f"Left to itself (greedy), it answers {share_of(float(exact.values[-1]))} of the held-out questions exactly." if exact.values.size else ""
    if ceiling < 1:
        said += f" No reader can answer more than {share_of(ceiling)}: 3/4/21 is in March or in April."
    return figure, [said.strip() or "Whole answers are counted after the first updates; press Play."]
