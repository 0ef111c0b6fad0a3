"""What the page "Similarity and analogies" shows, as one value: which view, which words, which test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import streamlit as st

from explorer.app.links import read_link, safe_markdown, write_link
from explorer.app.shelf import GLOVE
from explorer.app.widgets import field_widget
from explorer.embedding import UnknownWord, Vectors
from explorer.experiment import Experiment, about, setting

PAGE = "analogy"
LONGEST_WORD, LONGEST_LIST = 60, 200
"""Characters."""
MOST_WORDS = 24
"""Words that are compared at once."""
VIEWS = {"analogy": "Analogies", "words": "Similarity", "test": "Benchmarks", "groups": "Associations"}
RESTRICTIONS = {"all": 0, "200k": 200_000, "100k": 100_000, "30k": 30_000, "10k": 10_000}
T = TypeVar("T")


def _word(default: str, title: str, help: str) -> Any:
    return setting(default, title, help, "analogy", max_length=LONGEST_WORD, words=True)


def _own(title: str) -> Any:
    return setting("", title, "Words, separated by spaces or commas.", "groups", max_length=2000, private=True)


class Asking(Experiment):
    """One look at some vectors."""

    leading = "view"

    view: Literal["analogy", "words", "test", "groups"] = setting(
        "analogy", "View", "What to look at.", "view", labels=VIEWS
    )
    a: str = _word("man", "Word a", "a is to b ...")
    b: str = _word("king", "Word b", "... as b is to a ...")
    c: str = _word("woman", "Word c", "... so c is to what?")
    expected: str = _word("queen", "Expected", "The answer you expect, if any: its rank and margin are told.")
    exclude: bool = setting(
        True, "The question's words are no answers",
        "Every published accuracy bars a, b and c from being the answer. Without this rule one of them often wins.", "analogy",
    )  # fmt: skip
    one: str = _word("coffee", "One word", "A word to compare.")
    other: str = _word("tea", "Another word", "The word it is compared with.")
    words: str = setting(
        "breakfast lunch dinner coffee tea bread train bus car", "Words", "A list, separated by spaces or commas.", "words",
        max_length=LONGEST_LIST, words=True,
    )  # fmt: skip
    method: Literal["add", "mul"] = setting(
        "add", "Method", "How the three cosines are put together: added (3CosAdd) or multiplied (3CosMul).", "test",
        labels={"add": "3CosAdd", "mul": "3CosMul"},
    )  # fmt: skip
    restrict: Literal["all", "200k", "100k", "30k", "10k"] = setting(
        "all", "Vocabulary", "Ask and answer with all words, or with the most frequent ones alone: fewer questions, fewer wrong answers.",
        "test", labels={name: f"{number:,} most frequent" if number else "All words" for name, number in RESTRICTIONS.items()},
    )  # fmt: skip
    groups: Literal["flowers", "instruments", "career", "maths", "science", "own"] = setting(
        "flowers", "Words", "Groups of words of a published test, or your own.", "groups",
        labels={
            "flowers": "Flowers, insects", "instruments": "Instruments, weapons", "career": "Names, careers",
            "maths": "Maths, arts", "science": "Science, arts", "own": "My own words",
        },
    )  # fmt: skip
    first: str = _own("First group")
    second: str = _own("Second group")
    towards: str = _own("Near to these")
    away: str = _own("Rather than to these")


def asking() -> Asking:
    """What the page shows now: what the address says when a link was opened, else what was chosen last."""
    linked = read_link(Asking, PAGE)
    if linked is not None:
        now, st.session_state[f"{PAGE}:notices"] = linked
        go(**{name: value for name, value in now if not about(Asking, name).get("private")})
    return st.session_state.setdefault(f"{PAGE}:now", Asking())


def go(**changes: object) -> None:
    """Change what is shown. Widgets keep their value under their key, so what changes gets a new key."""
    old: Asking = st.session_state.get(f"{PAGE}:now", Asking())
    new = old.replace(**changes)
    editions = st.session_state.setdefault(f"{PAGE}:editions", {})
    for name in Asking.model_fields:
        if getattr(old, name) != getattr(new, name):
            editions[name] = editions.get(name, 0) + 1
    st.session_state[f"{PAGE}:now"] = new


def field(name: str, now: Asking, **more: object) -> None:
    """Draw the widget of a field; what it says is in the value of the next run."""
    edition = st.session_state.setdefault(f"{PAGE}:editions", {}).get(name, 0)
    key = f"{PAGE}.{name}.{edition}"
    field_widget(Asking, name, getattr(now, name), key, on_change=_take, args=(name, key), **more)


def choose_view(now: Asking) -> None:
    """Draw the choice of the view."""
    edition = st.session_state.setdefault(f"{PAGE}:editions", {}).get("view", 0)
    key = f"{PAGE}.view.{edition}"
    st.segmented_control(
        "View", list(VIEWS), default=now.view, format_func=VIEWS.get, key=key, required=True, label_visibility="collapsed",
        width="stretch", on_change=_take, args=("view", key),
    )  # fmt: skip


def _take(name: str, key: str) -> None:
    value = st.session_state[key]
    if value is None:
        return
    st.session_state[f"{PAGE}:notices"] = []
    value = value.strip() if isinstance(value, str) else value
    # The widget shows the value already: its key stays.
    st.session_state[f"{PAGE}:now"] = st.session_state.get(f"{PAGE}:now", Asking()).replace(**{name: value})


def write_address(now: Asking, vectors: Vectors) -> None:
    """Let the address say what is shown; words only where they are words of the vectors that come with the app."""
    ours = source() == GLOVE
    names = [name for name in Asking.model_fields if about(Asking, name).get("words")]
    hidden = [name for name in names if not ours or any(word not in vectors for word in listed(getattr(now, name)))]
    write_link(now, PAGE, without=tuple(hidden))


def source() -> str:
    """What the vectors are called that the page looks at."""
    return st.session_state.get(f"{PAGE}:source", GLOVE)


def draw_notices() -> None:
    """What a link asked for in vain."""
    notices = st.session_state.get(f"{PAGE}:notices")
    if notices:
        st.warning(" \n\n".join(safe_markdown(notice) for notice in notices), icon=":material/link_off:")


def listed(text: str) -> list[str]:
    """The different words of a list, in order."""
    return list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))


def spelled(vectors: Vectors, word: str) -> str:
    """The word as the vocabulary has it: as typed, else in lower case, else with a capital; raises `UnknownWord`."""
    word = word.strip()
    for one in (word, word.lower(), word.capitalize()):
        if one in vectors:
            return one
    raise UnknownWord(word, vectors.words)


def complain(error: Exception) -> None:
    """Say what is wrong with what was typed."""
    st.warning(safe_markdown(str(error)), icon=":material/edit:")


def remembered(name: str, key: tuple, compute: Callable[[], T]) -> T:
    """What was computed under this name for the same key, else computed now."""
    kept = st.session_state.setdefault(f"{PAGE}:kept", {})
    if name not in kept or kept[name][0] != key:
        kept[name] = (key, compute())
    return kept[name][1]
