"""Three ways to read a gradient wrongly, each beside the true reading of the same networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import Sheet, experiment_controls
from explorer.app.drawn import Drawing, drawn
from explorer.app.laboratory_before import GROUPS, lines_of, probe_shows, profiles
from explorer.app.laboratory_setting import PAGE, Readings, state_of
from explorer.figures.canvas import Spec
from explorer.figures.decades import Decades
from explorer.figures.gradient_profiles import ProfileLine, gradient_profiles, profile_decades
from explorer.figures.profile_notices import choice_notice, mean_notice, naive_notice
from explorer.figures.several_curves import Curve, several_curves
from explorer.sequence.laboratory.names import CELL_TITLES
from explorer.sequence.laboratory.probe import Probe

STATE = state_of("readings")
HEIGHT = 270


def readings_controls() -> Readings:
    """Draw the sidebar and return what it says."""
    return experiment_controls(STATE, SHEET, PAGE)


def readings_view(now: Readings) -> None:
    """Draw the three pairs of pictures."""
    true = now.probe.replace(loss_at="last", norm="per sample", window=0)
    _naive(true)
    _choice(true)
    _mean(true)


def _naive(probe: Probe) -> None:
    st.subheader("1 · The output's own gradient", anchor=False)
    st.markdown(
        "`output.retain_grad()` on what `nn.LSTM` returns is what most people plot. But inside the fused module the states never "
        "touch that output: it holds only what enters each step **from above**, and nothing that comes back through time."
    )
    found = profiles(probe)
    true = [ProfileLine(cell, CELL_TITLES[cell], one.hidden) for cell, one in found.items()]
    naive = [ProfileLine(cell, CELL_TITLES[cell], one.naive) for cell, one in found.items()]
    told = naive_notice({line.name: line.hidden for line in naive}, {line.name: line.hidden for line in true})
    _pair("naive", probe, naive, true, ("output.grad, loss at the last step", "true gradient of every state"), told)


def _choice(probe: Probe) -> None:
    st.subheader("2 · An error at every step", anchor=False)
    st.markdown(
        "Language models have a loss at every step. Their gradient looks healthy everywhere, because each state hears the error of its own "
        "step. Whether **one** error travels is another question: leave only the last."
    )
    every, last = lines_of(profiles(probe.replace(loss_at="every"))), lines_of(profiles(probe))
    every, last = ([ProfileLine(line.key, line.name, line.hidden) for line in lines] for lines in (every, last))
    told = choice_notice({line.name: line.hidden for line in every}, {line.name: line.hidden for line in last})
    _pair("choice", probe, every, last, ("the errors of all steps together", "only the error of the last step"), told, every=True)


def _mean(probe: Probe) -> None:
    st.subheader("3 · The gradient of the mean", anchor=False)
    st.markdown(
        f"A batch of {probe.samples} sequences has {probe.samples} gradients. Averaged **before** their length is taken, they cancel: the samples' "
        "errors point different ways. The mean of their lengths says how far an error reaches; the length of their mean says how far they agree."
    )
    mean, each = profiles(probe.replace(norm="of the mean")), profiles(probe)
    true = [ProfileLine(cell, CELL_TITLES[cell], one.hidden) for cell, one in each.items()]
    shares = {cell: mean[cell].hidden / np.where(one.hidden > 0, one.hidden, np.nan) for cell, one in each.items()}
    told = mean_notice({CELL_TITLES[cell]: one for cell, one in shares.items()}, probe.samples)
    left, right = st.columns(2, gap="medium")
    with left:
        drawn(STATE, "mean-wrong", probe, lambda: (_shares(shares, probe), [told[0]]), "mean-wrong")
    with right:
        title = "mean length of the gradients"
        drawn(STATE, "mean-true", probe, lambda: (_profile(true, profile_decades(true), title), [told[1]]), "mean-true")


def _shares(shares: Mapping[str, np.ndarray], probe: Probe) -> Spec:
    """What averaging first leaves of the true size, at each time step."""
    theme, steps = current_theme(), np.arange(1, probe.length + 1)
    curves = [Curve(CELL_TITLES[cell], theme.architecture(cell), steps, one) for cell, one in shares.items()]
    chance = probe.samples**-0.5
    return several_curves.spec(
        curves, theme, name="what averaging first leaves of the true length", baseline=chance,
        baseline_name=f"1/√{probe.samples}, by chance", end=probe.length, smooth=False, across="time step", height=HEIGHT,
    )  # fmt: skip


def _pair(
    name: str, probe: Probe, wrong: Sequence[ProfileLine], true: Sequence[ProfileLine], titles: tuple[str, str], told: tuple[str, str],
    every: bool = False,
) -> None:  # fmt: skip
    """The misreading at the left, the true reading at the right, on the same axis."""
    axis = profile_decades([*wrong, *true])
    left, right = st.columns(2, gap="medium")
    for column, lines, title, said, side in (
        (left, wrong, titles[0], told[0], "wrong"), (right, true, titles[1], told[1], "true")
    ):  # fmt: skip

        def draw(lines=lines, title=title, said=said, side=side) -> Drawing:
            return _profile(lines, axis, title, every and side == "wrong"), [said]

        with column:
            drawn(STATE, f"{name}-{side}", (probe, side), draw, f"{name}-{side}")


def _profile(lines: Sequence[ProfileLine], axis: Decades, title: str, every: bool = False) -> Spec:
    return gradient_profiles.spec(lines, current_theme(), axis=axis, every=every, height=HEIGHT, title=title)


SHEET = Sheet(
    Readings, {key: title for key, title in GROUPS.items() if key != "loss"}, shown=probe_shows,
)  # fmt: skip
