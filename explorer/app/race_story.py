"""What a race is about: the task in its own words, and the terms that the pictures use."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.runs.report import Report
from explorer.sequence.experiment import TASK_TITLES
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES

ARCHITECTURES = {
    "rnn": "reads step by step and mixes all of its memory anew at each; what lay far back fades.",
    "lstm": "reads step by step; gates decide what its memory keeps, takes in and shows.",
    "gru": "reads step by step; one gate decides how much of the memory stays as it was.",
    "bidirectional": "two LSTMs, one from the left and one from the right.",
    "window": "no memory: an ordinary network that sees the last few steps at once.",
    "average": "no order: it takes the mean of all that was read.",
    "tcn": "*temporal convolutional network*: layers that look further and further apart, all steps at once.",
    "cnn": "*convolutional network*: small patterns moved over a picture.",
    "transformer": "every step looks at all others directly and weighs them (*attention*).",
}
"""Each in one line."""
TERMS = (
    "**Equal parameters**: each architecture is made as wide as the same number of adjustable numbers allows, so that none wins by size alone. "
    "A wider hidden state costs one architecture more than another: the table tells what each got for it.",
    "**Update**: one look at a batch of sequences, and one small change of all parameters. All contestants see the same batches in the same order. "
    "**Equal time**: seconds in which this server worked for that contestant. It gives each the same share, so a contestant with quick updates makes more of them.",
    "**Held out**: sequences that no contestant trains on. **Dotted**: a simple rule that needs no learning, computed from the data.",
    "**Gradient at an input**: how much the answer's loss would change if that input changed a little. An input with none of it cannot teach the network anything.",
    "**Activations**: what an update keeps in memory from the way forward until the way back.",
    "**Seeds**: the same training from other random beginnings. With several, a line is their mean and the band reaches from the lowest to the highest.",
)


def race_story(race: Race, report: Report) -> None:
    """Draw the task's story and its baseline, once the task is there."""
    with st.container(key="aside_story"):
        title = f"**{TASK_TITLES[race.task]}**  "
        if report.state == "preparing":
            st.markdown(title)
            return
        from explorer.sequence.tasks import make_task

        task = make_task(race)
        st.markdown(f"{title}{safe_markdown(task.story)} *{safe_markdown(task.baseline.sentence)}*")


def race_terms(race: Race) -> None:
    """Draw who races, and the explanations, folded away."""
    with (
        st.container(key="aside_terms"),
        st.expander("Who races, and what the words mean", icon=":material/menu_book:"),
    ):
        st.markdown("\n".join(f"- **{ENTRIES[name].title}**: {ARCHITECTURES[name]}" for name in race.names))
        for text in TERMS:
            st.markdown(text)
