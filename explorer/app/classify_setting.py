"""What the page "Text classification" is set to, as one value: the learning curves, and what of them is looked at."""

from __future__ import annotations

from typing import Literal

from explorer.applications.classification import ClassificationExperiment
from explorer.experiment import setting

PAGE = "classify"
LONGEST_TYPED = 300
BLANK = "___"
"""What stands for a word of a title."""


class ClassificationView(ClassificationExperiment):
    """One view of the page: everything that its address says."""

    shown: Literal["", "tfidf", "glove", "rnn", "lstm", "gru", "minilm"] = setting(
        "", "Method", "Whose mistakes are shown; the page begins with the best.", "view"
    )
    size: int = setting(0, "Labelled texts", "How many the methods learned from; 0 is the most so far.", "view", ge=0, le=2048)
    typed: str = setting("", "Your own sentence", "Each method reads it. Empty: a held-out text.", "view", max_length=LONGEST_TYPED)
    example: int = setting(
        0, "Held-out text", "Its number; 0 is the first that the methods asked here have not learned from.", "view", ge=0, le=2000
    )
    way: Literal["without", "inside"] = setting(
        "without",
        "What a word does",
        "Measured: by how much the answer's score falls when the word is left out. From inside: what weights or gradients say.",
        "view",
        labels={"without": "Leave it out", "inside": "From inside"},
    )

    def learning(self) -> ClassificationExperiment:
        """The learning curves alone."""
        return ClassificationExperiment(**{name: getattr(self, name) for name in ClassificationExperiment.model_fields})
