"""The controls of the page "Generation": the models in the sidebar, how they write above what they write."""

from __future__ import annotations

import streamlit as st

from explorer.app.clicks import once
from explorer.app.controls import Sheet, experiment_controls, field_beside, field_key, set_controls, take_value
from explorer.app.generate_setting import PAGE, Generation, is_shown
from explorer.app.own_data import own_text
from explorer.sequence.generation.writing import LONGEST_PROMPT

GROUPS = {"text": "Text", "architecture": "Three models alike", "training": "Training"}
SHEET = Sheet(Generation, GROUPS, shown=is_shown, own={"text": own_text})
MOST_DRAWS = 9999


def generate_controls() -> Generation:
    """Draw the sidebar of the page and return what it says; see `experiment_controls`."""
    return experiment_controls(PAGE, SHEET)


def writing_controls(now: Generation) -> None:
    """Draw the prompt and the rule of drawing; what they say counts from the next run of the page on."""
    with st.container(key="generate_rule"):
        first, second, third, fourth = st.columns([5, 3, 3, 3], gap="medium", vertical_alignment="top")
        with first:
            _prompt(now)
        with second:
            field_beside(PAGE, "temperature")
        with third:
            field_beside(PAGE, "top_k")
        with fourth:
            field_beside(PAGE, "top_p")


def _prompt(now: Generation) -> None:
    info, key = Generation.model_fields["prompt"], field_key(PAGE, "prompt")
    st.text_input(
        info.title, value=now.prompt, key=key, help=info.description, max_chars=LONGEST_PROMPT, on_change=take_value,
        args=(PAGE, "prompt", key), placeholder="Empty: a new paragraph",
    )  # fmt: skip


def draw_button(now: Generation) -> None:
    """Draw the button that lets chance decide anew."""
    st.button(
        "Another text", key=f"{PAGE}:another", icon=":material/casino:", on_click=once(_draw_anew), args=(now,),
        help="The same models, the same rule, other chances.",
    )  # fmt: skip


def _draw_anew(now: Generation) -> None:
    set_controls(PAGE, now.replace(draw=now.draw % MOST_DRAWS + 1))
