"""The small world: two readers learn live who is where, and the sentences they need light up."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.answer_moment import Moment, moment_of, own_story
from explorer.app.answer_setting import PAGE, AnsweringView, go
from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick, once
from explorer.app.components.scrubber import scrubber
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble, ensemble_of, together
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.status import STATES
from explorer.app.transport import transport
from explorer.applications.answering.world_experiment import HELD_OUT, READERS, STORIES
from explorer.figures.answer_world import answer_world, world_notice
from explorer.figures.canvas import number
from explorer.figures.score_lines import ScoreLine, score_lines
from explorer.runs.report import Report, UnknownRun

WORLD = f"{PAGE}.world"
STUCK = (1000, 0.7)
"""From this step on, and below this share of right answers, attention is taken not to learn it by itself."""
LEAD = (
    "Sentences tell who goes where, who takes and drops what; then a question is asked. A **GRU** reads word after word and has to keep everything in its "
    "state. **Attention** (a *memory network*) keeps all sentences and looks at them when it knows the question. Sentences that the answer needs are "
    "marked **●**; both learn from right answers alone, unless attention is shown what matters."
)
ABOUT = {
    "influence": "**Influence** (GRU): how strongly each sentence moves the answer it gives, *gradient × input*: the gradient of the answer's score times "
    "the word's vector. **Look** (attention): the shares of one look add up to 100 %. Attention says where a reader looked, not by itself why it answered.",
    "two": "Two facts are hard to learn from answers alone: nothing tells the first look what to look for until the second one finds something. Switch "
    "on **Shown what matters** in the sidebar, and the looks are told during training (*strong supervision*, Weston et al. 2015).",
}


def world_view(view: AnsweringView) -> None:
    """The training of both readers."""
    with st.container(key="aside_world_lead"):
        st.markdown(LEAD)
    runs = ensemble_of(WORLD, {reader: view.training(reader) for reader in ("attention", "gru")})
    joint = together(list(runs.reports().values()))
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar"):
        transport(WORLD, runs, joint, step="One update of both readers.", start="the untrained readers")
        with st.container(key="aside_another"):
            st.button("Another story", key=f"{WORLD}:another", icon=":material/shuffle:", on_click=once(_another), args=(view,))
    own = own_story(view)
    every = interval(joint)
    st.fragment(_draw, run_every=every)(view, runs, own, (joint.state, every))
    with st.container(key="aside_terms"), st.expander("What the picture means", icon=":material/menu_book:"):
        for text in ABOUT.values():
            st.markdown(text)


def _another(view: AnsweringView) -> None:
    go(story=1 + view.story % STORIES)


def _draw(view: AnsweringView, runs: Ensemble, own, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            reports = runs.reports()
        except UnknownRun:
            st.rerun(scope="app")
        joint, (state, every) = together(list(reports.values())), drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        for one in reports.values():
            if one.error:
                st.error(safe_markdown(one.error), icon=":material/error:")
        moment = moment_of(view, runs, reports, own, st.session_state.get(f"{WORLD}:moment"))
        if moment is None:
            _nothing_yet(joint)
            return
        _show(view, moment, reports, joint)


def _show(view: AnsweringView, moment: Moment, reports: dict[str, Report], joint: Report) -> None:
    _status(moment, joint)
    drawn(WORLD, "story", moment.version, lambda: _story(view, moment), "story")
    _scrub(reports, joint)
    if not presentation.is_on():
        version = (moment.version[0], tuple(report.frames[-1].step for report in reports.values()), moment.step)
        drawn(WORLD, "scores", version, lambda: _scores(moment, reports, joint), "scores")


def _story(view: AnsweringView, moment: Moment) -> Drawing:
    facts, needed = moment.sentences, moment.story.needed
    figure = answer_world.spec(facts, moment.question, needed, moment.columns, moment.answers, current_theme())
    said = [world_notice(facts, needed, moment.columns)]
    return figure, [*said, stuck_hint(view, moment.step, moment.scores.get("attention", 1.0))]


def stuck_hint(view: AnsweringView, step: int, score: float) -> str:
    """What helps an attention that does not learn to join two facts; empty as long as it may still learn it."""
    if view.needs == "one" or step < STUCK[0] or score >= STUCK[1]:
        return ""
    if view.hops == 1:
        return "Two facts are needed, and one look cannot go from the first to the second. Give it two looks in the sidebar."
    return "" if view.shown else "From answers alone it has not found out what to look for. Switch on “Shown what matters” in the sidebar."


def _status(moment: Moment, joint: Report) -> None:
    parts = [f"**{STATES[joint.state]}**", f"step {moment.step:,}"]
    parts += [f"{READERS[name]} {100 * score:.0f} % right" for name, score in moment.scores.items()]
    parts += [f"{name} {100 * share:.0f} %" for name, share in moment.rules.items()]
    if "pointing" in moment.metrics:
        parts.append(f"attention is at {100 * moment.metrics['pointing']:.0f} % of the sentences needed")
    if joint.steps_per_second:
        parts.append(f"{joint.steps_per_second:,.0f} steps/s")
    with st.container(key=f"status_line_{WORLD}"):
        st.markdown("  ·  ".join(parts))


def _scores(moment: Moment, reports: dict[str, Report], joint: Report) -> Drawing:
    lines = [_line(name, report) for name, report in reports.items()]
    rule, value = max(moment.rules.items(), key=lambda item: item[1])
    figure = score_lines.spec(
        lines, current_theme(), name=f"right, on {HELD_OUT} held-out stories", baseline=(rule, value), end=joint.position, share=True, height=210
    )
    loss = moment.metrics.get("loss")
    return figure, [f"The dotted line is a rule that needs no learning: {rule}." + (f" The loss of attention is now {number(loss)}." if loss is not None else "")]


def _line(name: str, report: Report) -> ScoreLine:
    import numpy as np

    scored = [(frame.step, frame.metrics["score"]) for frame in report.frames if "score" in frame.metrics]
    steps, values = zip(*scored, strict=True) if scored else ((), ())
    return ScoreLine(READERS[name], "transformer" if name == "attention" else name, np.array(steps), np.array(values))


def _scrub(reports: dict[str, Report], joint: Report) -> None:
    frames = [frame.step for frame in reports["attention"].frames if frame.arrays]
    moment = st.session_state.get(f"{WORLD}:moment")
    chosen = scrubber(joint.position, joint.last_step or joint.position, frames, moment, key=f"{WORLD}:scrubber")
    if chosen != moment:
        st.session_state[f"{WORLD}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.markdown("Building the two readers ...")
        if report.state == "preparing":
            st.caption("The first time this takes a few seconds. Then a story appears here, and Play begins the training.")
