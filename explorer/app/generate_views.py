"""The pictures of the page: texts side by side, what a piece was chosen from, and the three learning curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.components.written_text import Column, written_text
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble
from explorer.app.following import Following
from explorer.app.generate_runs import steps_written
from explorer.app.generate_scene import Script, places
from explorer.app.generate_setting import PAGE, UNITS, Generation
from explorer.app.notes import note
from explorer.app.status import STATES
from explorer.figures.generate_chances import chances_notice, generate_chances
from explorer.figures.generate_notices import curves_notice, text_notice
from explorer.figures.several_curves import Curve, several_curves
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.generation.writing import WritingExperiment
from explorer.text.spreadsheets import write_csv

LETTERS_A_LINE = 38
"""Characters that fit into a line of one of three columns, at least."""
HEADINGS = ("pieces", "step", "prompt", "temperature", "top_k", "top_p", "text", "bits_per_character")
ROWS, FEW_ROWS = 12, 6
"""Pieces listed with their chances, on a page and in a presentation."""


def status_line(reports: Mapping[str, Report], joint: Report, written: Report) -> None:
    """Where the trainings and the writing stand."""
    parts = [f"**{STATES[joint.state]}**", "steps " + " / ".join(f"{report.position:,}" for report in reports.values())]
    speed = sum(report.steps_per_second for report in reports.values())
    parts += [f"{speed:,.0f} steps/s"] if speed else []
    parts += ["writing ..."] if written.state in ("playing", "preparing") else []
    parts += [f"{joint.watched_runs} runs share this server"] if joint.watched_runs > 4 else []
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def texts_view(
    now: Generation, run: Following[WritingExperiment], scripts: Sequence[Script], shown: Mapping[str, Frame]
) -> None:
    """The leading picture: what each model wrote; a click on a piece shows what it was chosen from."""
    lines = -(-(now.length + len(now.prompt)) // LETTERS_A_LINE)
    columns = _columns(scripts, shown) if scripts else _waiting(now.prompt)
    picked = written_text(columns, lines, key=f"{PAGE}:texts")
    if scripts and not presentation.is_on():
        note(f"{PAGE}_texts", text_notice([(UNITS[s.unit], s.measures, s.bits_per_character) for s in scripts]))
        _take_along(run, scripts, steps_written(shown))
    if picked is not None and scripts:
        st.session_state.setdefault(f"{PAGE}:picked", {})[scripts[picked[0]].unit] = picked[1]
        st.rerun(scope="app")


def _take_along(run: Following[WritingExperiment], scripts: Sequence[Script], steps: Sequence[int]) -> None:
    rule, prompt = run.base.rule, run.base.prompt
    table = [
        (UNITS[one.unit], step, prompt, rule.temperature, rule.top_k, rule.top_p, one.text, round(one.bits_per_character, 4))
        for one, step in zip(scripts, steps, strict=True)
    ]
    st.download_button(
        "Save these texts", data=lambda: write_csv(HEADINGS, table), file_name="generated-texts.csv", mime="text/csv",
        icon=":material/download:", type="tertiary", on_click="ignore", key=f"{PAGE}:save_texts",
    )  # fmt: skip


def _columns(scripts: Sequence[Script], shown: Mapping[str, Frame]) -> list[Column]:
    rows = zip(scripts, steps_written(shown), places(scripts), strict=True)
    return [_column(script, step, place) for script, step, place in rows]


def _waiting(prompt: str) -> list[Column]:
    return [Column(title, "", prompt, (), empty=" ...") for title in UNITS.values()]


def _column(script: Script, step: int, place: int | None) -> Column:
    pieces = [(part, round(float(bits), 2)) for part, bits in zip(script.parts, script.bits, strict=True)]
    fact = f"step {step:,}"
    return Column(UNITS[script.unit], fact, script.given, pieces, place, "" if pieces else " ...")


def chances_view(run: Following[WritingExperiment], scripts: Sequence[Script]) -> None:
    """What the piece looked at was chosen from, for each model."""
    chosen = places(scripts)
    if not scripts or None in chosen:
        return
    rows = FEW_ROWS if presentation.is_on() else ROWS
    version = (run.name, tuple(chosen), rows)
    drawn(PAGE, "chances", version, lambda: _chances(scripts, chosen, rows), "chances")


def _chances(scripts: Sequence[Script], chosen: Sequence[int], rows: int) -> Drawing:
    models = [script.chances(place) for script, place in zip(scripts, chosen, strict=True)]
    return generate_chances.spec(models, current_theme(), rows=rows), [chances_notice(models)]


def curves_view(runs: Ensemble, reports: Mapping[str, Report], shown: Mapping[str, Frame]) -> None:
    """Bits per character on held-out text, while the models learn."""
    st.subheader("How well each expects real text", anchor=False)
    newest = tuple(report.frames[-1].step for report in reports.values())
    moment = st.session_state.get(f"{PAGE}:moment")
    version = (runs.name, newest, moment)
    drawn(PAGE, "curves", version, lambda: _curves(runs, reports, moment), "bits-per-character")


def _curves(runs: Ensemble, reports: Mapping[str, Report], moment: int | None) -> Drawing:
    theme = current_theme()
    curves = [_curve(title, theme.category(i), reports[unit]) for i, (unit, title) in enumerate(UNITS.items())]
    end = next(iter(runs.members.values())).base.steps
    figure = several_curves.spec(
        curves, theme, name="bits per character, held out", end=end, moment=moment, smooth=False, height=220
    )
    return figure, [curves_notice({one.name: one.values for one in curves})]


def _curve(title: str, colour: str, report: Report) -> Curve:
    found = [(f.step, f.metrics["bits_per_character"]) for f in report.frames if "bits_per_character" in f.metrics]
    steps, values = np.array(found or [(0, np.nan)], dtype=float).T
    return Curve(title, colour, steps, values)
