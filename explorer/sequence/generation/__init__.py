"""Writing with a language model: what is drawn from, what is cut, and what comes of it. Heavy imports happen on use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from explorer.sequence.generation.rule import Rule

if TYPE_CHECKING:
    from explorer.sequence.generation.cutting import Cut, cut, draw
    from explorer.sequence.generation.repetition import distinct, repeated

_HOMES = {"Cut": "cutting", "cut": "cutting", "draw": "cutting", "distinct": "repetition", "repeated": "repetition"}

__all__ = ["Cut", "Rule", "cut", "distinct", "draw", "repeated"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
