"""Under the tree: where the network looked while it wrote, and all the answers that its search found."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.translate_asking import Answered, View
from explorer.app.translate_setting import PAGE
from explorer.figures.attention_table import attention_table
from explorer.figures.beam_tree import log, sign
from explorer.figures.candidates import candidates
from explorer.figures.naming import quoted, share_of
from explorer.text.spreadsheets import write_csv


def looks_and_answers(view: View, found: Answered) -> None:
    """Where the best answer looked, beside all answers that the search found."""
    left, right = st.columns([3, 2], gap="large")
    version = (view.run.name, found.step, found.read, view.now.width)
    with left:
        st.subheader("What it looks at", anchor=False)
        if found.tree.answers[0].attention is None:
            st.info("This network has no attention: all it knows of the question is the encoder's last state. Turn *Attention* on in the "
                    "sidebar to see what it looks back at.", icon=":material/visibility_off:")  # fmt: skip
        else:
            drawn(PAGE, "attention", version, lambda: _attention(found), "attention")
    with right:
        st.subheader("Its whole answers", anchor=False)
        drawn(PAGE, "answers", (*version, found.right), lambda: _answers(found), "answers")
        st.download_button(
            "These answers (.csv)", data=lambda: answers_csv(found), file_name="answers.csv", mime="text/csv", on_click="ignore",
            key=f"{PAGE}:answers_csv", icon=":material/download:", type="tertiary",
        )  # fmt: skip


def _attention(found: Answered) -> Drawing:
    best = found.tree.answers[0]
    figure = attention_table.spec(best.attention, found.read, [sign(one) for one in best.symbols], current_theme())
    return figure, [attention_notice(best.attention, found.read, best.symbols)]


def attention_notice(weights: np.ndarray, read: tuple[str, ...], written: tuple[str, ...]) -> str:
    """How the looks move: whether they go from left to right, and which is the surest."""
    ahead = np.diff((weights * np.arange(weights.shape[1])).sum(axis=1))
    onward = float((ahead > 0).mean()) if len(ahead) else 0.0
    row, column = np.unravel_index(int(np.argmax(weights)), weights.shape)
    return (
        f"In {share_of(onward)} of the steps its look moves to the right. It is surest when it writes {quoted(sign(written[row]))}: "
        f"{share_of(float(weights[row, column]))} of the look lies on {quoted(read[column])}, letter {column + 1} of {len(read)}."
    )


def _answers(found: Answered) -> Drawing:
    answers = found.tree.answers
    shares = [float(np.exp(one.log_probability)) for one in answers]
    logs = [log(one.log_probability) for one in answers]
    figure = candidates.spec([one.text for one in answers], shares, current_theme(), right=found.right, below=logs)
    return figure, [
        f"Together they have {share_of(sum(shares))} of all probability. Below each share stands its logarithm, which is what the search adds up."
    ]


def answers_csv(found: Answered) -> bytes:
    """The answers of the search and the greedy one, with their log-probabilities."""
    rows = [(f"beam, place {place}", one) for place, one in enumerate(found.tree.answers, 1)] + [
        ("greedy", found.tree.greedy)
    ]
    return write_csv(
        ["found by", "question", "answer", "log-probability", "probability", "right answer"],
        ([how, "".join(found.read), one.text, one.log_probability, float(np.exp(one.log_probability)), found.right] for how, one in rows),
    )  # fmt: skip
