"""What each shape is, what to turn, and what to notice; and the words the page uses, each explained once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import SHAPE_TITLES, TWINS


@dataclass(frozen=True, slots=True)
class Story:
    """A shape in three sentences or so, written by us: Markdown."""

    see: str
    turn: str
    notice: str


STORIES = {
    "one-to-one": Story(
        "One input, one output: no step comes before, so the state is an ordinary **hidden layer** and the cell has nothing to "
        "remember.",
        "Compare the three cells, and give them 4 hidden units or 64: without time they hardly differ.",
        "The orange gradient has a single step to go. There is no way on which it could fade.",
    ),
    "one-to-many": Story(
        "One input makes the first **state**; from then on the network feeds itself: each **output** comes back as the next "
        "**input** (the dotted way). It must remember what to say and how far it has come.",
        "Give it fewer hidden units, or a plain RNN: the beginning is learned first, the end last.",
        "Every output has a loss, but only the first state saw the input: all errors come together there.",
    ),
    "many-to-one": Story(
        "Something is read at every step, and one **output** is put out after the last. What the first step said must still be "
        "in the **state** then.",
        "Change the cell from RNN to LSTM or GRU before training, and watch the left end of the orange profile.",
        "The **loss** enters at the last step alone. Whatever the first step is to learn has to come all the way back.",
    ),
    "in-step": Story(
        "At every step something is read and something is put out, each **output** from the **state** of its own step: it may use "
        "what came before, and nothing of what comes after.",
        "Compare tasks: naming the digit after each row needs memory, a letter ahead needs what was not read yet.",
        "A **loss** enters at every step, so no step is far from one (stems). The dotted line is one answer alone: before training "
        "it fades as in the shape before, hidden by its neighbours.",
    ),
    "encoder-decoder": Story(
        "One network, the **encoder**, reads everything; a second, the **decoder**, then writes an answer as long as it likes, each "
        "letter fed back as its next input. With **attention** it may look back at every state that was read.",
        "Switch attention off and on: without it everything that was read must pass through one state, and long answers suffer first.",
        "Losses enter on the right side only. See what of their gradient arrives on the left, with attention and without.",
    ),
}
BOTH_WAYS = Story(
    "At every step something is read and something is put out, each **output** from two **states**: one that knows what came before, "
    "and one that knows what comes after.",
    "Show the network that reads one way: its states are as good as they can be, and still it can only guess what lies ahead.",
    "Two chains of states run against each other, and each output sees both. Each chain has a gradient of its own: the dotted one is "
    "that of the chain that reads from the right.",
)
"""For the graph of a network that reads both ways."""
TERMS = (
    r"**Hidden state** $h_t$: the numbers a network remembers after step *t*, here a strip of coloured cells, red below zero, blue "
    "above. The arrows between the strips are the memory: the same weights at every step.",
    "**Output** $y_t$: how probable the network holds each answer. Bars are as long as it is sure; ✓ stands where one is right.",
    "**Loss** $L$: how wrong the answers are; training makes it smaller. Its arrows show at which steps it is measured.",
    r"**Gradient** $|\partial L / \partial h_t|$: how much the loss would change if the state at step *t* changed a little, computed "
    "backwards through all later steps (mean over up to eight examples). Where it is near zero, nothing can be learned from that "
    "step. The scale is logarithmic: each line is a factor of ten or more.",
)
MORE_TERMS = {
    "one-to-many": (
        "**Teacher forcing**: while it learns, the network is fed the right output of the step before, not its own.",
    ),
    "encoder-decoder": (
        "**Teacher forcing**: while it learns, the decoder is fed the right letter before, not its own. The gradient is measured so.",
        "**Attention**: at each letter the decoder gives every state that was read a weight, all weights together 1, and uses "
        "their weighted mean. The curved lines, and the table below, show the weights.",
        "**Beam search**: keep the few likeliest beginnings at every letter instead of the single best (*greedy*). The chance of a "
        "whole answer is the product of the chances of its letters.",
    ),
}
TWIN = (
    "**Bidirectional**: a second chain of states reads from the right, and each output sees both. Useful where what tells comes "
    "later; impossible where the future is what has to be predicted."
)


def story_above(now: Topology, both_ways: bool = False) -> None:
    """What the shape is, before the picture."""
    story = BOTH_WAYS if both_ways else STORIES[now.shape]
    with st.container(key="aside_story"):
        st.markdown(f"**{SHAPE_TITLES[now.shape]}.** {story.see}")


def story_below(now: Topology, task: Any, both_ways: bool = False) -> None:
    """What the task is, in its own words, what to turn and what to notice, under the picture."""
    story = BOTH_WAYS if both_ways else STORIES[now.shape]
    title = Topology.model_fields["task"].json_schema_extra["labels"][now.task]
    with st.container(key="aside_hints"):
        st.markdown(
            f"**{title}{'' if title.endswith('?') else '.'}** {safe_markdown(task.story)} *{safe_markdown(task.baseline.sentence)}*  \n"
            f"**Try.** {story.turn}  \n**Notice.** {story.notice}"
        )


def topology_terms(now: Topology) -> None:
    """The explanations that belong to this shape, folded away."""
    with st.container(key="aside_terms"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in (*TERMS, *MORE_TERMS.get(now.shape, ()), *((TWIN,) if now.task in TWINS else ())):
            st.markdown(text)
