"""One widget for one field of an experiment: title, help, bounds and choices are stated there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.experiment import Experiment, about, bounds, choices

MOST_BUTTONS = 3
"""More choices than this go into a list."""
SLIDER_STEPS = 400
"""A whole-number field with more values than this is typed, not slid."""


def field_widget(cls: type[Experiment], name: str, value: Any, key: str, **more: Any) -> Any:
    """Draw the widget of a field and return what it says.

    Parameters
    ----------
    value : Any
        What it shows at first under this key.
    **more
        Passed on to the widget; `label` replaces the title, `options` narrows the choices, `buttons` is how many of
        them are still drawn side by side, `most` lowers the highest admissible number, `slide` draws a slider
        for a number.
    """
    info, options = cls.model_fields[name], more.pop("options", None) or choices(cls, name)
    label = more.pop("label", info.title)
    common = {"key": key, "help": info.description, **more}
    if options:
        return _choice(label, options, value, about(cls, name).get("labels", {}), common)
    if isinstance(info.default, str):
        most = next((one.max_length for one in info.metadata if hasattr(one, "max_length")), None)
        return st.text_input(label, value, **{"max_chars": most, **common})
    if isinstance(info.default, bool):
        return st.toggle(label, value, **common)
    return _number(cls, name, label, value, common)


def _choice(label: str, options: Sequence[Any], value: Any, words: Mapping[Any, str], common: dict[str, Any]) -> Any:
    if len(options) > common.pop("buttons", MOST_BUTTONS):
        return st.selectbox(label, options, options.index(value), format_func=words.get, **common)
    return st.segmented_control(
        label, options, default=value, format_func=words.get, required=True, width="stretch", **common
    )


def _number(cls: type[Experiment], name: str, label: str, value: Any, common: dict[str, Any]) -> Any:
    low, high = bounds(cls, name)
    most, slide = common.pop("most", high), common.pop("slide", False)
    offered = about(cls, name).get("options")
    if offered:
        stops = sorted({*offered, value})
        return st.select_slider(label, stops, value, format_func=_stop, **common)
    if isinstance(value, float):
        return st.slider(label, low, high, value, step=0.05, **common)
    if slide and high - low <= SLIDER_STEPS:
        return st.slider(label, low, high, value, **common)
    most = max(most, low)
    return st.number_input(label, low, most, min(value, most), step=1, **common)


def _stop(value: float) -> str:
    """A value of a slider with given stops."""
    if not value:
        return "off"
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else f"{value:g}"
