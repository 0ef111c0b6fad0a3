"""Widgets made from the fields of an experiment: title, help, bounds and choices are stated there, once."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import ValidationError

from explorer.app.clicks import once
from explorer.app.links import read_link, safe_markdown, write_link
from explorer.app.own_data import own_series, own_text
from explorer.app.widgets import field_widget
from explorer.experiment import about, choices, default, explain, to_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.experiment import READS_THE_ANSWER

GROUPS = {"task": "Task", "architecture": "Architecture", "training": "Training"}
PAST_LIMIT = 20
NEEDED = {
    "spectral_radius": ("initialisation", "spectral"),
    "text": ("corpus", "own"),
    "values": ("series", "own"),
    "season": ("series", "own"),
}
"""Fields that mean something only beside a certain choice of another field."""
UPLOADED = ("text", "values")
"""Private fields have a widget of their own, see `explorer.app.own_data`."""


def sequence_controls(page: str) -> SequenceExperiment:
    """Draw the sidebar of a page and return what it says.

    Values that do not go together leave the last admissible experiment in place and say what would fit.
    """
    _adopt_link(page)
    values = st.session_state[f"{page}:values"]
    with st.sidebar:
        for group, title in GROUPS.items():
            _draw_group(page, group, title, values)
        experiment = _experiment(page, values)
        _undo_button(page, experiment)
    notices = st.session_state.get(f"{page}:notices")
    if notices:
        st.warning(" \n\n".join(safe_markdown(notice) for notice in notices), icon=":material/link_off:")
    write_link(experiment, page)
    return experiment


def set_controls(page: str, experiment: SequenceExperiment) -> None:
    """Let the widgets of a page show this experiment from the next run on; a visitor's own data is never lost by it."""
    old = st.session_state.get(f"{page}:values", {})
    own = {name: old[name] for name in UPLOADED if old.get(name) and not getattr(experiment, name)}
    _set_values(page, {**dict(experiment), **own})


def _set_values(page: str, new: dict[str, Any]) -> None:
    """Change what widgets show. A widget keeps its value under its key, so one that changes gets a new key."""
    values = st.session_state.setdefault(f"{page}:values", {})
    editions = st.session_state.setdefault(f"{page}:editions", {})
    for name, value in new.items():
        if name not in values or values[name] != value:
            editions[name] = editions.get(name, 0) + 1
    values.update(new)


def _key(page: str, name: str) -> str:
    return f"{page}.{name}.{st.session_state[f'{page}:editions'][name]}"


def _adopt_link(page: str) -> None:
    linked = read_link(SequenceExperiment, page)
    if linked is not None:
        experiment, st.session_state[f"{page}:notices"] = linked
        set_controls(page, experiment)
    elif f"{page}:values" not in st.session_state:
        set_controls(page, SequenceExperiment())


def _draw_group(page: str, group: str, title: str, values: dict[str, Any]) -> None:
    names = [name for name in SequenceExperiment.model_fields if _is_shown(name, group, values)]
    open_, folded = _split(names, lambda name: not about(SequenceExperiment, name).get("folded"))
    live, anew = _split(open_, lambda name: about(SequenceExperiment, name).get("live"))
    st.subheader(title)
    if live:
        st.caption(":material/bolt: *takes effect while it runs*; everything else starts anew")
    for name in [*live, *anew]:
        _draw(page, name, values)
    if folded:
        with st.expander(f"More on {title.lower()}"):
            for name in folded:
                _draw(page, name, values)


def _split(names: list[str], first: Any) -> tuple[list[str], list[str]]:
    return [name for name in names if first(name)], [name for name in names if not first(name)]


def _is_shown(name: str, group: str, values: dict[str, Any]) -> bool:
    needed = NEEDED.get(name)
    if needed and values[needed[0]] != needed[1]:
        return False
    return about(SequenceExperiment, name)["group"] == group and SequenceExperiment.applies(
        name, values["task"], values["cell"]
    )


def _draw(page: str, name: str, values: dict[str, Any]) -> None:
    if name == "text":
        values["text"] = own_text(_key(page, "text"), values["text"])
    elif name == "values":
        values["values"] = own_series(_key(page, "values"), values["values"])
    else:
        values[name] = _widget(page, name, values)


def _widget(page: str, name: str, values: dict[str, Any]) -> Any:
    info, key, more = SequenceExperiment.model_fields[name], _key(page, name), {}
    if about(SequenceExperiment, name).get("live"):
        more["label"] = f":material/bolt: {info.title}"
    if name == SequenceExperiment.leading:
        more |= {"on_change": _take_suggestions, "args": (page, key)}
    if choices(SequenceExperiment, name):
        more["buttons"] = 4
    elif name == "bidirectional":
        more |= _why_not_bidirectional(values["task"])
    elif not about(SequenceExperiment, name).get("options"):
        more["slide"] = True
    value = field_widget(SequenceExperiment, name, values[name], key, **more)
    return value and not more.get("disabled", False) if name == "bidirectional" else value


def _why_not_bidirectional(task: str) -> dict[str, Any]:
    if task not in READS_THE_ANSWER:
        return {}
    return {
        "disabled": True,
        "help": "Off for this task: reading from the right, the network would see what it has to predict.",
    }


def _take_suggestions(page: str, key: str) -> None:
    """A new task brings its own lengths, sizes and rates; the architecture stays as chosen."""
    task, values = st.session_state[key], st.session_state[f"{page}:values"]
    values["task"] = task
    fields = {name for suggestion in SequenceExperiment.suggested.values() for name in suggestion}
    new = {name: default(SequenceExperiment, name, task) for name in fields}
    if task in READS_THE_ANSWER:
        new["bidirectional"] = False
    _set_values(page, new)


def _experiment(page: str, values: dict[str, Any]) -> SequenceExperiment:
    past: list[SequenceExperiment] = st.session_state.setdefault(f"{page}:past", [])
    st.session_state[f"{page}:refused"] = False
    try:
        experiment = SequenceExperiment(**values)
    except ValidationError as error:
        st.session_state[f"{page}:refused"] = True
        st.error(safe_markdown(" ".join(explain(error))), icon=":material/block:")
        if past:
            st.caption("The page still shows the last settings that go together.")
            return past[-1]
        return SequenceExperiment(task=values["task"])
    if not past or past[-1] != experiment:
        past.append(experiment)
        del past[:-PAST_LIMIT]
        if len(past) > 1 and to_link(past[-1]) != to_link(past[-2]):
            st.session_state[f"{page}:notices"] = []
    return experiment


def _undo_button(page: str, experiment: SequenceExperiment) -> None:
    past, refused = st.session_state[f"{page}:past"], st.session_state[f"{page}:refused"]
    st.button(
        "Undo last change", key=f"{page}:undo", icon=":material/undo:", type="tertiary", disabled=len(past) < 2 - refused,
        on_click=once(_undo), args=(page,),
    )  # fmt: skip


def _undo(page: str) -> None:
    past = st.session_state[f"{page}:past"]
    if not st.session_state[f"{page}:refused"] and len(past) > 1:  # what was refused is not among the past
        past.pop()
    if past:
        set_controls(page, past[-1])
