"""A whole text of one's own in, the names in it set off; and files to take along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.components.marked_names import marked_names
from explorer.app.entities_marks import kind_colours, line_of
from explorer.app.entities_sentence import called
from explorer.app.entities_setting import PAGE
from explorer.app.entities_state import View
from explorer.app.following import ACTIVE
from explorer.app.keepsake import remembered
from explorer.app.notes import note
from explorer.applications.entities.words import MOST_CHARACTERS, sentences_of

if TYPE_CHECKING:
    from explorer.applications.entities.asking import Answer
    from explorer.applications.entities.material import Material
    from explorer.applications.entities.model import Tagger
    from explorer.applications.entities.tags import Scheme, Tagged

PASTED = 200_000
SHOWN = 40
"""Sentences of a text that are drawn; the file holds all."""
WORDS_LIVE = 1000
"""Words of them that are read again and again, with each new picture, while a tagger trains."""
Sentences = list[tuple[str, ...]]
SCHEMES = {"bio": "BIO", "bioes": "BIOES"}


def text_view(view: View) -> None:
    """Draw the field for a text, and what the tagger of the moment shown finds in it."""
    st.subheader("Your own text", anchor=False)
    text = st.text_area(
        "Paste a text", key=f"{PAGE}:text", height=120, max_chars=PASTED, label_visibility="collapsed",
        placeholder="Paste a text in English, press Ctrl + Enter, and the names in it are marked here by the tagger of this moment.",
    )  # fmt: skip
    sentences = remembered(f"{PAGE}:text_sentences", text, lambda: list(sentences_of(text)), 1)
    if text.strip() and not sentences:
        st.info("There is no word in this text.")
    if sentences:
        _show(view, sentences, text)
    _files(view, sentences)


def first_of(sentences: Sentences) -> Sentences:
    """Of a text, what is read while a tagger trains: at least one sentence."""
    words = accumulate(len(one) for one in sentences[:SHOWN])
    return sentences[: max(1, sum(upto <= WORDS_LIVE for upto in words))]


def _answers(tagger: Tagger, sentences: Sentences) -> list[Answer]:
    from explorer.applications.entities.asking import answers

    return answers(tagger, sentences)


def _show(view: View, sentences: Sentences, text: str) -> None:
    changing = view.report.state in ACTIVE and not view.looks_back
    read = first_of(sentences) if changing else sentences
    answers = remembered(f"{PAGE}:text_answers", (view.key, text, len(read)), lambda: _answers(view.tagger(), read), 2)
    lines = [line_of(one.words, one.entities, view.material.kinds, called(view)) for one in answers[:SHOWN]]
    marked_names(lines, kind_colours(view.material.kinds), key=f"{PAGE}:own_text")
    note(f"{PAGE}_text", text_notice(view.material, answers, len(sentences), len(text)))


def text_notice(material: Material, answers: Sequence[Answer], sentences: int, characters: int) -> str:
    """How many names of which kind were found, how sure the least sure one is, and what was not read."""
    counts = {kind: sum(one.kind == kind for answer in answers for one in answer.entities) for kind in material.kinds}
    found = sum(counts.values())
    where = f"the first {len(answers):,} of " if len(answers) < sentences else ""
    said = f"{found:,} name{'' if found == 1 else 's'} in {where}{sentences:,} sentence{'' if sentences == 1 else 's'}"
    said += f": {', '.join(f'{kind} {number:,}' for kind, number in counts.items() if number)}." if found else "."
    if len(answers) < sentences:
        said += " While it trains, the others are read for the file alone."
    elif sentences > SHOWN:
        said += f" The first {SHOWN} sentences are shown; the file holds all that was read."
    if characters > MOST_CHARACTERS:
        said += f" Of {characters:,} characters the first {MOST_CHARACTERS:,} were read; paste the rest by itself."
    return said


def _files(view: View, sentences: Sentences) -> None:
    """Draw the buttons behind which CoNLL files are."""
    material, tags = view.material, view.shown.arrays["tags"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="entities_files"):
        scheme = st.segmented_control(
            "Tags in files", SCHEMES, default="bio", format_func=SCHEMES.get, required=True, key=f"{PAGE}:scheme",
            help="BIO: B begins a name, I goes on. BIOES: E ends one, too, and S stands alone.",
        )  # fmt: skip
        _button("My text", "text", partial(_tagged_text, view.tagger(), sentences, scheme), "The text above with the tags found.", not sentences)
        _button("Held-out sentences", "held-out", partial(_judged, material, tags, scheme),
                "Three columns: word, right tag, tag found. The program conlleval reads them.")  # fmt: skip
        _button("Training sentences", "training", partial(_conll, material.training, scheme), "What it learns from: word and tag.")


def _button(label: str, name: str, make: object, told: str, disabled: bool = False) -> None:
    st.download_button(
        label, make, f"{name}.conll", "text/plain", key=f"{PAGE}:file:{name}", help=told, on_click="ignore", icon=":material/download:",
        disabled=disabled,
    )  # fmt: skip


def _tagged_text(tagger: Tagger, sentences: Sentences, scheme: Scheme) -> bytes:
    return _conll([one.tagged for one in _answers(tagger, sentences)], scheme)


def _conll(sentences: Sequence[Tagged], scheme: Scheme) -> bytes:
    from explorer.applications.entities.conll import write_conll

    return write_conll(sentences, scheme)


def _judged(material: Material, tags: Sequence[int], scheme: Scheme) -> bytes:
    from explorer.applications.entities.conll import write_conll
    from explorer.applications.entities.examination import said_tags

    return write_conll(material.held_out, scheme, said_tags(material, tags))
