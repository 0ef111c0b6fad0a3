"""Widgets made from the fields of an experiment: title, help, bounds and choices are stated there, once."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import ValidationError

from explorer.app.links import read_link, safe_markdown, write_link
from explorer.experiment import about, bounds, choices, explain, to_link
from explorer.sequence import SequenceExperiment

GROUPS = {"task": "Task", "architecture": "Architecture", "training": "Training"}
SLIDER_STEPS = 400
"""A whole-number field with more values than this is typed, not slid."""
PAST_LIMIT = 50
UPLOADED = ("text", "values")
"""Private fields have a widget of their own, see `explorer.app.own_data`."""


def sequence_controls(page: str) -> SequenceExperiment:
    """Draw the sidebar of a page and return what it says.

    Values that do not go together leave the last admissible experiment in place and say what would fit.
    """
    _adopt_link(page)
    values = _values(page)
    with st.sidebar:
        for group, title in GROUPS.items():
            _draw_group(page, group, title, values)
        experiment = _experiment(page, values)
        _undo_button(page, experiment)
    for notice in st.session_state.get(f"{page}:notices", ()):
        st.warning(safe_markdown(notice), icon=":material/link_off:")
    write_link(experiment, page)
    return experiment


def set_controls(page: str, experiment: SequenceExperiment) -> None:
    """Let the widgets of a page show this experiment from the next run on."""
    st.session_state[f"{page}:values"] = dict(experiment)
    for name, value in experiment:
        if name not in UPLOADED:
            st.session_state[_key(page, name)] = value


def _key(page: str, name: str) -> str:
    return f"{page}.{name}"


def _values(page: str) -> dict[str, Any]:
    """What the widgets say. Streamlit forgets a widget that was not drawn, so a copy is kept."""
    values = st.session_state[f"{page}:values"]
    for name in values:
        if name in UPLOADED:
            continue
        if _key(page, name) in st.session_state and st.session_state[_key(page, name)] is not None:
            values[name] = st.session_state[_key(page, name)]
        else:
            st.session_state[_key(page, name)] = values[name]
    return values


def _adopt_link(page: str) -> None:
    linked = read_link(SequenceExperiment, page)
    if linked is not None:
        experiment, st.session_state[f"{page}:notices"] = linked
        private = {name: st.session_state.get(f"{page}:values", {}).get(name) for name in UPLOADED}
        set_controls(page, experiment)
        st.session_state[f"{page}:values"] |= {name: value for name, value in private.items() if value}
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
    if name == "spectral_radius" and values["initialisation"] != "spectral":
        return False
    return about(SequenceExperiment, name)["group"] == group and SequenceExperiment.applies(
        name, values["task"], values["cell"]
    )


def _draw(page: str, name: str, values: dict[str, Any]) -> None:
    from explorer.app.own_data import own_series, own_text

    if name == "text":
        values["text"] = own_text(page, values["text"]) if values["corpus"] == "own" else values["text"]
    elif name == "values":
        values["values"] = own_series(page, values["values"]) if values["series"] == "own" else values["values"]
    elif name == "season" and values["series"] != "own":
        return
    else:
        values[name] = _widget(page, name, values)


def _widget(page: str, name: str, values: dict[str, Any]) -> Any:
    cls = SequenceExperiment
    info, extra = cls.model_fields[name], about(cls, name)
    label = f":material/bolt: {info.title}" if extra.get("live") else info.title
    common = {"key": _key(page, name), "help": info.description}
    options = choices(cls, name)
    if options:
        words = extra.get("labels", {})
        changed = {"on_change": _take_suggestions, "args": (page,)} if name == cls.leading else {}
        if len(options) > 4:
            return st.selectbox(label, options, format_func=words.get, **common, **changed)
        return st.segmented_control(label, options, format_func=words.get, required=True, width="stretch", **common, **changed)
    if isinstance(info.default, bool):
        return _bidirectional(label, common, values)
    if "options" in extra:
        offered = sorted({*extra["options"], values[name]})
        return st.select_slider(label, offered, format_func=lambda value: f"{value:g}" if value else "off", **common)
    low, high = bounds(cls, name)
    if isinstance(info.default, float):
        return st.slider(label, low, high, step=0.05, **common)
    if high - low > SLIDER_STEPS:
        return st.number_input(label, low, high, step=1, **common)
    return st.slider(label, low, high, **common)


def _bidirectional(label: str, common: dict[str, Any], values: dict[str, Any]) -> bool:
    from explorer.sequence.experiment import READS_THE_ANSWER

    blocked = values["task"] in READS_THE_ANSWER
    if blocked:
        st.session_state[common["key"]] = False
        common["help"] = "Off for this task: reading from the right, the network would see what it has to predict."
    return st.toggle(label, disabled=blocked, **common)


def _take_suggestions(page: str) -> None:
    """A new task brings its own lengths, sizes and rates; the architecture stays as chosen."""
    task = st.session_state[_key(page, "task")]
    for name in SequenceExperiment.suggested["rose"] | SequenceExperiment.suggested[task]:
        value = SequenceExperiment.suggested[task].get(name, SequenceExperiment.model_fields[name].default)
        st.session_state[_key(page, name)] = value


def _experiment(page: str, values: dict[str, Any]) -> SequenceExperiment:
    past: list[SequenceExperiment] = st.session_state.setdefault(f"{page}:past", [])
    try:
        experiment = SequenceExperiment(**values)
    except ValidationError as error:
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
    past = st.session_state[f"{page}:past"]
    st.button(
        "Undo last change", key=f"{page}:undo", icon=":material/undo:", type="tertiary", disabled=len(past) < 2,
        on_click=_undo, args=(page,), shortcut="Ctrl+Z" if False else None,
    )  # fmt: skip


def _undo(page: str) -> None:
    past = st.session_state[f"{page}:past"]
    if len(past) > 1:
        past.pop()
        set_controls(page, past[-1])
