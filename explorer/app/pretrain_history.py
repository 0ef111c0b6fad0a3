"""What was expected of the text that is watched, moment after moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.keepsake import remembered
from explorer.app.moments import frame_at
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.figures.pretrain_learning import BEST, Learning
from explorer.frame import Frame

if TYPE_CHECKING:
    from explorer.sequence.pretraining.expecting import Expected

LINES, LOOKS = 60, 400
"""Moments in the history, at most, and readings that are remembered."""


def learning_of(scene: Scene) -> Learning:
    """The history of the text, and the guesses of the moment shown.

    A GPT's expectations of its own text are in every picture; those of a typed text, and a BERT's, who is asked for each
    piece by itself, have to be asked of networks whose weights were kept, or were while somebody looked.
    """
    return _from_networks(scene) if scene.typed or scene.masked else _from_pictures(scene)


def _from_pictures(scene: Scene) -> Learning:
    from explorer.sequence.pretraining.pieces import UNKNOWN

    frames = _spread(list(scene.pictures), scene.shown)
    # Nothing comes before the first piece, so nobody is asked for it; what is told of an unknown one is the share of all unknown ones.
    told = [np.where(frame.arrays["right"] == UNKNOWN, np.nan, frame.arrays["chance"]) for frame in frames]
    shares = np.stack([np.concatenate([[np.nan], one]) for one in told])
    arrays = scene.shown.arrays
    guesses = [[], *([scene.pieces.pieces[int(one)] for one in row[:BEST]] for row in arrays["top_index"])]
    chances = np.concatenate([np.zeros((1, BEST)), arrays["top_probability"][:, :BEST]])
    return _learning(scene, [frame.step for frame in frames], shares, guesses, chances, scene.shown.step)


def _from_networks(scene: Scene) -> Learning:
    found = asked_so_far(scene)
    step = scene.asked.step
    steps = _spread(sorted(found), step)
    now = found[step]
    guesses = [[scene.pieces.pieces[int(one)] for one in row] for row in now.guesses]
    return _learning(scene, steps, np.stack([found[one].shares for one in steps]), guesses, now.chances, step)


def _learning(scene: Scene, steps: list[int], shares: np.ndarray, guesses: list[list[str]], chances: np.ndarray, step: int) -> Learning:
    blind = 1 / (len(scene.pieces) - (scene.pieces.mask is not None))
    return Learning(scene.parts, np.array(steps), shares, guesses, chances, steps.index(step), blind, scene.masked)


def asked_so_far(scene: Scene) -> dict[int, Expected]:
    """By training step what was expected of the text: all that was asked in this visit, and all that can still be asked."""
    from explorer.sequence.pretraining.expecting import expected

    name, text = scene.run.name, tuple(scene.watched)
    for frame in scene.weighted:
        remembered(f"{PAGE}:expected", (name, text, frame.step), lambda frame=frame: expected(scene.model(frame), scene.pieces, scene.watched), LOOKS)
    kept = list(st.session_state[f"{PAGE}:expected"].items())
    return {step: one for (run, read, step), one in kept if (run, read) == (name, text) and step <= scene.report.position}


def version_of(scene: Scene) -> tuple:
    """Equal as long as the history is."""
    newest = frame_at(scene.weighted, None) if scene.typed or scene.masked else scene.pictures[-1]
    return (scene.key, scene.asked.step, len(scene.pictures), newest.step)


def _spread(moments: list, kept: int | Frame) -> list:
    """At most `LINES` of the moments, evenly, with the first, the last and the one that is kept."""
    if len(moments) <= LINES:
        return moments
    places = {round(i * (len(moments) - 1) / (LINES - 2)) for i in range(LINES - 1)} | {moments.index(kept)}
    return [moments[place] for place in sorted(places)]
