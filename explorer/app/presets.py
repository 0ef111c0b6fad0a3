"""Views worth seeing, each with a sentence on why: they are links, and the arrow keys go through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.app.analogy_state import Asking
from explorer.app.answer_setting import AnsweringView
from explorer.app.architecture_setting import ArchitectureView
from explorer.app.classify_setting import ClassificationView
from explorer.app.context_settings import ContextView
from explorer.app.entities_setting import EntityView
from explorer.app.generate_setting import Generation
from explorer.app.laboratory_setting import Before, Readings
from explorer.app.map_setting import MapSetting
from explorer.app.pretrain_setting import PretrainView
from explorer.app.retrieve_setting import RetrievalView
from explorer.app.summary_setting import SummaryView
from explorer.app.text_settings import TextView
from explorer.app.topology_setting import Topology
from explorer.app.translate_setting import TranslateView
from explorer.embedding.experiment import EmbeddingExperiment
from explorer.experiment import Experiment, to_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.race import Race


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


GRADIENTS = (
    Preset(
        "What is left of an error",
        "Nothing is trained yet. Send an error back a hundred steps through an RNN, an LSTM and a GRU, and turn the knobs that decide.",
        Before(), "gradient_laboratory.py",
    ),
    Preset(
        "Open the gates",
        "Forget and update gates that begin wide open: most of the same error arrives a hundred steps earlier; of the RNN's, nothing.",
        Before(forget_bias=5.0, update_bias=5.0), "gradient_laboratory.py",
    ),
    Preset(
        "Three ways to read it wrongly",
        "What PyTorch hands out without protest is not the gradient of the memory. The true one beside it.",
        Readings(), "gradient_laboratory.py",
    ),
    Preset(
        "A digit in five shapes",
        "One in and one out, one in and many out, and so on: one world, five graphs, and the loss enters elsewhere each time.",
        Topology(shape="in-step"), "topologies.py",
    ),
    Preset(
        "Dates of the world",
        "An encoder reads a date as one writes it in any of many countries; a decoder with attention writes it anew. Watch each number find its letters.",
        Topology(task="dates", cell="gru"), "topologies.py",
    ),
    Preset(
        "Seeing the future",
        "A twin that also reads from the end passes the ceiling that was computed for reading one way.",
        Topology(task="future"), "topologies.py",
    ),
    Preset(
        "Attention finds the lemon",
        "One head puts nearly all of its attention on the word that decides. The gradient tells another story.",
        ArchitectureView(task="rose", cell="transformer", layers=2, heads=4), "architectures.py",
    ),
    Preset(
        "Order does not exist",
        "An average of embeddings is asked which letter came first. It cannot know, and it never will.",
        ArchitectureView(task="order", cell="average"), "architectures.py",
    ),
    Preset(
        "Five memories, one race",
        "RNN, LSTM, GRU, TCN and Transformer with equally many parameters on the adding problem, sharing the time fairly.",
        Race(), "race.py",
    ),
)  # fmt: skip


def _training(title: str, why: str, **settings: Any) -> Preset:
    return Preset(title, why, EmbeddingExperiment(**settings), "train_embeddings.py")


EMBEDDINGS = (
    _training(
        "Words find their places",
        "Skip-gram reads 100 Wikipedia articles twenty times. Numbers find numbers, lands find lands; nobody told it.",
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


CONTEXTS = (
    Preset(
        "Two banks, one word",
        "A table of vectors cannot tell the bank of a river from the one with the money. A model that reads the sentence does, layer by layer.",
        ContextView(), "words_in_context.py",
    ),
    Preset(
        "One head looks at the next word",
        "Seventy-two heads in six layers: some look one word back, some one ahead, many at nothing. What they do is measured, and what it explains is doubted.",
        ContextView(source="typed", floor=2, head=9), "words_in_context.py",
    ),
    Preset(
        "A GPT in the making",
        "Letter by letter, from noise to words. Watch its bits per character fall, and the heads that find repetitions appear.",
        PretrainView(), "pretraining.py",
    ),
    Preset(
        "A head learns to look back",
        "The text repeats itself. For hundreds of updates nothing happens; then, at once, a head finds where the same was said before, and copies.",
        PretrainView(chapter="inside", corpus="repeated", heads=2, width=48, steps=2000, layer_shown=2), "pretraining.py",
    ),
    Preset(
        "Fill in what is hidden",
        "BERT's way: hide some words, guess them from both sides. Type a sentence with a gap of your own.",
        PretrainView(objective="bert", units="subwords"), "pretraining.py",
    ),
    Preset(
        "Which article is this from?",
        "Counting, averaging, reading in order, reading in context: how many labelled sentences each needs, and which words decided.",
        ClassificationView(), "classification.py",
    ),
    Preset(
        "Two hundred film reviews",
        "So few texts that most methods cannot be told apart: look at how wide the ranges are before believing any number.",
        ClassificationView(texts="films"), "classification.py",
    ),
    Preset(
        "Who won the cup?",
        "A team bears its town's name, and only what comes later tells them apart: reading both ways finds it, reading one way cannot.",
        EntityView(), "entities.py",
    ),
    Preset(
        "A search in a tree",
        "April or November? The likeliest next letter is not always on the way to the likeliest answer. See the beam hesitate, and decide.",
        TranslateView(view="dates"), "translation.py",
    ),
    Preset(
        "Words across languages",
        "Numbers and animals lie alike in English and in Italian; one rotation carries words over. How well, with each word left out in turn?",
        TranslateView(view="words"), "translation.py",
    ),
    Preset(
        "Bought is not purchased",
        "The question says “buy”, the right paragraph “purchased”. Counting words goes astray; a model that knows what words mean finds it.",
        RetrievalView(), "retrieval.py",
    ),
    Preset(
        "Where is the apple?",
        "In a small world two networks learn to answer from nothing. The one with attention lights up the fact it needs.",
        AnsweringView(view="world"), "answering.py",
    ),
    Preset(
        "Two facts, two looks",
        "One fact says who has the apple, another where she went. Attention looks twice, and both facts light up.",
        AnsweringView(view="world", needs="two", shown=True), "answering.py",
    ),
    Preset(
        "The first sentences are hard to beat",
        "Three spaces choose the middle of an article. Writers put first what matters most; is any of the three better?",
        SummaryView(), "summary.py",
    ),
    Preset(
        "What the cut removes",
        "Three models write on, letter by letter, piece by piece, word by word. Turn the temperature and see what was possible, what was cut, and what repeats.",
        Generation(), "generation.py",
    ),
)  # fmt: skip


CHAPTERS: dict[str, tuple[Preset, ...]] = {
    "Sequence models": SEQUENCES,
    "Gradients, shapes and rivals": GRADIENTS,
    "Word vectors": EMBEDDINGS,
    "In context, and put to use": CONTEXTS,
}
"""Headings of the home page, and what stands below each."""
PRESETS = tuple(preset for chapter in CHAPTERS.values() for preset in chapter)


def neighbour(page: str, link: dict[str, str], step: int) -> Preset:
    """The preset before (-1) or after (1) the one of this page (its file) and link; else the page's first, else the first."""
    places = [(preset.page, preset.link()) for preset in PRESETS]
    if (page, link) in places:
        return PRESETS[(places.index((page, link)) + step) % len(PRESETS)]
    return next((preset for preset in PRESETS if preset.page == page), PRESETS[0])
