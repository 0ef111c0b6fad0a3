"""Arithmetic in a formula: numbers, and sums of words, and what cannot be done with them.

Every function takes the sign that asks for it, and raises `FormulaError` at its place.
"""

from __future__ import annotations

from explorer.embedding.formula_tokens import FormulaError, Token

Sum = dict[str, float]
Value = float | Sum
"""A number, or words with their weights."""
QUOTE_NUMBERS = "put a number in quotes where it is meant as a word"
LARGEST = 1e9
"""Largest weight of a word."""


def added(one: Value, other: Value, factor: float, sign: Token) -> Value:
    """One plus `factor` times the other."""
    if isinstance(one, dict) != isinstance(other, dict):
        raise FormulaError(f"A number cannot be added to words; multiply by it, or {QUOTE_NUMBERS}", sign.position)
    if not isinstance(one, dict):
        return _finite(one + factor * other, sign)
    words = dict.fromkeys([*one, *other])
    return {word: _finite(one.get(word, 0.0) + factor * other.get(word, 0.0), sign) for word in words}


def multiplied(one: Value, other: Value, sign: Token) -> Value:
    """One times the other, of which one is a number."""
    if isinstance(one, dict) and isinstance(other, dict):
        raise FormulaError("Words cannot be multiplied with words, only with numbers", sign.position)
    return scaled(one, other, sign) if isinstance(one, dict) else scaled(other, one, sign)


def divided(one: Value, other: Value, sign: Token) -> Value:
    """One by the other, a number."""
    if isinstance(other, dict):
        raise FormulaError("Nothing can be divided by words, only by numbers", sign.position)
    if other == 0:
        raise FormulaError("Nothing can be divided by 0", sign.position)
    return scaled(one, 1.0 / other, sign)


def scaled(value: Value, factor: float, sign: Token) -> Value:
    """A value times a number."""
    if isinstance(value, dict):
        return {word: _finite(weight * factor, sign) for word, weight in value.items()}
    return _finite(value * factor, sign)


def _finite(number: float, sign: Token) -> float:
    if not abs(number) <= LARGEST:
        raise FormulaError("This number is too large", sign.position)
    return number
