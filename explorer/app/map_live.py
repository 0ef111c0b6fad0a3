"""A t-SNE under way on the page "Word map": played, looked back at, or six at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from pydantic import ValidationError

from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.drawn import drawn
from explorer.app.following import ACTIVE, Following
from explorer.app.links import safe_markdown
from explorer.app.live import interval
from explorer.app.map_colour import colouring_of, own_serial
from explorer.app.map_export import forget
from explorer.app.map_layout import projection, tsne_layout
from explorer.app.map_scene import picture_height
from explorer.app.map_setting import PAGE, MapSetting
from explorer.app.map_truth import NEIGHBOURS, Truth
from explorer.app.map_view import look_at, picture
from explorer.app.map_words import Words
from explorer.app.moments import frame_at
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.transport import transport
from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.embedding.projection.starts import StartsExperiment, agreement
from explorer.experiment import explain
from explorer.figures.map_sentences import agreement_sentence
from explorer.figures.six_maps import six_maps
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun

STATES = {
    "preparing": "finding neighbours",
    "ready": "not begun",
    "playing": "under way",
    "paused": "paused",
    "catching up": "computing the known steps again",
    "finished": "finished",
    "failed": "stopped",
}


@dataclass(frozen=True)
class Running:
    """A t-SNE of the page's words, and the state of affairs the page was drawn with."""

    words: Words
    now: MapSetting
    run: Following
    report: Report

    @property
    def one(self) -> ProjectionExperiment:
        """The single map's settings."""
        base = self.run.base
        return base.one if isinstance(base, StartsExperiment) else base


def running(words: Words, now: MapSetting) -> Running | None:
    """The page's t-SNE, paused if it is new; None, with the reason on the page, when it cannot be made."""
    try:
        one = projection(words, now)
    except ValidationError as error:
        st.error(safe_markdown(" ".join(explain(error))), icon=":material/block:")
        return None
    run = ready_run(PAGE, StartsExperiment(one=one) if now.six else one)
    return Running(words, now, run, run.report())


def live_map(live: Running | None) -> None:
    """Draw the buttons and the map, again and again while something is under way; nothing where there is none."""
    if live is None:
        return
    start = (
        "the plane of the main directions"
        if live.one.initialisation == "pca" and not live.now.six
        else "the random start"
    )
    transport(PAGE, live.run, live.report, step="Five small moves of every word.", start=start)
    every = interval(live.report)
    st.fragment(_draw, run_every=every)(live, (live.report.state, every))


def _draw(live: Running, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = live.run.report()
        except UnknownRun:
            st.rerun(scope="app")
        if report.state != drawn_with[0]:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        pictures = [frame for frame in report.frames if frame.arrays]
        if not pictures:
            _nothing_yet(live)
            return
        shown = frame_at(pictures, st.session_state.get(f"{PAGE}:moment"))

        def player() -> None:
            _scrub(live, report, pictures, shown)
            _status(live, report, shown)

        moving = report.state in ACTIVE and shown.step == pictures[-1].step
        if live.now.six:
            _six(live, shown, not moving, player)
        else:
            picture(live.words, live.now, tsne_layout(live.one, shown, not moving), [], player)


def _nothing_yet(live: Running) -> None:
    forget()
    with st.container(
        height=picture_height(live.now), border=False, vertical_alignment="center", horizontal_alignment="center"
    ):
        st.markdown(f"Finding the neighbours of {len(live.words.rows):,} words ...")
        st.caption("Then they appear here, where t-SNE begins. Press Play, and neighbours find each other.")


def _status(live: Running, report: Report, shown: Frame) -> None:
    """Where the run stands, in one line."""
    metrics = shown.metrics
    parts = [f"**{STATES[report.state]}**", f"iteration {metrics['iteration']:,.0f} of {live.one.iterations:,}"]
    if "kl" in metrics:
        parts.append(f"KL divergence {metrics['kl']:.2f}")
    if metrics.get("exaggeration", 1.0) > 1:
        parts.append(f"attraction exaggerated {metrics['exaggeration']:g} times")
    if report.steps_per_second:
        parts.append(f"{5 * report.steps_per_second:,.0f} iterations/s")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _scrub(live: Running, report: Report, pictures: list[Frame], shown: Frame) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in pictures]
    at = None if moment is None else shown.step
    chosen = scrubber(report.position, live.run.base.steps, stops, at, key=f"{PAGE}:scrubber")
    if chosen != at:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page


def _six(live: Running, shown: Frame, settled: bool, player: Callable[[], None]) -> None:
    """Small maps from several starts, turned to lie as alike as can be."""
    words, now, maps = live.words, live.now, shown.arrays["maps"]
    version = (words.serial, now, shown.step, settled, own_serial(), picture_height(now))

    def draw():
        nothing = Truth(np.ones(len(words.rows), dtype=np.float32), 0, float("nan"), 0)
        titles = [f"seed {live.one.seed + i} · KL {shown.metrics[f'kl_{i}']:.2f}" for i in range(len(maps))]
        most = min(NEIGHBOURS, len(words.rows) - 1)
        told = agreement_sentence(agreement(maps, most), most, len(maps)) if settled else ""
        caption = [
            f"{words.source.name}, {words.told} · t-SNE, perplexity {live.one.perplexity}, random starts, iteration "
            f"{shown.metrics['iteration']:,.0f} of {live.one.iterations:,}",
            f"turned and mirrored to lie as alike as can be; {told[:1].lower()}{told[1:].split(', on average')[0]}" if told else "",
            "colours: place in the source, for what a map kept differs from map to map" if now.colour == "kept" else "",
        ]  # fmt: skip
        figure = six_maps.spec(
            list(maps), titles, colouring_of(words, now, nothing), words.vectors.words, words.numbers, current_theme(),
            caption=caption, chosen=words.row(now.word) if now.word else None, height=picture_height(now),
        )  # fmt: skip
        return figure, [told]

    pointed = drawn(PAGE, "six", version, draw, "six-maps", select=True, roam=True, between=player)
    if pointed is not None and pointed.kind == "click" and pointed.ids:
        look_at(pointed.ids[0], words)
