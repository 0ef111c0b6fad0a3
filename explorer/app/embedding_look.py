"""What the page looks at: how many words are on the map, which are watched, and which vectors are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.embedding.experiment import EmbeddingExperiment
from explorer.text.stop_words import stop_words

FEWEST, MOST, USUAL = 50, 600, 150
"""Words on the map."""
WATCHED = 6
"""Words whose neighbours are shown, at most."""
LONGEST = 60
"""Letters of a word that is asked for."""
MEANINGFUL = (
    "king", "three", "city", "war", "water", "music", "german", "government", "minister", "police", "test", "rose", "violet",
)  # fmt: skip
"""Words whose neighbours tell something; watched where the text has them."""
SIDES = {"input": "Words", "output": "Contexts"}


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at.

    Attributes
    ----------
    words : int
        Most words on the map, the most frequent ones.
    hide_stop_words : bool
        Whether "the", "of" and the like are left out.
    watched : tuple of str
        Words whose neighbours are shown.
    side : {"input", "output"}
        Vectors of words, or of words as contexts.
    lengths : bool
        Whether the map also shows how long vectors are, and not their directions alone.
    """

    words: int = USUAL
    hide_stop_words: bool = True
    watched: tuple[str, ...] = ()
    side: str = "input"
    lengths: bool = False

    def rows(self, words: tuple[str, ...], available: int) -> np.ndarray:
        """Rows of the words on the map, of the first so many that can be had; (n,) int."""
        hidden = stop_words() if self.hide_stop_words else frozenset()
        rows = [i for i, word in enumerate(words[:available]) if word.lower() not in hidden]
        return np.array(rows[: self.words], dtype=int)


def choose_look(page: str, experiment: EmbeddingExperiment, counts: Mapping[str, int], two_sides: bool) -> Look:
    """Draw the fields that choose what is looked at.

    Parameters
    ----------
    counts : mapping of str to int
        The vocabulary; empty as long as the text is not read.
    two_sides : bool
        Whether the algorithm has output vectors.
    """
    watched = _watched(page, experiment, counts)
    with st.popover("Map", icon=":material/tune:", help="Which words are on the map, and which of their vectors."):
        words = st.slider("Words on the map", FEWEST, MOST, USUAL, step=50, key=f"{page}:words")
        hide = st.toggle(
            "Hide stop words", True, key=f"{page}:hide",
            help="Leaves out the, of, and and some 300 others that carry grammar rather than meaning.",
        )  # fmt: skip
        lengths = st.toggle(
            "Show lengths too", False, key=f"{page}:lengths",
            help="Off: all vectors are scaled to the same length, as the cosine does, and only directions count.",
        )  # fmt: skip
        side = _side(page, two_sides)
    return Look(words, hide, watched, side, lengths)


def _side(page: str, two_sides: bool) -> str:
    if not two_sides:
        st.caption("This algorithm makes one vector for each word.")
        return "input"
    side = st.segmented_control(
        "Vectors of", list(SIDES), default="input", format_func=SIDES.get, required=True, key=f"{page}:side"
    )
    st.caption(
        "Every word has two vectors. The **word** vector (input) is the one that is used afterwards; the **context** "
        "vector "
        "(output) is what the neighbouring words' vectors are compared with in training."
    )
    return side


def _watched(page: str, experiment: EmbeddingExperiment, counts: Mapping[str, int]) -> tuple[str, ...]:
    usual = ", ".join(usual_words(counts))
    key = f"{page}:watch:{experiment.corpus}:{experiment.lower}:{bool(counts)}:{hash(experiment.text)}"
    typed = st.text_input(
        "Words to watch", usual, key=key, max_chars=400, disabled=not counts, label_visibility="collapsed", width="stretch",
        placeholder="Words to watch, such as king, three, city",
        help=f"Up to {WATCHED} words; their nearest neighbours are listed below the map. Click a word on the map to follow it.",
    )  # fmt: skip
    return parsed(typed or "", experiment.lower)


def parsed(text: str, lower: bool) -> tuple[str, ...]:
    """The words of a line: separated by commas where there are any, else by blanks; each once."""
    parts = text.split(",") if "," in text else text.split()
    words = (re.sub(r"\s+", "_", part.strip())[:LONGEST] for part in parts)
    return tuple(dict.fromkeys(word.lower() if lower else word for word in words if word))[:WATCHED]


def usual_words(counts: Mapping[str, int], n: int = 5) -> list[str]:
    """Words to watch until others are chosen: meaningful ones, else the most frequent that are no stop words."""
    chosen = [word for word in MEANINGFUL if word in counts][:n]
    common = (word for word in counts if word.lower() not in stop_words() and word not in chosen)
    return [*chosen, *(word for word, _ in zip(common, range(n - len(chosen)), strict=False))]
