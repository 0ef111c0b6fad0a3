"""The pages of the app, their order, and what surrounds each: style, the way on, presentation mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from explorer.app import presentation
from explorer.app.components.keyboard import keyboard
from explorer.app.links import expect_link, given_link
from explorer.app.process import page_drawn

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "pages"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its file, how it is called in the navigation and in the address, its section there, and the prefix of its state."""

    file: str
    title: str
    help: str
    state: str = ""
    section: str = ""
    default: bool = False

    @property
    def url_path(self) -> str:
        """The page's part of the address; the default page has none."""
        return "" if self.default else self.file.removesuffix(".py")

    def page(self) -> Any:
        """What `st.navigation` and `st.page_link` take."""
        return st.Page(
            FOLDER / self.file, title=self.title, help=self.help, default=self.default,
            url_path=self.url_path or None,
        )  # fmt: skip


SEQUENCES, VECTORS, CONTEXT, USES = "Sequence models", "Word vectors", "In context", "Applications"
PAGES = (
    PageSpec("home.py", "Unrolled", "What this is, and where to begin.", default=True),
    PageSpec("train_live.py", "Train live", "Watch a recurrent network learn, from inside.", "train", SEQUENCES),
    PageSpec("step_by_step.py", "Step by step", "One sentence, one cell, one time step at a time.", "steps", SEQUENCES),
    PageSpec(
        "gradient_laboratory.py", "Gradient laboratory", "Why gradients vanish and explode, and what gates change.",
        "lab", SEQUENCES,
    ),
    PageSpec("topologies.py", "Topologies", "One in, many out, and every other shape.", "shapes", SEQUENCES),
    PageSpec(
        "architectures.py", "Architectures", "Feed-forward, convolution, Transformer: how inputs reach the answer.",
        "arch", SEQUENCES,
    ),
    PageSpec("race.py", "Race", "Several architectures, one task, equal parameters, equal time.", "race", SEQUENCES),
    PageSpec("text_to_vectors.py", "Text to vectors", "From words to numbers, step by step.", "text", VECTORS),
    PageSpec("train_embeddings.py", "Train embeddings", "Watch words find their places.", "embed", VECTORS),
    PageSpec("word_map.py", "Word map", "Thousands of words in a plane, and what the plane hides.", "map", VECTORS),
    PageSpec("analogies.py", "Similarity and analogies", "What word vectors know, tested honestly.", "analogy", VECTORS),
    PageSpec("words_in_context.py", "Words in context", "One word, another vector in every sentence.", "context", CONTEXT),
    PageSpec("pretraining.py", "Pre-train your own", "A small GPT or BERT learns from raw text, and is then put to use.", "pretrain", CONTEXT),
    PageSpec("applications.py", "Overview", "What sequence models and word vectors are for, and where to see each.", "uses", USES),
    PageSpec("classification.py", "Text classification", "Which topic, which opinion, and which words decided.", "classify", USES),
    PageSpec("entities.py", "Named entities", "People and places, found by what stands around them.", "entities", USES),
    PageSpec("translation.py", "Translation", "Numbers, dates, and words across languages.", "translate", USES),
    PageSpec("retrieval.py", "Retrieval", "Four ways to find the paragraph, and how often each is right.", "retrieve", USES),
    PageSpec("answering.py", "Question answering", "Find the answer, mark it, and say when there is none.", "answer", USES),
    PageSpec("summary.py", "Summary", "The sentences in the middle of a text, and the first ones.", "summary", USES),
    PageSpec("generation.py", "Generation", "Letter by letter, piece by piece, word by word: what is drawn, what is cut.", "generate", USES),
)  # fmt: skip


def sections() -> dict[str, list[Any]]:
    """The pages as `st.navigation` takes them: those of a section under its name, the first one by itself."""
    found: dict[str, list[Any]] = {}
    for spec in PAGES:
        found.setdefault(spec.section, []).append(spec.page())
    return found


def spec_of(file: str) -> PageSpec:
    """The page with this file name."""
    return next(spec for spec in PAGES if spec.file == file)


@contextmanager
def surroundings(page: Any) -> Iterator[None]:
    """Everything around a page's own content."""
    _arrive(page)
    presenting = presentation.is_on()
    st.set_page_config(
        page_title=page.title if page.title == "Unrolled" else f"{page.title} - Unrolled",
        page_icon=str(ROOT / "assets" / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed" if presenting else "auto",
    )
    st.html(f"<style>{_style('unrolled.css')}{_style('present.css') if presenting else ''}</style>")
    if presenting:
        presentation.keys(PAGES, page)
    keyboard()
    try:
        yield
    finally:
        page_drawn()


def _arrive(page: Any) -> None:
    """On coming from another page, the address is a link that somebody chose."""
    if st.session_state.get("page") != page.url_path:
        st.session_state["page"] = page.url_path
        if st.query_params:
            expect_link(next(spec.state for spec in PAGES if spec.url_path == page.url_path), given_link())


def _style(name: str) -> str:
    return (ROOT / "assets" / name).read_text(encoding="utf-8")
