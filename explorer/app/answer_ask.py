"""A question put to the articles: the answer marked, or an honest word that it was not found."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app import presentation
from explorer.app.answer_setting import PAGE, AnsweringView, go
from explorer.app.appearance import current_theme
from explorer.app.contextual_loading import loaded_model
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.links import JOINER, safe_markdown
from explorer.app.notes import note
from explorer.app.retrieve_library import wikipedia_made
from explorer.applications.answering.confidence import ENOUGH, Confidence
from explorer.applications.answering.kinds import KINDS
from explorer.applications.answering.library import wikipedia_reader
from explorer.applications.answering.measured import shipped_confidence
from explorer.applications.answering.reader import EVIDENCE, LIKELY, Answer, Sentence
from explorer.applications.retrieval.collection import QUESTION_LIMIT
from explorer.applications.retrieval.questions import questions
from explorer.figures.answer_map import Piece, answer_map, map_notice
from explorer.figures.answer_reasons import candidate_bars, evidence_bars
from explorer.figures.naming import quoted
from explorer.text.passages import passages

SENTENCE, WORDS = ":blue-background[{}]", ":orange-background[**{}**]"
MANY = 7
"""Candidates that are shown."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and how sure it is."""

    answer: Answer
    confidence: Confidence
    chance: float

    @property
    def found(self) -> bool:
        """Whether it counts as found."""
        return bool(self.answer.sentences) and self.chance >= ENOUGH


def ask(view: AnsweringView) -> None:
    """Draw the field of the question and the list of ours."""
    key = field_key(PAGE, "question")
    with st.container(horizontal=True, vertical_alignment="bottom", key="answer_bar"):
        st.text_input(
            "Question", view.question, key=key, max_chars=QUESTION_LIMIT, on_change=take_value, args=(PAGE, "question", key),
            placeholder="Ask who, when, where, how many, which ...",
        )  # fmt: skip
        ours = [question.text for question in questions()]
        pick = f"{key}:ours"
        st.selectbox(
            "or one of ours; the last of them have no answer here", ours, ours.index(view.question) if view.question in ours else None, key=pick,
            on_change=_pick, args=(pick,), width=430, placeholder="Choose a question",
        )  # fmt: skip


def _pick(key: str) -> None:
    if st.session_state[key]:
        go(question=st.session_state[key])


def answered(view: AnsweringView) -> Answered | None:
    """The answer to the question; None where nothing is asked."""
    loaded_model()
    wikipedia_made()
    question = view.question.strip()
    if not any(map(str.isalnum, question)):
        st.info("Type a question, and the sentence that answers it is marked here.", icon=":material/quiz:")
        return None

    def answer() -> Answered:
        with st.spinner("Reading the paragraphs that fit best ..."):
            found, confidence = wikipedia_reader().answer(question), shipped_confidence()
        return Answered(found, confidence, confidence.chance(found.evidence))

    return remembered(f"{PAGE}:answered", question, answer, most=4)


def answer_view(made: Answered) -> None:
    """The answer in large letters, its paragraph with the marks, and the map of all that was read."""
    answer, marked = made.answer, made.answer.sentence
    if marked is None:
        st.info("No paragraph fits this question at all. Ask in other words.", icon=":material/search_off:")
        return
    with st.container(key="answer_said"):
        if made.found:
            st.markdown(f"## {safe_markdown(answer.text)}")
            st.caption(f"{100 * made.chance:.0f} % sure · from {safe_markdown(quoted(passages()[marked.row].title, 60))}")
        else:
            st.markdown("## Not found")
            st.caption(
                f"The sentence with the best words is marked below, but that it answers has a chance of only {100 * made.chance:.0f} %. Its words would be "
                f"{safe_markdown(quoted(answer.text, 80))}."
            )
    _map(made)
    with st.container(key="sentence_written"):
        st.markdown(marked_paragraph(made))


def marked_paragraph(made: Answered) -> str:
    """The paragraph as Markdown with the sentence and in it the words set off."""
    sentence = made.answer.sentence
    text = passages()[sentence.row].text
    inside = safe_sentence(sentence, made)
    return f"{safe_markdown(text[: sentence.start])} {inside} {safe_markdown(text[sentence.end :])}"


def safe_sentence(sentence: Sentence, made: Answered) -> str:
    """The marked sentence; its words only where they count as found."""
    if not (made.answer.candidates and made.found):
        return SENTENCE.format(f"{JOINER}{safe_markdown(sentence.text)}{JOINER}")
    span = made.answer.candidates[0].span
    parts = (sentence.text[: span.start], sentence.text[span.start : span.end], sentence.text[span.end :])
    looks = (SENTENCE, WORDS, SENTENCE)
    return "".join(look.format(f"{JOINER}{safe_markdown(part)}{JOINER}") for look, part in zip(looks, parts, strict=True) if part.strip())


def _map(made: Answered) -> None:
    version = (made.answer.question, made.found)
    drawn(PAGE, "map", version, lambda: _map_drawing(made), "sentences")


def _map_drawing(made: Answered) -> Drawing:
    answer = made.answer
    order = {one.row: i for i, one in enumerate(answer.paragraphs)}
    names = [f"{passages()[one.row].title} ¶ {passages()[one.row].number + 1}" for one in answer.paragraphs]
    pieces = [Piece(order[one.row], one.start, one.end, one.text, one.score, place) for place, one in enumerate(answer.sentences)]
    chosen = answer.sentences.index(answer.sentence) if answer.sentence else None
    return answer_map.spec(names, pieces, current_theme(), chosen=chosen, sure=made.found), [map_notice(names, pieces, chosen)]


def reasons_view(made: Answered) -> None:
    """Why these words, and why so sure."""
    answer = made.answer
    if presentation.is_on() or answer.sentence is None:
        return
    left, right = st.columns([4, 5], gap="large")
    with left:
        st.subheader("Why these words?", anchor=False)
        st.caption(f"The question wants **{KINDS[answer.kind]}**. *Near*: how near words stand to the partners of the question's words. *Suits*: how well they are of that kind.")
        drawn(PAGE, "candidates", answer.question, lambda: _candidates(answer), "candidates")
    with right:
        st.subheader("Why so sure?", anchor=False)
        st.caption("Against the usual answer, each piece of evidence makes it more sure or less: parts of the log-odds of a logistic regression on our questions.")
        drawn(PAGE, "evidence", answer.question, lambda: _evidence(made), "evidence")


def _candidates(answer: Answer) -> Drawing:
    shown = [(one.span.text, one.closeness, one.fitness, one.score) for one in answer.candidates[:MANY]]
    said = "" if shown else "No words of that kind stand in the best sentences: the whole sentence is the answer."
    if len(shown) > 1:
        said = f"{quoted(shown[0][0], 40)} is {shown[0][3] - shown[1][3]:.2f} ahead of {quoted(shown[1][0], 40)}."
    return candidate_bars.spec(shown, current_theme()), [said]


def _evidence(made: Answered) -> Drawing:
    parts = made.confidence.parts(made.answer.evidence)
    strongest = max(parts, key=lambda name: abs(parts[name]))
    side = "for" if parts[strongest] > 0 else "against"
    return evidence_bars.spec(parts, EVIDENCE, current_theme()), [f"The heaviest evidence, {side} it: “{EVIDENCE[strongest]}”."]


def story() -> None:
    """How the answer is found, in three steps."""
    with st.container(key="aside_steps"):
        for column, text in zip(st.columns(3, gap="large"), STEPS, strict=True):
            column.caption(text)


STEPS = (
    "**1 · Paragraphs.** MiniLM and BM25 together pick the nearest paragraphs (see Retrieval).",
    "**2 · Sentences.** MiniLM reads each of them as a whole; a sentence is the mean of its words' states, so that “he” knows who he is. "
    f"The {LIKELY} nearest to the question are looked at closely; shared words help.",
    "**3 · Words.** The question's first words say what is wanted: a person, a time, a place, a number. Among the words of that kind those win that "
    "stand near the partners of the question's words, in a near sentence. No model here was trained to answer; these are rules on top of vectors.",
)


def notfound_note() -> None:
    """What "Not found" means."""
    note(f"{PAGE}_enough", f"Below {100 * ENOUGH:.0f} % an answer is more often wrong than right, and counts as not found.")
