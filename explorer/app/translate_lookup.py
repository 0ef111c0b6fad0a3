"""One word looked up in the other language, by the plain cosine and by CSLS."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.app.translate_vectors import Languages
from explorer.applications.crosslingual.experiment import mapping_of
from explorer.applications.crosslingual.mapping import Mapping
from explorer.embedding import UnknownWord
from explorer.figures.answer_lists import Answer, AnswerList, answer_lists
from explorer.figures.naming import quoted
from explorer.frame import Frame

FOUND = 8


def lookup_view(now: TranslateView, found: Languages, frame: Frame) -> None:
    """Draw the field, and what the rotation fitted to all pairs finds."""
    if "crowding" not in frame.arrays:
        return
    st.subheader("Translate a word", anchor=False)
    st.caption(
        f"From {safe_markdown(found.names[0])} into {safe_markdown(found.names[1])}, by the rotation fitted to all pairs. "
        "For a word of the dictionary it was told the answer: ask it about others."
    )
    test = found.experiment
    word = now.word.strip() or test.pairs[0][0]
    with st.container(width=320):
        field_beside(PAGE, "word", label_visibility="collapsed", placeholder=f"a word, such as {test.pairs[0][0][:40]}")
    with st.spinner("Turning the space ..."):
        mapping = remembered(f"{PAGE}:mapping", (id(found), found.names), lambda: mapping_of(frame, test), most=1)
    if word not in test.given and word.lower() in test.given:
        word = word.lower()
    try:
        test.given.number(word)
    except UnknownWord as error:
        st.warning(safe_markdown(str(error)), icon=":material/search_off:")
        return
    drawn(
        PAGE,
        "lookup",
        (id(found), word),
        lambda: _lists(mapping, word, dict.fromkeys(b for a, b in test.pairs if a == word)),
        "translation",
    )


def _lists(mapping: Mapping, word: str, expected: dict[str, None]) -> Drawing:
    lists, best = [], {}
    for method, title in (("nearest", "Nearest"), ("csls", "CSLS")):
        found = mapping.translate(word, FOUND, method)
        best[method] = found[0].word
        answers = [
            Answer(one.word, one.score, rank, is_expected=one.word in expected)
            for rank, one in enumerate(found, 1)
        ]
        lists.append(
            AnswerList(title, "cosine" if method == "nearest" else "twice the cosine, less both crowdings", answers)
        )
    same = best["nearest"] == best["csls"]
    said = (
        f"Both say {quoted(best['csls'])}."
        if same
        else f"The nearest word is {quoted(best['nearest'])}; CSLS says {quoted(best['csls'])}."
    )
    told = (
        f" The dictionary says {' or '.join(map(quoted, list(expected)[:3]))}."
        if expected
        else " The dictionary does not have this word."
    )
    return answer_lists.spec(lists, current_theme()), [f"{quoted(word)}: {said}{told}"]
