"""The address of a view: an experiment in the URL, and back again.

A link sets the controls; it never starts training. Whatever stands in the URL is a stranger's input.
"""

from __future__ import annotations

import re
from typing import TypeVar

import streamlit as st

from explorer.experiment import Experiment, from_link, to_link

E = TypeVar("E", bound=Experiment)
KEPT = ("present",)
"""Parameters that belong to the app, not to the experiment."""


def read_link(cls: type[E], page: str) -> tuple[E, list[str]] | None:
    """The experiment in the URL, if it is there and not the one this page wrote itself."""
    given = {name: value for name, value in st.query_params.items() if name not in KEPT}
    if not given or given == st.session_state.get(f"{page}:link"):
        return None
    experiment, notices = from_link(cls, given)
    known = set(cls.model_fields)
    unknown = sorted(set(given) - known)
    if unknown:
        shown = ", ".join(name[:30] for name in unknown[:4])
        notices.append(f"The link has settings that do not exist here and were left out: {shown}.")
    return experiment, notices


def write_link(experiment: Experiment, page: str) -> None:
    """Let the URL say what the controls say."""
    link = to_link(experiment)
    st.session_state[f"{page}:link"] = link
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    if dict(st.query_params) != {**link, **kept}:
        st.query_params.from_dict({**link, **kept})


def safe_markdown(text: str) -> str:
    """Text from a visitor, so that Markdown shows it as it is: no links, images, HTML, maths or emoji codes."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>&\"'])", r"\\\1", text)
    return re.sub(r"\s+", " ", escaped)
