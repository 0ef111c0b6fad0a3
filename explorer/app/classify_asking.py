"""One text, a visitor's or a held-out one: what each method answers, and which words decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.classify_controls import go
from explorer.app.classify_scene import Scene, models_of
from explorer.app.classify_setting import BLANK, LONGEST_TYPED, PAGE
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.views import WIDTH
from explorer.applications.classification import METHOD_TITLES
from explorer.figures.classify_answers import answers_notice, classify_answers
from explorer.figures.classify_looks import series
from explorer.figures.classify_words import Verdict, classify_words, words_notice
from explorer.figures.naming import hundredths

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from explorer.applications.classification.asking import Answer
    from explorer.applications.classification.method import Learning
    from explorer.applications.classification.texts import Text

DOUBTFUL = 0.3
"""Correlation below which the two ways of telling what a word did have little in common."""
UNSAID = 0.3
"""Seconds of waiting before anything is said about it."""
ASKED = ("typed", "example", "way")
"""Fields that stand beside the answers."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A text and where it comes from.

    Attributes
    ----------
    text : Text
    right : int or None
        Its label, where it is known.
    number : int
        Among the held-out texts, from 1; 0 for a visitor's own.
    unseen : bool
        Whether the methods asked here, those of the first draw, cannot have learned from it.
    """

    text: Text
    right: int | None = None
    number: int = 0
    unseen: bool = True


def asking_view(scene: Scene) -> None:
    """The field for a sentence, and below it the answers."""
    st.subheader("Which words decided", anchor=False)
    _fields(scene)
    key, models = models_of(scene)
    try:
        asked = _asked(scene)
    except ValueError as error:
        st.info(safe_markdown(str(error)), icon=":material/edit:")
        return
    _about(scene, asked, sorted({size for size, _ in models.values()}))
    if not models:
        st.caption("As soon as a method has learned, its answer appears here.")
        return
    _pictures(scene, asked, (*key, asked.text.shown), models)


def _fields(scene: Scene) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="classify_ask"):
        field_beside(PAGE, "typed", placeholder="Type a sentence of your own ...", max_chars=LONGEST_TYPED, width="stretch")
        field_beside(PAGE, "example", width=150, most=len(scene.data.tests))
        if st.button("Another", key=f"{PAGE}:another", icon=":material/shuffle:", help="Another held-out text."):
            _another(scene)
            st.rerun(scope="app")
    _settle(scene)


def _settle(scene: Scene) -> None:
    """Fields within the live part are heard there alone: let the whole page follow, which writes the address."""
    said = st.session_state[f"{PAGE}:values"]
    if any(said[name] != getattr(scene.now, name) for name in ASKED):
        st.rerun(scope="app")


def _another(scene: Scene) -> None:
    """The next text that the methods asked here have not learned from; a leap further, to come upon another label."""
    unseen, at = _unseen(scene), _number(scene)
    leap = max(len(unseen) // 7, 1)
    go(typed="", example=int(unseen[(np.searchsorted(unseen, at) + leap) % len(unseen)]))


def _unseen(scene: Scene) -> np.ndarray:
    """Numbers, from 1, of the texts that are held out in the first draw."""
    return np.flatnonzero(np.isin(scene.data.tests, scene.data.held_out(0))) + 1


def _number(scene: Scene) -> int:
    """Of the held-out text that is asked about, from 1."""
    wanted = scene.now.example
    return wanted if 1 <= wanted <= len(scene.data.tests) else int(_unseen(scene)[0])


def _asked(scene: Scene) -> Asked:
    data = scene.data
    if scene.now.typed.strip():
        return Asked(data.read(scene.now.typed))
    number = _number(scene)
    at = int(data.tests[number - 1])
    return Asked(data.texts[at], int(data.classes[at]), number, number in _unseen(scene))


def _about(scene: Scene, asked: Asked, sizes: Sequence[int]) -> None:
    if asked.right is None:
        hidden = " Words of the titles are blanked out, as in all texts here." if BLANK in asked.text.shown else ""
        learned = f", read by each method as it was after {' or '.join(f'{size:,}' for size in sizes)} labelled texts" if sizes else ""
        st.caption(f"Your sentence{learned}.{hidden}")
        return
    st.markdown(safe_markdown(asked.text.shown))
    seen = "Nothing was learned from it." if asked.unseen else (
        "The methods asked here are those of the first draw; this text was held out in another one, so they may have learned from it."
    )  # fmt: skip
    right = safe_markdown(scene.data.labels[asked.right])
    st.caption(f"Held-out text {asked.number:,} of {len(scene.data.tests):,}; right: **{right}**. {seen}")


def _pictures(scene: Scene, asked: Asked, key: tuple, models: dict) -> None:
    from explorer.applications.classification.asking import ask

    with st.spinner("Reading ...", show_time=False):
        answers = remembered(f"{PAGE}:asked", key, lambda: ask(models, asked.text), 4)
    drawn(PAGE, "answers", key, lambda: _answers(scene, asked, answers), "answers")
    with st.container(width=340, key="classify_way"):
        field_beside(PAGE, "way")
    _settle(scene)
    found = remembered(f"{PAGE}:left_out", key, lambda: _left_out(models, asked, answers), 4) if scene.now.way == "without" else None
    drawn(PAGE, "words", (key, scene.now.way), lambda: _words(scene, asked, answers, found), "words-that-decided")
    _how(answers)


def _how(answers: dict[str, Answer]) -> None:
    with st.expander("How these shares come about", icon=":material/menu_book:"):
        st.markdown(
            "**Leave it out**: the text is read once more without the word, and the score of the answer, above the mean of the others, falls by "
            "so much. It is measured for every method alike; each row is drawn on a scale of its own."
        )
        for name, answer in answers.items():
            exact = "These add up exactly to the score, but for what the label has before any word is read." if answer.exact else "An estimate to first order, for the smallest of changes."
            st.markdown(f"**From inside {METHOD_TITLES[name]}**: {answer.how}. {exact}")


def _left_out(models: dict, asked: Asked, answers: dict[str, Answer]) -> dict[str, np.ndarray]:
    from explorer.applications.classification.asking import left_out

    found, place = {}, st.empty()
    for name, answer in answers.items():
        work = left_out(models[name][1], asked.text, answer.number)
        found[name] = _watched(work, place, f"{METHOD_TITLES[name]} reads the text without one word after the other ...")
    place.empty()
    return found


def _watched(work: Learning[np.ndarray], place: DeltaGenerator, said: str) -> np.ndarray:
    """The result of work that takes seconds for a long text: how far it is, and each time a chance to turn to something else."""
    began = monotonic()
    while True:
        try:
            share = next(work)
        except StopIteration as end:
            return end.value
        if monotonic() - began > UNSAID:
            place.progress(min(share, 1.0), said)


def _answers(scene: Scene, asked: Asked, answers: dict[str, Answer]) -> Drawing:
    labels, names = scene.data.labels, list(answers)
    table = np.array([answers[name].probabilities for name in names])
    titles = [METHOD_TITLES[name] for name in names]
    return classify_answers.spec(names, titles, labels, table, current_theme(), right=asked.right), [answers_notice(titles, labels, table, asked.right)]


def _words(scene: Scene, asked: Asked, answers: dict[str, Answer], found: dict[str, np.ndarray] | None) -> Drawing:
    words = [asked.text.shown[start:end] for start, end in asked.text.spans]
    verdicts = [
        Verdict(name, METHOD_TITLES[name], scene.data.labels[answer.number], float(answer.probabilities[answer.number]),
                found[name] if found is not None else answer.contributions)
        for name, answer in answers.items()
    ]  # fmt: skip
    notices = [words_notice(words, verdicts)]
    if found is not None and len(words) > 2 and (agreed := _agreement(answers, found)):
        notices.append(agreed)
    return classify_words.spec(words, verdicts, current_theme(), width=WIDTH), notices


def _agreement(answers: dict[str, Answer], found: dict[str, np.ndarray]) -> str:
    """How far what a method says from inside agrees with what is measured, and where it does not."""
    from explorer.applications.classification.asking import agreement

    both = {METHOD_TITLES[name]: agreement(answer.contributions, found[name]) for name, answer in answers.items()}
    values = {title: value for title, value in both.items() if value is not None}
    if not values:
        return ""
    said = ", ".join(f"{title} {hundredths(value)}" for title, value in values.items())
    doubtful = [title for title, value in values.items() if value < DOUBTFUL]
    end = f" For {series(doubtful)} the view from inside is no account of this answer." if doubtful else ""
    return f"How far the view from inside agrees (correlation over the words): {said}.{end}"
