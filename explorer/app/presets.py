"""Views worth seeing, each with a sentence on why: they are links, and the arrow keys go through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.app.analogy_state import Asking
from explorer.app.map_setting import MapSetting
from explorer.app.text_settings import TextView
from explorer.embedding.experiment import EmbeddingExperiment
from explorer.experiment import Experiment, to_link
from explorer.sequence import SequenceExperiment


@dataclass(frozen=True, slots=True)
class Preset:
    """A page in a chosen state.

    Attributes
    ----------
    title, why : str
        What it is called, and why it is worth seeing.
    settings : Experiment
        Of the page's own kind.
    page : str
        File name of the page it opens.
    """

    title: str
    why: str
    settings: Experiment
    page: str = "train_live.py"

    def link(self) -> dict[str, str]:
        """The URL parameters of this view."""
        return to_link(self.settings)


def _preset(title: str, why: str, **settings: Any) -> Preset:
    return Preset(title, why, SequenceExperiment(**settings))


SEQUENCES = (
    _preset(
        "A rose is red",
        "After “rose is” nothing but memory can say “red”. Watch an LSTM find a place for the first word.",
        task="rose", cell="lstm",
    ),
    _preset(
        "A plain memory fails",
        "Two numbers, up to 100 steps apart, are to be added. The plain RNN's gradient dies on the way back, "
        "and its loss stays where guessing is.",
        task="adding", cell="rnn",
    ),
    _preset(
        "A gate holds on",
        "The same task with a GRU: the update gate learns to keep, the gradient arrives, and the loss falls.",
        task="adding", cell="gru",
    ),
    _preset(
        "Spelling from nothing",
        "An LSTM reads Wikipedia letter by letter. First it writes noise, then syllables, then words.",
        task="characters", cell="lstm", corpus="wikipedia",
    ),
    _preset(
        "A digit, row by row",
        "Eight rows of pixels, one after the other. See after how many rows the network knows which digit it is.",
        task="digits", cell="gru",
    ),
    _preset(
        "Who speaks?",
        "Nine speakers say one vowel. A network that reads both ways meets itself in the middle.",
        task="speech", cell="lstm", bidirectional=True,
    ),
    _preset(
        "Say it again",
        "Ten letters, thirty steps of silence, then repeat them all: memory and nothing else.",
        task="recall", cell="gru",
    ),
    _preset(
        "Next month's passengers",
        "Two numbers are hard to beat: last month's and last year's. Does the network find the season?",
        task="series", cell="gru", series="airline",
    ),
    _preset(
        "An explosion, caught",
        "A ReLU network that begins by copying its state, with plain gradient descent and no clipping. "
        "Two updates, and it blows up; the page says where and why. Then turn clipping on.",
        task="adding", cell="rnn", activation="relu", initialisation="identity", hidden=32, batch=32,
        optimizer="sgd", learning_rate=0.003, clip=0.0, length=60,
    ),
)  # fmt: skip


def _training(title: str, why: str, **settings: Any) -> Preset:
    return Preset(title, why, EmbeddingExperiment(**settings), "train_embeddings.py")


EMBEDDINGS = (
    _training(
        "Words find their places",
        "Skip-gram reads 106 Wikipedia articles twenty times. Numbers find numbers, lands find lands; nobody told it.",
        algorithm="skipgram",
    ),
    _training(
        "GloVe is a factorisation",
        "No prediction at all: vectors are sought whose products give the logarithms of counts. Watch the dots tighten to the line.",
        algorithm="glove",
    ),
    _training(
        "Too little reading",
        "A short text, read three times with a hundred numbers for each word: every word is near every other. The usual defaults do this.",
        algorithm="skipgram", corpus="lee", epochs=3, dimensions=100,
    ),
    _training(
        "A word never read",
        "FastText builds words from their letters. Misspell one: it still has a place, and you see which letters put it there.",
        algorithm="fasttext", corpus="lee",
    ),
    Preset(
        "From text to numbers",
        "What a program sees of an encyclopedia: words, windows, counts. Click a cell of the table for the sentences behind it.",
        TextView(), "text_to_vectors.py",
    ),
    Preset(
        "Islands of meaning",
        "t-SNE lays out two thousand words of the real GloVe. Click one, and see which of its neighbours the map tore away.",
        MapSetting(method="tsne"), "word_map.py",
    ),
    Preset(
        "An axis of your own",
        "Not the directions the data chose, but yours: from man to woman across, from bad to good upwards.",
        MapSetting(method="formula", colour="rank"), "word_map.py",
    ),
    Preset(
        "King − man + woman",
        "The famous answer, the plane it lies in, and the rule without which the answer would be another.",
        Asking(), "analogies.py",
    ),
    Preset(
        "What the vectors learned of us",
        "Flowers are pleasant, insects are not, and worse: vectors repeat what people wrote. A test with its p-value and its limits.",
        Asking(view="groups"), "analogies.py",
    ),
)  # fmt: skip


CHAPTERS: dict[str, tuple[Preset, ...]] = {"Sequence models": SEQUENCES, "Word vectors": EMBEDDINGS}
"""Headings of the home page, and what stands below each."""
PRESETS = tuple(preset for chapter in CHAPTERS.values() for preset in chapter)


def neighbour(page: str, link: dict[str, str], step: int) -> Preset:
    """The preset before (-1) or after (1) the one of this page (its file) and link; else the page's first, else the first."""
    places = [(preset.page, preset.link()) for preset in PRESETS]
    if (page, link) in places:
        return PRESETS[(places.index((page, link)) + step) % len(PRESETS)]
    return next((preset for preset in PRESETS if preset.page == page), PRESETS[0])
