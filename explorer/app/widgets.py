"""One widget for one field of an experiment: title, help, bounds and choices are stated there."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.experiment import Experiment, about, bounds, choices

MOST_BUTTONS = 3
"""More choices than this go into a list."""


def field_widget(cls: type[Experiment], name: str, value: Any, key: str, **more: Any) -> Any:
    """Draw the widget of a field and return what it says.

    Parameters
    ----------
    value : Any
        What it shows at first under this key.
    **more
        Passed on to the widget; `most` lowers the highest admissible number, `options` narrows the choices.
    """
    info, options = cls.model_fields[name], more.pop("options", None) or choices(cls, name)
    common = {"key": key, "help": info.description, **more}
    if options:
        words = about(cls, name).get("labels", {})
        if len(options) > MOST_BUTTONS:
            return st.selectbox(info.title, options, options.index(value), format_func=words.get, **common)
        return st.segmented_control(
            info.title, options, default=value, format_func=words.get, required=True, width="stretch", **common
        )
    if isinstance(info.default, str):
        return st.text_input(info.title, value, **common)
    low, high = bounds(cls, name)
    most = common.pop("most", high)
    return st.number_input(info.title, low, max(most, low), min(value, max(most, low)), step=1, **common)
