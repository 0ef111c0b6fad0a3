"""The view "Associations": are some words nearer to one idea than others are?"""

from __future__ import annotations

import csv
import io

import streamlit as st

from explorer.app.analogy_misses import harmless
from explorer.app.analogy_state import PAGE, Asking, complain, field, listed, remembered
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.notes import note
from explorer.embedding import UnknownWord, Vectors, associate
from explorer.embedding.association import Association
from explorer.embedding.association_words import GROUPS, Group, Groups
from explorer.figures.association_axis import association_axis, association_notice, limits_notice, shown
from explorer.figures.marked_histogram import marked_histogram
from explorer.figures.naming import quoted

LEAD = (
    "Take two groups of words, such as flowers and insects, and two ideas, such as pleasant and unpleasant, each given by words. "
    "A word's place is its mean cosine with the one idea less that with the other (Caliskan, Bryson and Narayanan 2017)."
)
OWN = ("first", "second", "towards", "away")
MOST = 60
"""Words in a group of a visitor's own."""
NAMED = 3
"""Unknown words for which others are offered."""


def groups_view(now: Asking, vectors: Vectors) -> None:
    """Draw the choice of words, the axis, and what chance would have given."""
    with st.container(key="aside_analogy_groups"):
        st.caption(LEAD)
    field("groups", now, label_visibility="collapsed", buttons=6)
    groups = _own(now) if now.groups == "own" else GROUPS[now.groups]
    if groups is None:
        st.info(
            "Fill in the four lists: two groups to compare, and two ideas to compare them by.", icon=":material/edit:"
        )
        return
    try:
        found = remembered("groups", (vectors, groups), lambda: associate(vectors, groups))
    except ValueError as error:
        complain(error)
        return
    if now.groups == "own":
        _unknown(found, vectors)
    left, right = st.columns([0.66, 0.34], gap="large")
    with left:
        drawn(PAGE, "axis", (vectors, groups), lambda: _axis(found), "association")
    with right:
        _numbers(found)
        drawn(PAGE, "chance", (vectors, groups), lambda: _chance(found), "chance")
        st.download_button("Words", data=lambda: words_csv(found), file_name="association.csv", mime="text/csv", on_click="ignore",
                           icon=":material/download:", key=f"{PAGE}:words_csv")  # fmt: skip
    note("analogy_limits", limits_notice(found))


def _own(now: Asking) -> Groups | None:
    """A visitor's own lists, named by their first words; None while one is empty."""
    for columns in (OWN[:2], OWN[2:]):
        for column, name in zip(st.columns(2, gap="medium"), columns, strict=True):
            with column:
                field(name, now, placeholder=EXAMPLES[name])
    lists = [tuple(listed(getattr(now, name))[:MOST]) for name in OWN]
    if not all(lists):
        return None
    names = [f"{words[0]}, ..." for words in lists]
    names = [name if names.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(names, 1)]
    return Groups("My own words", *map(Group, names, lists))


def _unknown(found: Association, vectors: Vectors) -> None:
    """Words that have no vector, with the nearest spellings."""
    lost = [word for words in found.missing.values() for word in words][:NAMED]
    if lost:
        said = remembered(
            "unknown", (vectors, tuple(lost)), lambda: [str(UnknownWord(word, vectors.words)) for word in lost]
        )
        st.warning(safe_markdown(" ".join(said)), icon=":material/edit:")


EXAMPLES = {
    "first": "python java rust haskell", "second": "violin piano cello flute", "towards": "logic precise number rule",
    "away": "feeling beauty emotion soul",
}  # fmt: skip


def _axis(found: Association) -> Drawing:
    return association_axis.spec(found, current_theme()), [association_notice(found)]


def _numbers(found: Association) -> None:
    values = {"Effect size d": f"{found.effect:.2f}".replace("-", "−"), "p, one-sided": shown(found)}
    with st.container(horizontal=True, gap="large"):
        for name, value in values.items():
            st.metric(name, value, width="content")


def _chance(found: Association) -> Drawing:
    one, other = found.groups.one, found.groups.other
    label = f"<b>found</b> {found.effect:.2f}".replace("-", "−")
    figure = marked_histogram.spec(
        found.divided, found.effect, label, current_theme(), axis="effect of dividing the words by chance", ends=(-2.0, 2.0),
        what="divisions", tick=1.0,
    )  # fmt: skip
    said = f"The words of {quoted(one.name)} and {quoted(other.name)} put together and divided anew, again and again."
    return figure, [said]


def words_csv(found: Association) -> bytes:
    """Every word with its group and its place, in UTF-8; made only when asked for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("group", "word", f"nearer to {found.groups.towards.name} than to {found.groups.away.name}"))
    for group, scores in zip(found.groups[1:3], found.scores, strict=True):
        writer.writerows(
            (harmless(group.name), harmless(word), float(score))
            for word, score in zip(group.words, scores, strict=True)
        )
    writer.writerow(("effect size", "", found.effect))
    writer.writerow(("p", "", found.p))
    return text.getvalue().encode()
