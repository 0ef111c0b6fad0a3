"""What sequence models and word vectors are used for, and where to see each."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

import streamlit as st

from explorer.app.analogy_state import Asking
from explorer.app.appearance import current_theme
from explorer.app.architecture_setting import ArchitectureView
from explorer.app.pages import spec_of
from explorer.app.topology_setting import Topology
from explorer.experiment import Experiment, to_link
from explorer.figures.shape_glyph import drawing
from explorer.sequence import SequenceExperiment


@dataclass(frozen=True, slots=True)
class Place:
    """Where a use is seen: a page, in a chosen state if need be."""

    page: str
    label: str
    settings: Experiment | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that such models are made for.

    Attributes
    ----------
    title, why : str
        What it is called, and in a sentence or two what is to be seen of it here.
    shape : str
        Of `explorer.figures.shape_glyph.SHAPES`.
    reads, writes : str
        What goes in and what comes out, in a few words.
    places : tuple of Place
        The first is the main one.
    """

    title: str
    why: str
    shape: str
    reads: str
    writes: str
    places: tuple[Place, ...] = field(default_factory=tuple)


USES: dict[str, tuple[Use, ...]] = {
    "Say what it is": (
        Use(
            "Text classification", "Topics of an encyclopedia and opinions on films, told by counts, by averaged vectors, by recurrent networks and by a "
            "pre-trained Transformer; which words decided, and how many examples each needs.",
            "many-to-one", "a text", "a label",
            (
                Place("classification.py", "Text classification"),
                Place("topologies.py", "Inside a network that reads reviews", Topology(task="sentiment")),
            ),
        ),
        Use(
            "Speech: who speaks?", "Real recordings, a vector of twelve numbers for each moment of one vowel: nine speakers, and a network that says who it was.",
            "many-to-one", "a recording", "a speaker",
            (Place("train_live.py", "Who speaks?", SequenceExperiment(task="speech", cell="lstm", bidirectional=True)),),
        ),
        Use(
            "Pictures, row by row", "A handwritten digit is a sequence, too. After how many rows is it clear, and how does a convolution see the same?",
            "many-to-one", "rows of pixels", "a digit",
            (
                Place("train_live.py", "A digit, row by row", SequenceExperiment(task="digits", cell="gru")),
                Place("architectures.py", "Seen by a convolution", ArchitectureView(task="digits", cell="cnn")),
            ),
        ),
    ),
    "An answer at every step": (
        Use(
            "Named entities", "People and places in a sentence, also those whose names were never seen before: what stands around them tells, on both sides.",
            "both-ways", "words", "a tag for each",
            (
                Place("entities.py", "Named entities"),
                Place("topologies.py", "Inside the tagger", Topology(task="tagging")),
            ),
        ),
        Use(
            "Forecasting", "Airline passengers and lynxes, month by month and year by year, against the two guesses that are hard to beat.",
            "in-step", "a series so far", "its next value",
            (Place("train_live.py", "Next month's passengers", SequenceExperiment(task="series", cell="gru", series="airline")),),
        ),
        Use(
            "Generation", "Letters, pieces or words, drawn one after the other from a model that is trained here; what temperature and cuts change.",
            "in-step", "a beginning", "how it goes on",
            (
                Place("generation.py", "Generation"),
                Place("topologies.py", "Invent a name", Topology(shape="one-to-many", task="names")),
            ),
        ),
    ),
    "Write another sequence": (
        Use(
            "Translation", "Numbers in words and dates of the world, letter by letter, with attention and the candidates of a beam search; and words across "
            "languages by a rotation.",
            "encoder-decoder", "a sequence", "another one",
            (
                Place("translation.py", "Translation"),
                Place("topologies.py", "Inside the encoder and the decoder", Topology(task="numbers")),
            ),
        ),
        Use(
            "Captioning", "In miniature: a network looks at the picture of a digit and spells its name, letter by letter.",
            "one-to-many", "a picture", "words",
            (Place("topologies.py", "A digit is spelled", Topology(shape="one-to-many", task="spelled")),),
        ),
        Use(
            "Summary", "The sentences in the middle of a text, by three measures of likeness, against what is hard to beat: the first ones.",
            "compared", "an article", "some of its sentences", (Place("summary.py", "Summary"),),
        ),
    ),
    "Find and answer": (
        Use(
            "Retrieval", "The paragraph that answers, among thousands: by shared words, by averaged vectors and by a pre-trained Transformer.",
            "compared", "a question", "paragraphs, best first", (Place("retrieval.py", "Retrieval"),),
        ),
        Use(
            "Question answering", "Mark the answer, say how sure, and say when there is none; and a small world whose facts are kept in memory or looked up.",
            "many-to-one", "facts and a question", "an answer", (Place("answering.py", "Question answering"),),
        ),
        Use(
            "Similarity and analogy", "Which words are near, which does not belong, a is to b as c is to what; with the doubts beside it.",
            "compared", "words", "how near they are",
            (
                Place("analogies.py", "Analogies", Asking()),
                Place("analogies.py", "Many words at once", Asking(view="words")),
            ),
        ),
    ),
    "Learn before being taught": (
        Use(
            "Pre-training", "A small GPT or BERT reads raw text, and is then put to use: how many labelled examples does that save?",
            "in-step", "raw text", "the next piece, or the hidden one", (Place("pretraining.py", "Pre-train your own"),),
        ),
        Use(
            "Words in context", "What pre-training at scale has learned: one word gets another vector in every sentence.",
            "both-ways", "a sentence", "a vector for each word", (Place("words_in_context.py", "Words in context"),),
        ),
        Use(
            "Word vectors", "The older way: one vector for each word, learned from its neighbours, and carried into other tasks.",
            "compared", "words and their neighbours", "a vector for each word",
            (
                Place("train_embeddings.py", "Train embeddings"),
                Place("word_map.py", "Word map"),
            ),
        ),
    ),
}  # fmt: skip
"""Kinds of uses, and the uses of each kind."""


def use_cards() -> None:
    """A card for each use, kind by kind: its shape, what goes in and out, what is to be seen, and the links."""
    for number, (kind, uses) in enumerate(USES.items()):
        st.subheader(kind, anchor=False)
        with st.container(key=f"uses_{number}"):
            for row in range(0, len(uses), 3):
                for column, use in zip(st.columns(3, gap="large"), uses[row : row + 3], strict=False):
                    with column:
                        _card(use)


def _card(use: Use) -> None:
    sign = base64.b64encode(drawing(use.shape, current_theme()).encode()).decode()
    st.html(
        f'<div class="use-shape"><img src="data:image/svg+xml;base64,{sign}" alt=""><span>{use.reads}<br>→ {use.writes}</span></div>'
    )
    st.markdown(f"**{use.title}**  \n{use.why}")
    for place in use.places:
        st.page_link(
            spec_of(place.page).page(), label=place.label, icon=":material/arrow_forward:",
            query_params=to_link(place.settings) if place.settings else None,
        )  # fmt: skip


def shape_key() -> None:
    """What the signs mean."""
    st.caption(
        "In each sign time runs from left to right: open squares are read, dots are the states that hand on what was read, filled "
        "squares are put out. Two chains read from both ends; dashed bows compare vectors with one another."
    )
