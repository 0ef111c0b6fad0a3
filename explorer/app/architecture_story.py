"""What each architecture does, what it sees, how far that reaches and what it costs, with the numbers of this network."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.architecture_scene import Scene
from explorer.figures.naming import count
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.experiment import RECURRENT

STORIES = {
    "window": "A **window** shows a plain feed-forward network the last {window} steps side by side, as one long row of "
    "numbers, and that computes the answer in one go. It has no memory: what has left the window never existed. "
    "*(NETtalk, 1987; Bengio et al., 2003)*",
    "average": "Every step becomes a list of numbers, its **embedding**, and all that is handed on is their **average**. "
    "The network knows what was read, but not in which order: a bag of words. *(Iyyer et al., 2015)*",
    "tcn": "A **temporal convolutional network** slides one small pattern, its **kernel** of {kernel} steps, along time. Each "
    "level looks at steps twice as far apart as the level below (**dilation**), so that what one answer sees, its "
    "**receptive field**, doubles with every level. *(Bai, Kolter and Koltun, 2018)*",
    "cnn": "A **convolutional network** slides small **filters** of {kernel} × {kernel} pixels over the picture, keeps the "
    "strongest answer of every 2 × 2 places and does the same again on top. It has the picture before its eyes, where the "
    "recurrent networks have to remember it. *(LeCun et al., 1998)*",
    "transformer": "In a **Transformer** every step looks at the others directly. A **head** of **attention** gives each of "
    "them a share, the shares add up to 100 %, and fetches what stands there in that proportion. However far apart two "
    "steps are, one layer joins them. *(Vaswani et al., 2017)*",
    "rnn": "A **recurrent network** reads one step after the other and mixes each into its **state**, the only thing it takes "
    "along. Whatever came first has to survive every step that follows.",
    "lstm": "An **LSTM** reads one step after the other. Beside its state it has a memory with **gates** that decide what is "
    "kept, so that what came first can survive the steps that follow. *(Hochreiter and Schmidhuber, 1997)*",
    "gru": "A **GRU** reads one step after the other and lets **gates** decide how much of its state stays as it was, so that "
    "what came first can survive the steps that follow. *(Cho et al., 2014)*",
}
BOTH_WAYS = " Here a second network reads from the end: **bidirectional**."
SEES = {
    "window": "Its last {window}, each at a place of its own; nothing of what came before.",
    "average": "{seen} of the {length} inputs, but only how often what was there: each counts the same, wherever it stood.",
    "tcn": "{seen} of the {length} inputs: {levels} levels with a kernel of {kernel} reach {reach}.",
    "cnn": "All pixels that have come so far, those near one another first: neighbours meet in the first layer.",
    "transformer": "{seen} of the {length} inputs, all with the same ease; that they have an order it is only told: {positions}.",
    "recurrent": "{seen} of the {length} inputs, but only through {handed} numbers: everything has to pass through {through}.",
}
POSITIONS = {
    "sinusoidal": "waves of many lengths are added to each step",
    "learned": "a learned vector is added to each step",
}
NO_POSITIONS = {
    True: "positions are off, and all that is left is that each step may only look back, which from the second layer on gives "
    "something away",
    False: "positions are off, and so it is not told at all",
}


def architecture_story(experiment: ArchitectureExperiment) -> None:
    """Draw what this kind of network does, in two or three sentences."""
    with st.container(key="aside_story"):
        text = STORIES[experiment.cell].format(window=experiment.window, kernel=experiment.kernel)
        st.markdown(text + (BOTH_WAYS if experiment.bidirectional else ""))


def three_questions(scene: Scene) -> None:
    """What it sees, how far that reaches, what it costs: for the example shown, counted."""
    with st.container(key="aside_questions"):
        for column, (title, text) in zip(st.columns(3, gap="large"), _answers(scene).items(), strict=True):
            with column:
                st.markdown(f"**{title}**")
                st.markdown(text)


def _answers(scene: Scene) -> dict[str, str]:
    return {"What it sees": _sees(scene), "How far that reaches": _reaches(scene), "What it costs": _costs(scene)}


def _sees(scene: Scene) -> str:
    from explorer.sequence.architectures.reach import tcn_levels, tcn_reach

    base, seen = scene.view.run.base, scene.reach.wiring.seen
    levels = tcn_levels(base)
    back = tcn_reach(base.kernel, levels) - 1
    lstm = base.cell == "lstm"
    return SEES["recurrent" if base.cell in RECURRENT else base.cell].format(
        seen=int(seen.sum()), length=len(seen), window=count(min(base.window, int(seen.sum()))), kernel=base.kernel,
        positions=POSITIONS.get(base.positions) or NO_POSITIONS[base.causal], levels=levels,
        reach=f"{count(back)} back" if base.causal else f"{count(back // 2)} each way",
        handed=base.hidden * base.layers * (2 if lstm else 1), through="its state and its memory" if lstm else "its state",
    ) + (" One such chain for each direction." if base.bidirectional else "")  # fmt: skip


def _reaches(scene: Scene) -> str:
    lengths = scene.reach.wiring.lengths
    known = lengths[np.isfinite(lengths)]
    if not known.size:
        return "No input reaches the answer."
    near, far = int(known.min()), int(known.max())
    if near == far:
        return f"Every input it sees is {_connections(far)} away from the answer, the first like the last."
    return (
        f"The nearest inputs are {_connections(near)} away from the answer, the farthest {far}: what is learned from those "
        "has to come back along all of these."
    )


def _connections(number: int) -> str:
    return "1 connection" if number == 1 else f"{number} connections"


def _costs(scene: Scene) -> str:
    from explorer.sequence.architectures.parameters import parts

    base, lengths = scene.view.run.base, scene.reach.wiring.lengths
    found = parts(base)
    text = f"{found.total:,} parameters"
    text += f", {found.embedding:,} of them vectors of tokens. " if found.embedding else ". "
    if base.cell in RECURRENT:
        return text + f"Its {count(len(lengths))} must be computed one after the other: a longer sequence always takes longer."
    if base.cell == "transformer":
        pairs = base.layers * base.heads * len(lengths) ** 2
        return text + (
            f"All steps are computed at once, but every step is compared with every other: {pairs:,} shares of attention for "
            "this example, four times as many for one twice as long."
        )
    return text + "All steps are computed at once: none waits for another."
