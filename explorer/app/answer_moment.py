"""One moment of the two readers: the story that is shown, where each looks, and what each answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.answer_setting import PAGE, AnsweringView
from explorer.app.ensemble import Ensemble
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.moments import frame_at
from explorer.applications.answering.world import Story, World, parse
from explorer.applications.answering.world_experiment import READERS, STORIES, WorldExperiment
from explorer.figures.answer_world import Column, Given
from explorer.frame import Frame
from explorer.runs.report import Report

if TYPE_CHECKING:
    Arrays = Mapping[str, np.ndarray]

LONGEST = 1_500
"""Characters of an own story."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What is drawn.

    Attributes
    ----------
    version : tuple
        Equal as long as the picture would be.
    step : int
    story : Story
    columns, answers : tuples
        Of the picture; see `answer_world`.
    scores, rules : dict of str to float
        Share of the held-out stories that each reader, and each simple rule, answers.
    metrics : mapping
        Of the attention reader.
    """

    version: tuple
    step: int
    story: Story
    columns: tuple[Column, ...]
    answers: tuple[Given, ...]
    scores: dict[str, float]
    rules: dict[str, float]
    metrics: Mapping[str, float]

    @property
    def sentences(self) -> list[str]:
        """The story as one writes it."""
        return [written(fact.words) for fact in self.story.facts]

    @property
    def question(self) -> str:
        """The question as one writes it."""
        return written(self.story.question) + "?"


def written(words: tuple[str, ...]) -> str:
    """A sentence with a capital at its beginning, and people with theirs."""
    from explorer.applications.answering.world import PEOPLE

    told = [word.capitalize() if word in PEOPLE else word for word in words]
    return " ".join([told[0].capitalize(), *told[1:]])


def own_story(view: AnsweringView) -> Story | None:
    """Fields for a story of the visitor's own; None where there is none, or it cannot be read."""
    world = World(view.people, view.places, view.things)
    with st.container(key="aside_own_story"), st.expander("Tell a story of your own", icon=":material/edit_note:"):
        left, right = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
        text = left.text_area(
            "A sentence in each line", key=f"{PAGE}:own", max_chars=LONGEST, height=130,
            placeholder=f"{world.people[0].capitalize()} went to the {world.places[0]}\n{world.people[0].capitalize()} took the {world.things[0]}",
        )  # fmt: skip
        asked = right.selectbox("Where is", [*world.people, *world.things], key=f"{PAGE}:asked:{len(world.people)}:{len(world.things)}")
        if not text.strip():
            return None
        try:
            return parse(world, text, asked)
        except ValueError as error:
            st.error(safe_markdown(str(error)))
            return None


@lru_cache(maxsize=8)
def _held_out(experiment: WorldExperiment) -> tuple[tuple[Story, ...], dict[str, float]]:
    from explorer.applications.answering.world_training import baselines, held_out

    return tuple(held_out(experiment)[:STORIES]), baselines(experiment)


def moment_of(
    view: AnsweringView, runs: Ensemble, reports: Mapping[str, Report], own: Story | None, moment: int | None
) -> Moment | None:
    """What there is to see; None as long as a reader has no picture."""
    frames = {name: [frame for frame in report.frames if frame.arrays] for name, report in reports.items()}
    if not all(frames.values()):
        return None
    shown = {name: frame_at(own_frames, moment) for name, own_frames in frames.items()}
    stories, rules = _held_out(runs.members["attention"].base)
    number = (view.story - 1) % len(stories)
    story = own or stories[number]
    columns, answers = [], []
    for name in ("gru", "attention"):
        arrays, at = (_own_arrays(runs, name, shown[name], own), 0) if own else (shown[name].arrays, number)
        columns += _columns(name, arrays, at)
        chances, places = arrays["chances"][at], World(view.people, view.places, view.things).places
        best = int(chances.argmax())
        answers.append(Given(name, READERS[name], places[best], float(chances[best]), places[best] == story.answer))
    scores = {name: frame.metrics["score"] for name, frame in shown.items() if "score" in frame.metrics}
    version = (runs.name, tuple(frame.step for frame in shown.values()), number, own)
    return Moment(version, shown["attention"].step, story, tuple(columns), tuple(answers), scores, rules, shown["attention"].metrics)


def _columns(name: str, arrays: Arrays, at: int) -> list[Column]:
    if "attention" not in arrays:
        return [Column(name, "GRU: influence", arrays["influence"][at])]
    looks = arrays["attention"][at]
    return [Column(name, f"Attention: look {i}" if len(looks) > 1 else "Attention", look) for i, look in enumerate(looks, 1)]


def _own_arrays(runs: Ensemble, name: str, frame: Frame, story: Story) -> Arrays:
    """What the reader of a moment makes of a visitor's story."""

    def ask() -> Arrays:
        from explorer.applications.answering.world_readers import load_reader
        from explorer.applications.answering.world_training import tensors, watched_arrays

        experiment = runs.members[name].base
        return watched_arrays(load_reader(experiment, frame.weights), tensors(experiment, [story]))

    return remembered(f"{PAGE}:own_arrays", (runs.members[name].name, frame.step, story), ask, most=8)
