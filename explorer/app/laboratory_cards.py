"""Three cards in a row: how fast each network's gradient changes, how long it lasts, and what theory knows of it."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.figures.canvas import number


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of one network, in our own words and numbers.

    Attributes
    ----------
    name : str
    colour : str
        One of the theme's.
    numbers : tuple of (str, str)
        Each a value and what it is.
    sentence : str
        Below the numbers.
    aside : str
        Beside the name, for instance where the training stands.
    """

    name: str
    colour: str
    numbers: tuple[tuple[str, str], ...]
    sentence: str = ""
    aside: str = ""


def gradient_numbers(factor: float, half_life: float, arrives: float) -> tuple[tuple[str, str], ...]:
    """The three numbers of a gradient's profile.

    Parameters
    ----------
    factor : float
        Per step back; NaN when there are too few steps.
    half_life : float
        Steps back after which half is left; infinite when it does not fall.
    arrives : float
        |dL/dh_1|.
    """
    return (
        (_factor(factor), "per step back"), (_half_life(half_life), "to the half"), (number(arrives), "is left at step 1")
    )  # fmt: skip


def cards(page: str, shown: Sequence[Card]) -> None:
    """Draw the cards side by side, equally tall."""
    with st.container(key=f"cards_{page.replace('.', '_')}"):
        st.html(f'<div class="lab-cards">{"".join(map(_card, shown))}</div>{STYLE}')


def _card(card: Card) -> str:
    cells = "".join(f"<div><b>{html.escape(value)}</b><span>{html.escape(name)}</span></div>" for value, name in card.numbers)
    return (
        f'<section style="border-top-color:{card.colour}"><header><strong style="color:{card.colour}">{html.escape(card.name)}'
        f"</strong><span>{html.escape(card.aside)}</span></header><div class='lab-numbers' style='--n:{len(card.numbers)}'>{cells}</div>"
        f"<p>{html.escape(card.sentence)}</p></section>"
    )


def _factor(factor: float) -> str:
    if math.isnan(factor):
        return "no way back"
    return f"×{factor:.3f}" if 0.985 < factor < 1.015 else f"×{factor:.2f}"


def _half_life(steps: float) -> str:
    if math.isnan(steps):
        return "–"
    if math.isinf(steps):
        return "never"
    return f"{steps:.1f} steps" if steps < 10 else f"{steps:,.0f} steps"


STYLE = """<style>
.lab-cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.lab-cards section { border: 1px solid color-mix(in srgb, currentColor 14%, transparent); border-top-width: 3px;
  border-radius: 0.5rem; padding: 0.7rem 1rem 0.6rem; }
.lab-cards header { display: flex; justify-content: space-between; align-items: baseline; font-size: 1.05rem; }
.lab-cards header span { font-size: 0.85rem; opacity: 0.7; font-variant-numeric: tabular-nums; }
.lab-numbers { display: grid; grid-template-columns: repeat(var(--n), minmax(0, 1fr)); gap: 0.6rem; margin: 0.35rem 0 0.45rem;
  font-variant-numeric: tabular-nums; }
.lab-numbers b { display: block; font-size: 1.3rem; font-weight: 600; line-height: 1.25; white-space: nowrap; }
.lab-numbers span { font-size: 0.8rem; opacity: 0.75; line-height: 1.2; display: block; }
.lab-cards p { font-size: 0.88rem; line-height: 1.4; opacity: 0.85; margin: 0; }
</style>"""
