"""The view "Analogies": a is to b as c is to what?"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app.analogy_state import PAGE, Asking, complain, field, go, remembered, spelled
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.notes import note
from explorer.embedding import UnknownWord, Vectors, analogy, nearest
from explorer.embedding.analogies import Analogy
from explorer.embedding.parallelogram import Parallelogram, parallelogram
from explorer.figures.analogy_marks import Question
from explorer.figures.analogy_notices import doubt_notice, expected_notice, plane_notice
from explorer.figures.analogy_plane import analogy_plane
from explorer.figures.answer_lists import AnswerList, answer_lists, answers_of

SHOWN, LISTED = 9, 10
"""Answers drawn in the plane, and in each list."""
TITLES = {"add": ("3CosAdd", "cosine with b − a + c"), "mul": ("3CosMul", "cosines multiplied")}
PRESETS = (
    ("man", "king", "woman", "queen"),
    ("france", "paris", "italy", "rome"),
    ("kitten", "cat", "puppy", "dog"),
    ("walk", "walked", "go", "went"),
    ("usa", "dollar", "denmark", "krone"),
    ("hot", "cold", "big", "small"),
    ("man", "doctor", "woman", ""),
)
DOUBTS = (
    "The rule that bars the question's words decides many answers: Linzen (2016) showed how much accuracy rests on it, and how "
    "far one gets with the nearest word to c alone; Rogers, Drozd and Li (2017) that what works for capitals fails for most "
    "other relations; Nissim, van Noord and van der Goot (2020) that analogies such as man : doctor :: woman : nurse come "
    "from the rule, for “doctor” itself was not allowed to be the answer."
)


@dataclass(frozen=True, eq=False)
class Found:
    """All that is told of one question."""

    words: tuple[str, str, str]
    expected: str
    strict: dict[str, Analogy]
    loose: dict[str, Analogy]
    shape: Parallelogram
    nearest: str
    exclude: bool

    def counted(self, method: str) -> Analogy:
        """The answers that count."""
        return (self.strict if self.exclude else self.loose)[method]


def analogy_view(now: Asking, vectors: Vectors) -> None:
    """Draw the question, the parallelogram and the two lists of answers."""
    _presets(now)
    _question(now)
    try:
        found = remembered(
            "analogy", (vectors, now.a, now.b, now.c, now.expected, now.exclude), lambda: find(now, vectors)
        )
    except UnknownWord as error:
        complain(error)
        return
    if found is None:
        st.info("Fill in the three words: a is to b as c is to what?", icon=":material/edit:")
        return
    left, right = st.columns([0.62, 0.38], gap="medium")
    version = (vectors, found.words, found.expected, found.exclude)
    with left:
        drawn(PAGE, "plane", version, lambda: _plane(found, vectors), "analogy")
    with right:
        drawn(PAGE, "lists", version, lambda: _lists(found, vectors), "answers")
    note("analogy_doubt", *_doubts(found, vectors))
    with st.container(key="aside_analogy_doubts"):
        st.caption(DOUBTS)


def find(now: Asking, vectors: Vectors) -> Found | None:
    """Answer the question by both methods, with and without its own words; None while a word is missing.

    Raises
    ------
    UnknownWord
    """
    if not (now.a and now.b and now.c):
        return None
    a, b, c = (spelled(vectors, word) for word in (now.a, now.b, now.c))
    expected = spelled(vectors, now.expected) if now.expected else ""
    strict = {method: analogy(vectors, a, b, c, method, True, LISTED) for method in TITLES}
    loose = {method: analogy(vectors, a, b, c, method, False, LISTED) for method in TITLES}
    counted = (strict if now.exclude else loose)["add"]
    rows = [int(row) for row in counted.rows[:SHOWN] if vectors.words[row] not in (a, b, c)]
    if expected and expected not in (a, b, c) and vectors.number(expected) not in rows:
        rows.append(vectors.number(expected))
    near = nearest(vectors, vectors[c], 1, exclude=[vectors.numbers({a, b, c}).tolist()]).rows[0]
    nearby = vectors.words[near[0]] if len(near) and near[0] >= 0 else ""
    return Found((a, b, c), expected, strict, loose, parallelogram(vectors, a, b, c, rows), nearby, now.exclude)


def _presets(now: Asking) -> None:
    """Questions worth asking; some fail."""
    asked = (now.a, now.b, now.c, now.expected)
    chosen = PRESETS.index(asked) if asked in PRESETS else None
    key = f"{PAGE}:preset:{hash(asked)}"
    with st.container(key="aside_analogy_presets"):
        st.pills(
            "Questions worth asking", range(len(PRESETS)), default=chosen, key=key, on_change=once(_ask), args=(key,),
            format_func=lambda i: f"{PRESETS[i][0]} : {PRESETS[i][1]} :: {PRESETS[i][2]}", label_visibility="collapsed",
        )  # fmt: skip


def _ask(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        go(**dict(zip(("a", "b", "c", "expected"), PRESETS[chosen], strict=True)))


def _question(now: Asking) -> None:
    """The four words in one line, as an analogy is written."""
    hidden = {"label_visibility": "collapsed"}
    with st.container(key="analogy_question", horizontal=True, vertical_alignment="center", gap="small"):
        for name, sign in (("a", "is to"), ("b", "as"), ("c", "is to"), ("expected", "")):
            field(name, now, width=150, placeholder={"expected": "what?"}.get(name, name), **hidden)
            if sign:
                st.markdown(sign, width="content")
        field("exclude", now)


def _plane(found: Found, vectors: Vectors) -> Drawing:
    scores = found.loose["add"].every[[vectors.number(word) for word in found.shape.words]]
    question = Question(found.words, found.shape, scores, found.expected)
    return analogy_plane.spec(question, current_theme()), [plane_notice(found.words, found.shape)]


def _lists(found: Found, vectors: Vectors) -> Drawing:
    lists = [AnswerList(*TITLES[method], _answers(found, method, vectors)) for method in TITLES]
    return answer_lists.spec(lists, current_theme()), []


def _answers(found: Found, method: str, vectors: Vectors) -> list:
    loose, late = found.loose[method], None
    if found.expected and found.expected not in loose.words:
        standing = found.counted(method).standing(vectors.number(found.expected))
        late = None if standing is None else (standing.score, standing.rank)
    return answers_of(loose.words, loose.scores, found.words, found.expected, found.exclude, late)


def _doubts(found: Found, vectors: Vectors) -> list[str]:
    said = [doubt_notice(found.words, found.strict["add"], found.loose["add"], found.nearest)]
    if found.expected:
        counted = found.counted("add")
        said.insert(0, expected_notice(found.expected, counted, counted.standing(vectors.number(found.expected))))
    return said
