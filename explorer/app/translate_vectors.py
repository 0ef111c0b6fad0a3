"""Which two languages, and which pairs of words: what ships with gensim, or two files and a dictionary of the visitor's."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from pydantic import ValidationError

from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.shelf import choose_vectors
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.applications.crosslingual.dictionary import (
    MOST_CHARACTERS,
    Dictionary,
    narrow,
    numbers_and_animals,
    read_dictionary,
    spelled_alike,
)
from explorer.applications.crosslingual.experiment import CrossingExperiment
from explorer.embedding import Vectors
from explorer.experiment import explain
from explorer.text.decoding import decode_text

DICTIONARY_FILE = 5
"""Megabytes of a dictionary at most."""
NAMED = 5
"""Words without a vector that are named."""


@dataclass(frozen=True, eq=False)
class Languages:
    """Two languages, and what is known of both.

    Attributes
    ----------
    experiment : CrossingExperiment
        The pairs to test, in the direction that is asked for.
    names : (str, str)
        Of the languages, in that direction.
    shipped : bool
    dictionary : Dictionary
        In the direction of the files.
    whole : (Vectors, Vectors)
        The files, of which the experiment holds the words that are searched.
    """

    experiment: CrossingExperiment
    names: tuple[str, str]
    shipped: bool
    dictionary: Dictionary
    whole: tuple[Vectors, Vectors]


def languages_of(now: TranslateView) -> Languages | None:
    """What the sidebar says; None while something is missing, which is said there."""
    if now.files == "shipped":
        english, italian, dictionary = numbers_and_animals()
        return _turned((english, italian), dictionary, ("English", "Italian"), now, shipped=True)
    with st.sidebar:
        first = choose_vectors(PAGE, "first", "First language")
        second = choose_vectors(PAGE, "second", "Second language")
        if first is None or second is None:
            return None
        text = _own_dictionary() if now.dictionary == "own" else ""
        if text is None:
            return None
        try:
            dictionary = remembered(
                f"{PAGE}:pairs",
                (id(first), id(second), now.dictionary, text),
                lambda: _pairs(first, second, text),
                most=2,
            )
            names = _names(first, second)
            found = _turned((first, second), dictionary, names, now, shipped=False)
        except ValidationError as error:
            st.error(safe_markdown(" ".join(explain(error))), icon=":material/block:")
            return None
        except ValueError as error:
            st.error(safe_markdown(str(error)), icon=":material/error:")
            return None
        _told(found)
    return found


def _pairs(first: Vectors, second: Vectors, text: str) -> Dictionary:
    return read_dictionary(text, first, second) if text else spelled_alike(first, second)


def _names(first: Vectors, second: Vectors) -> tuple[str, str]:
    names = [" ".join((one.name or "").split())[:24] or "My vectors" for one in (first, second)]
    return (names[0], names[1]) if names[0] != names[1] else (f"{names[0]} (first)", f"{names[1]} (second)")


def _turned(
    whole: tuple[Vectors, Vectors], dictionary: Dictionary, names: tuple[str, str], now: TranslateView, shipped: bool
) -> Languages:
    key = (id(whole[0]), id(whole[1]), id(dictionary), now.searched, now.swap)
    return remembered(f"{PAGE}:languages", key, lambda: _made(whole, dictionary, names, now, shipped), most=2)


def _made(
    whole: tuple[Vectors, Vectors], dictionary: Dictionary, names: tuple[str, str], now: TranslateView, shipped: bool
) -> Languages:
    """The experiment in the direction that is asked for; the files stay referred to, so that their ids stay theirs."""
    source, target = narrow(*whole, dictionary, now.searched)
    pairs = dictionary.pairs
    if now.swap:
        source, target, names, pairs = target, source, names[::-1], tuple((b, a) for a, b in pairs)
    experiment = CrossingExperiment(given=source, target=target, pairs=pairs)
    return Languages(experiment, names, shipped, dictionary, whole)


def _own_dictionary() -> str | None:
    """Pairs that are pasted or opened; None where there are none yet."""
    pasted = st.text_area(
        "Paste pairs of words",
        key=f"{PAGE}:dictionary:paste",
        height=120,
        max_chars=200_000,
        placeholder="dog cane\ncat gatto\n...",
    )
    uploaded = st.file_uploader(
        "or open a dictionary (.txt, .tsv, .csv)", type=["txt", "tsv", "csv"], key=f"{PAGE}:dictionary:file", max_upload_size=DICTIONARY_FILE,
        help="One pair in a line: the word of the first language, then that of the second; the format of MUSE dictionaries.",
    )  # fmt: skip
    if uploaded is not None:
        try:
            return decode_text(uploaded.getvalue())[: MOST_CHARACTERS + 1] or None
        except ValueError as error:
            st.error(safe_markdown(str(error)), icon=":material/error:")
            return None
    if not pasted.strip():
        st.info("Paste or open pairs of words, one pair in a line, and they are tested.", icon=":material/edit:")
        return None
    return pasted


def _told(found: Languages) -> None:
    dictionary, whole = found.dictionary, found.whole
    said = f"{len(dictionary):,} pairs have vectors on both sides."
    for words, name in ((dictionary.unknown_source, "first"), (dictionary.unknown_target, "second")):
        if words:
            named = ", ".join(words[:NAMED]) + (" ..." if len(words) > NAMED else "")
            said += f" {len(words):,} words are not in the {name} file: {named}."
    searched = len(found.experiment.given), len(found.experiment.target)
    if searched != tuple(len(one) for one in (whole[::-1] if found.names[0] == _names(*whole)[1] else whole)):
        said += f" Searched: {searched[0]:,} and {searched[1]:,} words."
    st.caption(safe_markdown(said))
