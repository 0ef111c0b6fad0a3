"""A sidebar made from the fields of an experiment: title, help, bounds and choices are stated there, once.

What is particular to one kind of experiment (which fields are shown when, what visitors bring) is its `Sheet`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

import streamlit as st
from pydantic import ValidationError

from explorer.app.clicks import once
from explorer.app.following import E
from explorer.app.links import read_link, safe_markdown, write_link
from explorer.app.widgets import field_widget
from explorer.experiment import about, choices, explain, to_link

PAST_LIMIT = 20
Values = dict[str, Any]


@dataclass(frozen=True)
class Sheet(Generic[E]):
    """How the controls of one kind of experiment are laid out.

    Attributes
    ----------
    experiment : type
        The class whose fields are drawn.
    groups : mapping of str to str
        Group of fields to its heading, in the order in which they are drawn.
    shown : callable
        ``(field, values) -> bool``: whether a field means anything beside the others.
    own : mapping of str to callable
        Private fields and the widget that fills each: ``(key, value) -> value``. Never lost by a change of the others.
    more : callable
        ``(field, values) -> dict``: further arguments of a field's widget.
    adjust : callable
        ``(values) -> dict``: what else changes with the leading field.
    tidy : callable
        ``(field, value, values) -> value``: what a widget's value counts as.
    unlinked : callable
        ``(values) -> fields`` that the address must not hold, beside the private ones.
    """

    experiment: type[E]
    groups: Mapping[str, str]
    shown: Callable[[str, Values], bool] = lambda name, values: True
    own: Mapping[str, Callable[[str, Any], Any]] = field(default_factory=dict)
    more: Callable[[str, Values], Values] = lambda name, values: {}
    adjust: Callable[[Values], Values] = lambda values: {}
    tidy: Callable[[str, Any, Values], Any] = lambda name, value, values: value
    unlinked: Callable[[Values], tuple[str, ...]] = lambda values: ()


def experiment_controls(page: str, sheet: Sheet[E], address: str | None = None) -> E:
    """Draw the sidebar of a page and return what it says.

    Values that do not go together leave the last admissible experiment in place and say what would fit.

    Parameters
    ----------
    address : str, optional
        Whose address is read and written, when it is that of a page with several views, each with a `page` of its own.
    """
    address = address or page
    st.session_state[f"{page}:sheet"] = sheet
    _adopt_link(page, sheet, address)
    values = st.session_state[f"{page}:values"]
    with st.sidebar:
        for group, title in sheet.groups.items():
            _draw_group(page, sheet, group, title, values)
        experiment = _experiment(page, sheet, values)
        _undo_button(page)
    notices = st.session_state.get(f"{page}:notices")
    if notices:
        st.warning(" \n\n".join(safe_markdown(notice) for notice in notices), icon=":material/link_off:")
    write_link(experiment, address, without=sheet.unlinked(dict(experiment)))
    return experiment


def field_beside(page: str, name: str, **more: Any) -> None:
    """Draw the widget of one field where this is called: beside the picture that it changes, not in the sidebar.

    Only after `experiment_controls`, and for a group that its sheet leaves out; what is chosen counts from the next run on.
    """
    sheet, key = st.session_state[f"{page}:sheet"], field_key(page, name)
    value = st.session_state[f"{page}:values"][name]
    field_widget(sheet.experiment, name, value, key, on_change=take_value, args=(page, name, key), **more)


def field_key(page: str, name: str) -> str:
    """Key of the widget of a field, for one that is drawn otherwise than `field_beside` does; see `take_value`."""
    return _key(page, name)


def take_value(page: str, name: str, key: str) -> None:
    """The callback of such a widget."""
    if st.session_state[key] is not None:
        st.session_state[f"{page}:values"][name] = st.session_state[key]


def set_controls(page: str, experiment: E) -> None:
    """Let the widgets of a page show this experiment from the next run on; a visitor's own data is never lost by it."""
    old, cls = st.session_state.get(f"{page}:values", {}), type(experiment)
    private = [name for name in cls.model_fields if about(cls, name).get("private")]
    own = {name: old[name] for name in private if old.get(name) and not getattr(experiment, name)}
    _set_values(page, {**dict(experiment), **own})


def _set_values(page: str, new: Values) -> None:
    """Change what widgets show. A widget keeps its value under its key, so one that changes gets a new key."""
    values = st.session_state.setdefault(f"{page}:values", {})
    editions = st.session_state.setdefault(f"{page}:editions", {})
    for name, value in new.items():
        if name not in values or values[name] != value:
            editions[name] = editions.get(name, 0) + 1
    values.update(new)


def _key(page: str, name: str) -> str:
    return f"{page}.{name}.{st.session_state[f'{page}:editions'][name]}"


def _adopt_link(page: str, sheet: Sheet[E], address: str) -> None:
    linked = read_link(sheet.experiment, address)
    if linked is not None:
        experiment, st.session_state[f"{page}:notices"] = linked
        set_controls(page, experiment)
    elif f"{page}:values" not in st.session_state:
        set_controls(page, sheet.experiment())


def _draw_group(page: str, sheet: Sheet[E], group: str, title: str, values: Values) -> None:
    cls = sheet.experiment
    names = [name for name in cls.model_fields if about(cls, name)["group"] == group]
    open_, folded = _split(names, lambda name: not about(cls, name).get("folded"))
    live, anew = _split(open_, lambda name: about(cls, name).get("live"))
    if not any(sheet.shown(name, values) for name in names):
        return
    st.subheader(title)
    if any(sheet.shown(name, values) for name in live):
        st.caption(":material/bolt: *takes effect while it runs*; everything else starts anew")
    _draw_fields(page, sheet, [*live, *anew], values)
    if any(sheet.shown(name, values) for name in folded):
        with st.expander(f"More on {title.lower()}"):
            _draw_fields(page, sheet, folded, values)


def _draw_fields(page: str, sheet: Sheet[E], names: list[str], values: Values) -> None:
    """Draw those that mean something by now: what was drawn before them may have changed in this very run."""
    for name in names:
        if sheet.shown(name, values):
            _draw(page, sheet, name, values)


def _split(names: list[str], first: Any) -> tuple[list[str], list[str]]:
    return [name for name in names if first(name)], [name for name in names if not first(name)]


def _draw(page: str, sheet: Sheet[E], name: str, values: Values) -> None:
    if name in sheet.own:
        values[name] = sheet.own[name](_key(page, name), values[name])
    else:
        values[name] = sheet.tidy(name, _widget(page, sheet, name, values), values)


def _widget(page: str, sheet: Sheet[E], name: str, values: Values) -> Any:
    cls, key, more = sheet.experiment, _key(page, name), {}
    if about(cls, name).get("live"):
        more["label"] = f":material/bolt: {cls.model_fields[name].title}"
    if name == cls.leading or name in cls.suggested_by:
        more |= {"on_change": _take_suggestions, "args": (page, name, key)}
    if choices(cls, name):
        more["buttons"] = 4
    elif not (about(cls, name).get("options") or isinstance(cls.model_fields[name].default, bool | str)):
        more["slide"] = True
    return field_widget(cls, name, values[name], key, **{**more, **sheet.more(name, values)})


def _take_suggestions(page: str, name: str, key: str) -> None:
    """A new choice of a field that suggests others brings its own sizes and rates; what it suggests nothing for stays as chosen."""
    sheet: Sheet[Any] = st.session_state[f"{page}:sheet"]
    cls, values = sheet.experiment, st.session_state[f"{page}:values"]
    values[name] = st.session_state[key]
    table = cls.suggested if name == cls.leading else cls.suggested_by[name]
    fields = {field for suggestion in table.values() for field in suggestion}
    fitting = {field: cls.model_fields[field].default for field in fields} | cls.suggestions(values)
    adjusted = sheet.adjust(values) if name == cls.leading else {}
    _set_values(page, {**{field: fitting[field] for field in fields}, **adjusted})


def _experiment(page: str, sheet: Sheet[E], values: Values) -> E:
    cls = sheet.experiment
    past: list[E] = st.session_state.setdefault(f"{page}:past", [])
    st.session_state[f"{page}:refused"] = False
    try:
        experiment = cls(**values)
    except ValidationError as error:
        st.session_state[f"{page}:refused"] = True
        st.error(safe_markdown(" ".join(explain(error))), icon=":material/block:")
        if past:
            st.caption("The page still shows the last settings that go together.")
            return past[-1]
        return cls(**({cls.leading: values[cls.leading]} if cls.leading else {}))
    if past and _only_own_data_came(past[-1], experiment):
        past[-1] = experiment
    elif not past or past[-1] != experiment:
        past.append(experiment)
        del past[:-PAST_LIMIT]
        if len(past) > 1 and to_link(past[-1]) != to_link(past[-2]):
            st.session_state[f"{page}:notices"] = []
    return experiment


def _only_own_data_came(before: E, now: E) -> bool:
    """Whether what a visitor brought is all that is new: not a change of its own, for Undo leaves it where it is."""
    private = {name for name in type(now).model_fields if about(type(now), name).get("private")}
    return all(value == getattr(now, name) or (name in private and not value) for name, value in before)


def _undo_button(page: str) -> None:
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
