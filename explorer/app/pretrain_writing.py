"""What the network writes as it learns, and what it makes of a visitor's words at the moment shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st

from explorer.app.links import JOINER, safe_markdown
from explorer.app.live import EVERY
from explorer.app.pretrain_asking import ask_view, prompt_for
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.app.pretrain_table import milestones, table_view

PIECES = {"characters": 240, "subwords": 90, "words": 60}
"""Of a text that is written on."""
WORK = 0.06
"""Seconds of writing at a time."""


@dataclass
class Sample:
    """Text that is being written.

    Attributes
    ----------
    step : int
        Whose network writes.
    most : int
        Pieces, then it is done.
    ids : list of int
        Written so far, without the prompt.
    """

    step: int
    most: int
    source: Iterator | None
    ids: list[int] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether all is written."""
        return len(self.ids) >= self.most

    def advance(self, until: float) -> None:
        """Write on until that time, one piece at least."""
        while not self.done:
            self.ids.append(int(next(self.source)[0]))
            if time.monotonic() >= until:
                break
        if self.done:
            self.source = None  # and with it the network


def is_writing() -> bool:
    """Whether a text is not finished yet, so that the page should be drawn again soon."""
    kept = st.session_state.get(f"{PAGE}:sample")
    return kept is not None and not kept[1].done and time.monotonic() - kept[2] < 4 * EVERY


def writing_view(scene: Scene) -> None:
    """Draw the samples of a GPT's training, and the text that it writes on from a beginning of the visitor's."""
    st.subheader("What it writes", anchor=False)
    steps = milestones([frame.step for frame in scene.pictures], scene.shown.step)
    samples = {frame.step: frame.arrays["sample"] for frame in scene.pictures if frame.step in steps}
    st.caption("Begun from nothing but the beginning of a line, at the temperature of the sidebar. **Bold** is the moment shown.")
    table_view(["it writes"], [(step, [_told(scene, ids)]) for step, ids in samples.items()], scene.shown.step)
    st.subheader("Let it write on", anchor=False)
    prompt = prompt_for(scene)
    left, right = st.columns([2, 5], gap="large")
    with left:
        ask_view(scene, prompt)
    with right:
        _written_view(scene, prompt)


def _written_view(scene: Scene, prompt: str) -> None:
    sample = _sample(scene, prompt)
    sample.advance(time.monotonic() + WORK)
    with st.container(key=f"sample_{PAGE}", height=300, border=False):
        st.caption(f"The network of step {sample.step:,} writes{'' if sample.done else ' ...'}")
        # Beside a blank an asterisk would be an asterisk: it needs a neighbour that is none.
        given = f"*{JOINER}{safe_markdown(prompt.strip())}{JOINER}*" if prompt.strip() else ""
        st.markdown(f"{given}{' ' if prompt.endswith(' ') else JOINER}{_told(scene, sample.ids)}")


def _sample(scene: Scene, prompt: str) -> Sample:
    """The text under way: that of the moment shown, but while moments fly past one is finished before the next begins."""
    owner = (scene.run.name, prompt, scene.run.now.temperature)
    kept = st.session_state.get(f"{PAGE}:sample")
    flying = scene.report.state in ("playing", "catching up") and not scene.looks_back
    if kept is None or kept[0] != owner or kept[1].step != scene.asked.step and (kept[1].done or not flying):
        kept = (owner, _begin(scene, prompt), 0.0)
    st.session_state[f"{PAGE}:sample"] = (*kept[:2], time.monotonic())
    return kept[1]


def _begin(scene: Scene, prompt: str) -> Sample:
    import torch

    from explorer.sequence.pretraining import generate

    base = scene.run.base
    read = [scene.pieces.start, *(int(one) for one in scene.pieces.encode(prompt))]
    generator = torch.Generator().manual_seed(base.seed)
    return Sample(scene.asked.step, PIECES[base.units], generate(scene.model(), read, generator, scene.run.now.temperature))


def _told(scene: Scene, ids) -> str:
    """What was written, in one line."""
    return safe_markdown(scene.pieces.decode(ids).replace("\n", " ⏎ "))
