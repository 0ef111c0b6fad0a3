"""What visitors type: neither empty nor endless, and told in plain words where it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

MOST_TYPED = 200
"""Longest text a visitor may type, in characters."""


def check_typed(text: str, example: str) -> str:
    """What was typed, unless it is empty or far too long.

    Raises
    ------
    ValueError
        With the remedy.
    """
    if not text.strip():
        raise ValueError(f"There is nothing to read yet. Type something like “{example}”.")
    if len(text) > MOST_TYPED:
        raise ValueError(
            f"This is {len(text):,} characters long; at most {MOST_TYPED} can be read. Shorten it to something like "
            f"“{example}”."
        )
    return text


def listed(signs: Sequence[str], most: int = 5) -> str:
    """Signs for a sentence; those that cannot be seen by their code point."""
    shown = [f"“{sign}”" if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs[:most]]
    return ", ".join(shown) + (f" and {len(signs) - most} more" if len(signs) > most else "")
