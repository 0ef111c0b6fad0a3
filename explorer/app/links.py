"""The address of a view: an experiment in the URL, and back again.

A link sets the controls; it never starts training. Whatever stands in the URL is a stranger's input.
"""

from __future__ import annotations

import re
import time
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.experiment import Experiment, from_link, to_link

E = TypeVar("E", bound=Experiment)
KEPT = ("present",)
"""Parameters that belong to the app, not to the experiment."""
ECHO = 10.0
"""Seconds in which an address that a page has replaced may still come back."""


def read_link(cls: type[E], page: str) -> tuple[E, list[str]] | None:
    """The experiment in the URL, if it is there and not one that this page wrote itself."""
    given = given_link()
    if not given or given == st.session_state.get(f"{page}:link"):
        return None
    if _is_an_echo(page, given) and not _went_back():
        return None
    experiment, notices = from_link(cls, given)
    known = set(cls.model_fields)
    unknown = sorted(set(given) - known)
    if unknown:
        shown = ", ".join(name[:30] for name in unknown[:4])
        notices.append(f"The link has settings that do not exist here and were left out: {shown}.")
    return experiment, notices


def write_link(experiment: Experiment, page: str, without: tuple[str, ...] = ()) -> None:
    """Let the URL say what the controls say, but for the fields `without`."""
    link = {name: value for name, value in to_link(experiment).items() if name not in without}
    if st.session_state.get(f"{page}:link") != link:
        _replace(page)
        st.session_state[f"{page}:link"] = link
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    if dict(st.query_params) != {**link, **kept}:
        st.query_params.from_dict({**link, **kept})


def expect_link(page: str, chosen: dict[str, str]) -> None:
    """Take this address for a link when it comes, though the page may have written it before: somebody chose it."""
    _replace(page)
    written = st.session_state.get(f"{page}:written", ())
    st.session_state[f"{page}:written"] = [(at, link) for at, link in written if link != chosen]


def _replace(page: str) -> None:
    """Remember that the address of now is on its way out."""
    link = st.session_state.pop(f"{page}:link", None)
    if link is not None:
        st.session_state.setdefault(f"{page}:written", []).append((time.monotonic(), link))


def given_link() -> dict[str, str]:
    """What the address says of the page's settings."""
    return {name: value for name, value in st.query_params.items() if name not in KEPT}


def _went_back() -> bool:
    """Whether the visitor pressed the browser's Back or Forward."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def _is_an_echo(page: str, given: dict[str, str]) -> bool:
    """Whether the address is one that this page replaced a moment ago.

    A browser that is asked for something before it has taken over the last address sends the old one along.
    """
    now = time.monotonic()
    recent = [(at, link) for at, link in st.session_state.get(f"{page}:written", ()) if now - at < ECHO]
    st.session_state[f"{page}:written"] = recent
    return any(link == given for _, link in recent)


JOINER = "\u2060"
"""Word joiner: invisible, and nothing that holds one is taken for an address."""


def safe_markdown(text: str) -> str:
    """Text from a visitor, so that Markdown shows it as it is: no links, images, HTML, maths or emoji codes.

    Addresses would become links even with every mark escaped, because they are looked for after unescaping.
    """
    escaped = re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&\"'])", r"\\\1", text)
    escaped = re.sub(r"(?i)(?<=www)(?=\\\.)|(?=@)|(?<=:)(?=/)", JOINER, escaped)
    return re.sub(r"\s+", " ", escaped)
