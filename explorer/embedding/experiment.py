"""`EmbeddingExperiment`: a text, an algorithm and a way of training word vectors, as one value.

Knows neither gensim nor numba: pages and the command line read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

if TYPE_CHECKING:
    from explorer.embedding.vectors import Vectors

ALGORITHM_TITLES = {
    "skipgram": "Skip-gram",
    "cbow": "CBOW",
    "fasttext": "FastText",
    "glove": "GloVe",
    "ppmi": "PPMI + SVD",
    "tfidf": "TF-IDF + SVD",
}
BY_PREDICTION = ("skipgram", "cbow", "fasttext")
"""Algorithms that learn to tell words that occurred from words drawn by chance."""
BY_EPOCHS = (*BY_PREDICTION, "glove")
"""Algorithms that go over the text, or over its counts, again and again."""
BY_FACTORS = ("ppmi", "tfidf")
"""Algorithms that count once and then factorise the table of counts."""
WINDOWED = (*BY_EPOCHS, "ppmi")
TEXT_LIMIT = 5_000_000
"""Longest own text, in characters."""
STEPS_PER_EPOCH = 10
MOST_NGRAM_NUMBERS = 3_000_000
"""Numbers in all vectors of letter groups together, so that a moment of the training can be kept."""
LEARNING_RATES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0)


class EmbeddingExperiment(Experiment):
    """One training of word vectors on one text with one algorithm.

    Equal experiments give equal frames to the bit (with more than one thread GloVe does not, and says so). Raises
    ``pydantic.ValidationError`` for values out of bounds and for combinations that cannot be trained step by step.
    """

    leading: ClassVar[str] = "algorithm"
    picture_share: ClassVar[float] = 0.2  # steps are long: a smaller share would draw the map once a second
    groups: ClassVar = {"text": "Text", "algorithm": "Algorithm", "training": "Training"}
    suggested: ClassVar = {
        "skipgram": {},
        "cbow": {"epochs": 40, "learning_rate": 0.05},
        "fasttext": {"window": 5, "epochs": 15, "learning_rate": 0.05},
        "glove": {"epochs": 50, "learning_rate": 0.05},
        "ppmi": {"dimensions": 100},
        "tfidf": {"dimensions": 100},
    }

    suggested_by: ClassVar = {
        "corpus": {
            "wikipedia": {},
            "lee": {"epochs": 60},
            "phrases": {"min_count": 1, "dimensions": 10, "window": 5, "epochs": 100, "subsample": 0.0},
            "own": {"min_count": 2, "epochs": 40, "subsample": 1e-3},
        }
    }
    """The less text, the oftener it has to be read, and the fewer words can be left out of it."""

    algorithm: Literal["skipgram", "cbow", "fasttext", "glove", "ppmi", "tfidf"] = setting(
        "skipgram",
        "Algorithm",
        "How vectors are made: by predicting words (skip-gram, CBOW, FastText), by fitting counts (GloVe), or by "
        "factorising a table of counts (PPMI, TF-IDF).",
        "algorithm",
        labels=ALGORITHM_TITLES,
    )
    corpus: Literal["wikipedia", "lee", "phrases", "own"] = setting(
        "wikipedia",
        "Text",
        "Real text to learn from: 100 Wikipedia articles, the Lee news collection, a few simple phrases, or your own.",
        "text",
        labels={"wikipedia": "Wikipedia", "lee": "News", "phrases": "Phrases", "own": "My text"},
    )
    text: str = setting(
        "",
        "Your text",
        "Plain text to learn from. It stays in memory and is never part of a link.",
        "text",
        max_length=TEXT_LIMIT,
        private=True,
    )
    lower: bool = setting(True, "Lower case", "Rose and rose become one word.", "text")
    punctuation: bool = setting(
        True, "Remove punctuation", "Leaves out commas, full stops and other marks.", "text", folded=True
    )
    numbers: Literal["keep", "drop", "mark"] = setting(
        "keep",
        "Numbers",
        "Keep every number as a word of its own, leave them out, or let one mark stand for all.",
        "text",
        labels={"keep": "Keep", "drop": "Leave out", "mark": "One mark"},
        folded=True,
    )
    stop_words: bool = setting(
        False, "Remove stop words", "Leaves out the most common words, such as the, of and and.", "text", folded=True
    )
    phrases: bool = setting(
        False,
        "Join phrases",
        "Words that go together more often than by chance become one, such as new_york.",
        "text",
        folded=True,
    )
    min_count: int = setting(
        5, "Least count", "Words that occur less often are left out: too little is known of them.", "text",
        ge=1, le=100, options=(1, 2, 3, 5, 10, 20, 50, 100),
    )  # fmt: skip

    dimensions: int = setting(
        50, "Dimensions", "How many numbers stand for a word.", "algorithm", ge=2, le=300,
        options=(2, 3, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300),
    )  # fmt: skip
    window: int = setting(
        10, "Window", "How many words to the left and to the right count as context.", "algorithm",
        ge=1, le=20, algorithms=WINDOWED,
    )  # fmt: skip
    negatives: int = setting(
        5,
        "Negatives",
        "Words drawn by chance beside each true one, which the vectors have to tell apart from it.",
        "algorithm",
        ge=1,
        le=20,
        algorithms=BY_PREDICTION,
    )
    min_n: int = setting(
        3, "Shortest letter group", "Fewest letters in a part of a word that has a vector of its own.", "algorithm",
        ge=1, le=6, folded=True, algorithms=("fasttext",),
    )  # fmt: skip
    max_n: int = setting(
        6, "Longest letter group", "Most letters in a part of a word that has a vector of its own.", "algorithm",
        ge=1, le=8, folded=True, algorithms=("fasttext",),
    )  # fmt: skip
    buckets: int = setting(
        20_000,
        "Buckets",
        "Vectors for all letter groups together; groups that fall into the same bucket share one.",
        "algorithm",
        ge=100,
        le=100_000,
        options=(1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
        folded=True,
        algorithms=("fasttext",),
    )
    x_max: float = setting(
        10.0, "Full weight from", "Pairs counted this often or more weigh fully in the cost.", "algorithm",
        ge=1.0, le=1000.0, options=(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0), folded=True, algorithms=("glove",),
    )  # fmt: skip
    alpha: float = setting(
        0.75, "Weight exponent", "Below 1, rare pairs weigh more than their share.", "algorithm",
        ge=0.1, le=1.0, folded=True, algorithms=("glove",),
    )  # fmt: skip
    smoothing: float = setting(
        0.75, "Context smoothing", "Below 1, rare context words are counted as if they were less rare.", "algorithm",
        ge=0.1, le=1.0, folded=True, algorithms=("ppmi",),
    )  # fmt: skip
    shift: float = setting(
        1.0, "Shift", "Association must exceed the logarithm of this number to count; 1 shifts nothing.", "algorithm",
        ge=1.0, le=20.0, folded=True, algorithms=("ppmi",),
    )  # fmt: skip
    eigenvalue_exponent: float = setting(
        0.5,
        "Weight of main directions",
        "Exponent of the singular values: 0 treats all directions alike, 1 lets the first ones dominate.",
        "algorithm",
        ge=0.0,
        le=1.0,
        folded=True,
        algorithms=BY_FACTORS,
    )
    passage: int = setting(
        5, "Passage", "Sentences of one article that count as a document; whole articles would be too few.",
        "algorithm", ge=1, le=100, options=(1, 2, 3, 5, 10, 20, 50, 100), folded=True, algorithms=("tfidf",),
    )  # fmt: skip

    epochs: int = setting(
        20, "Epochs", "How often the whole text is read.", "training", ge=1, le=200, algorithms=BY_EPOCHS
    )
    iterations: int = setting(
        40, "Iterations", "How often the main directions of the table are refined.", "training",
        ge=1, le=200, algorithms=BY_FACTORS,
    )  # fmt: skip
    learning_rate: float = setting(
        0.025, "Learning rate", "How far the vectors move for each word that is read.", "training",
        ge=0.0001, le=1.0, live=True, options=LEARNING_RATES, algorithms=BY_EPOCHS,
    )  # fmt: skip
    subsample: float = setting(
        1e-4,
        "Thin out words above",
        "Words that make up more than this share of the text are skipped now and then; 0 skips none.",
        "training",
        ge=0.0,
        le=0.1,
        options=(0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1),
        folded=True,
        algorithms=BY_PREDICTION,
    )
    threads: int = setting(
        1,
        "Threads",
        "More than one is faster, but the same settings then no longer give the same numbers to the last digit.",
        "training",
        ge=1,
        le=8,
        folded=True,
        algorithms=("glove",),
    )
    seed: int = setting(
        0, "Seed", "Picks the initial vectors and the words drawn by chance; same seed, same run.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip

    @model_validator(mode="after")
    def _forget_what_is_not_read(self) -> Self:
        """What visitors bring stays only where it is learned from: not in files of other runs, nor between equal ones."""
        if self.corpus != "own":
            object.__setattr__(self, "text", "")
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.algorithm != "fasttext":
            return self
        if self.min_n > self.max_n:
            raise ValueError(
                f"the shortest letter group (min_n, {self.min_n}) is longer than the longest (max_n, {self.max_n}); "
                f"choose min_n at most {self.max_n}."
            )
        if self.buckets * self.dimensions > MOST_NGRAM_NUMBERS:
            raise ValueError(
                f"{self.buckets:,} buckets of {self.dimensions} numbers are too much to keep while training. What fits: "
                f"buckets {MOST_NGRAM_NUMBERS // self.dimensions:,}, or {MOST_NGRAM_NUMBERS // self.buckets} dimensions."
            )
        return self

    @property
    def steps(self) -> int:
        """Steps of the whole training: tenths of an epoch, or iterations of the factorisation."""
        return self.iterations if self.algorithm in BY_FACTORS else self.epochs * STEPS_PER_EPOCH

    @classmethod
    def applies(cls, field: str, algorithm: str) -> bool:
        """Whether a field means anything for this algorithm."""
        extra = cls.model_fields[field].json_schema_extra or {}
        return algorithm in extra.get("algorithms", (algorithm,))

    def uses(self, field: str) -> bool:
        """Whether a field means anything for this algorithm."""
        return self.applies(field, self.algorithm)

    def prepare(self) -> None:
        """Read, clean and count the text and load what is heavy (seconds, the first time), so that `frames` starts at once.

        Raises
        ------
        ValueError
            When the text is too short, or too rich in words, for these settings; says which would fit.
        """
        from explorer.embedding.training import prepare

        prepare(self)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, a tenth of an epoch (or an iteration) at a time; see `explorer.embedding.training.train`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same training in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.embedding.training import train

        return train(self, changes, wanted)

    def vectors(self) -> Vectors:
        """The vectors at the end of the training; trains now."""
        from explorer.embedding.training import trained_vectors

        return trained_vectors(self)
