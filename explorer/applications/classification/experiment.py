"""`ClassificationExperiment`: which texts, which ways of reading them, and how many labelled examples, as one value.

Knows neither torch nor scikit-learn: pages read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationError, model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.experiment import SequenceExperiment

METHOD_TITLES = {
    "tfidf": "TF-IDF", "glove": "GloVe average", "rnn": "RNN", "lstm": "LSTM", "gru": "GRU", "minilm": "MiniLM",
}  # fmt: skip
RECURRENT = ("rnn", "lstm", "gru")
FEWEST = 16
"""Labelled examples at the left end of the curve: at least one for each of twelve labels."""
BATCHES = (32, 16, 8)
"""Texts in one update of a recurrent network; the most for which an update stays short."""
PARTS = 10
"""Steps of one training: how often it says how far it is."""
MOST_TEXTS = 20_000
LEARNING_RATES = (5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 0.01, 0.02)
LongText, ShortText = Annotated[str, Field(max_length=20_000)], Annotated[str, Field(max_length=30)]
"""A text of a visitor, and its label."""

APART = 1.25
"""A size nearer to the last than by this factor would only crowd the curve."""


def ending_at(last: int, sizes: Iterable[int]) -> tuple[int, ...]:
    """The sizes well below the last, and the last."""
    return (*(size for size in sizes if size * APART <= last), last)


class ClassificationExperiment(Experiment):
    """Learning curves: every method learns from more and more labelled texts, the same for all, and is asked about others.

    Equal experiments give equal frames to the bit. Raises ``pydantic.ValidationError`` for values out of bounds.
    """

    leading: ClassVar[str] = "texts"
    picture_share: ClassVar[float] = 0.3
    groups: ClassVar = {"texts": "Texts", "methods": "Methods", "training": "Training"}
    suggested: ClassVar = {
        "topics": {},
        "films": {"most": 150, "draws": 4, "updates": 150, "hidden": 16},
        "own": {"most": 512, "draws": 4},
    }

    texts: Literal["topics", "films", "own"] = setting(
        "topics",
        "Texts",
        "Sentences of Wikipedia articles, 200 sentences of film reviews (Pang and Lee), or your own texts with a label each.",
        "texts",
        labels={"topics": "Which article?", "films": "Good or bad review?", "own": "My texts"},
    )
    articles: int = setting(
        8, "Articles", "How many Wikipedia articles are told apart.", "texts", ge=6, le=12, only="topics"
    )
    hide_titles: bool = setting(
        True, "Hide the titles' words", "Blanks out every word of the titles, so that a text is told by what it says.", "texts",
        only="topics", folded=True,
    )  # fmt: skip
    reviews: tuple[tuple[LongText, ShortText], ...] = setting(
        (), "Your labelled texts", "They stay in memory and are never part of a link.", "texts", max_length=MOST_TEXTS,
        private=True, only="own",
    )  # fmt: skip
    most: int = setting(
        1024, "Most labelled examples", "The right end of the curves; it begins at 16 and doubles.", "texts", ge=32, le=2048,
        options=(32, 64, 128, 150, 256, 512, 1024, 2048),
    )  # fmt: skip
    draws: int = setting(
        3, "Draws", "How often the labelled examples are drawn anew; more make the ranges narrower.", "texts", ge=1, le=8
    )

    methods: str = setting(
        "tfidf,glove,lstm,minilm", "Methods", "One to six ways to read a text; each gets the same labelled examples.", "methods",
        max_length=60,
    )  # fmt: skip
    vectors: Literal["glove", "own"] = setting(
        "glove",
        "Word vectors of recurrent networks",
        "GloVe's, which stay as they are, or vectors of its own, learned from the labelled examples alone.",
        "methods",
        labels={"glove": "GloVe's", "own": "Its own"},
        only="recurrent",
    )
    hidden: int = setting(
        32, "Hidden units", "Numbers that a recurrent network remembers.", "methods", ge=4, le=64,
        options=(4, 8, 16, 24, 32, 48, 64), only="recurrent",
    )  # fmt: skip
    bidirectional: bool = setting(
        False, "Read both ways", "A second recurrent network reads from the end.", "methods", only="recurrent", folded=True
    )

    updates: int = setting(
        300, "Updates", "Of a recurrent network, at each number of examples.", "training", ge=20, le=1000,
        options=(20, 50, 100, 150, 200, 300, 500, 1000), only="recurrent",
    )  # fmt: skip
    learning_rate: float = setting(
        0.01, "Learning rate", "How far a recurrent network's weights move at each update.", "training", ge=1e-4, le=0.1,
        options=LEARNING_RATES, only="recurrent",
    )  # fmt: skip
    dropout: float = setting(
        0.5, "Dropout", "Share of a recurrent network's last state that is hidden from the answer at each update.", "training",
        ge=0.0, le=0.8, folded=True, only="recurrent",
    )  # fmt: skip
    penalty: float = setting(
        1.0, "Freedom of the weights",
        "Scikit-learn's C of the logistic regressions, as a multiple of what suits each; smaller keeps the weights nearer to 0.",
        "training", ge=0.01, le=100.0, options=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0), folded=True,
    )  # fmt: skip
    seed: int = setting(
        0, "Seed", "Picks the labelled examples and the initial weights; same seed, same curves.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _forget_what_is_not_read(self) -> Self:
        """What visitors bring stays only where it is learned from."""
        if self.texts != "own":
            object.__setattr__(self, "reviews", ())
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        asked = [name.strip() for name in self.methods.split(",") if name.strip()]
        unknown = [name for name in asked if name not in METHOD_TITLES]
        if unknown:
            raise ValueError(f"methods: there is no {unknown[0][:20]!r}; choose among {', '.join(METHOD_TITLES)}.")
        if not asked:
            raise ValueError("methods: choose at least one way to read the texts.")
        object.__setattr__(self, "methods", ",".join(name for name in METHOD_TITLES if name in asked))
        return self

    def network(self, cell: str) -> SequenceExperiment:
        """A recurrent network and its training, as an experiment of `explorer.sequence`.

        A network too slow for updates on many texts gets smaller ones; the largest admissible here fits eight.
        """
        common = {
            "task": "sentiment", "cell": cell, "hidden": self.hidden, "bidirectional": self.bidirectional, "dropout": self.dropout,
            "learning_rate": self.learning_rate, "steps": self.updates, "clip": 1.0, "seed": self.seed,
        }  # fmt: skip
        for batch in BATCHES[:-1]:
            with suppress(ValidationError):
                return SequenceExperiment(**common, batch=batch)
        return SequenceExperiment(**common, batch=BATCHES[-1])

    @property
    def names(self) -> tuple[str, ...]:
        """The methods, in their order."""
        return tuple(self.methods.split(","))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of labelled examples; where there are not so many, all there are take the place of the first that is too large."""
        return ending_at(self.most, (FEWEST << k for k in range(12)))

    @property
    def steps(self) -> int:
        """Tenths of a training, over all methods, sizes and draws."""
        return PARTS * len(self.names) * len(self.sizes) * self.draws

    @classmethod
    def applies(cls, field: str, texts: str, methods: str) -> bool:
        """Whether a field means anything for these texts and methods."""
        only = (cls.model_fields[field].json_schema_extra or {}).get("only", texts)
        return any(name in methods.split(",") for name in RECURRENT) if only == "recurrent" else only == texts

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return self.applies(field, self.texts, self.methods)

    def prepare(self) -> None:
        """Read the texts and load what the methods need (seconds, the first time).

        Raises
        ------
        ValueError
            When the texts cannot be learned from; says what would help.
        """
        from explorer.applications.classification.course import prepare

        prepare(self)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The curves as they grow; see `explorer.applications.classification.course.learn`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.applications.classification.course import learn

        return learn(self)
