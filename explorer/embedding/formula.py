"""Formulas of words, such as ``king - man + woman``: read by a grammar of their own, never run as a program.

::

    formula = term { ("+" | "-") term }
    term    = factor { ("*" | "/") factor }
    factor  = ("+" | "-") factor | number | word | "(" formula ")" | "mean" "(" formula { "," formula } ")"

A word may be quoted ("new york", '+'); unquoted, it ends at a space, a sign or a bracket, and a hyphen without spaces around
it belongs to it (ad-hoc). Every formula is a weighted sum of words, and that is what it is kept as.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from explorer.embedding.formula_sums import QUOTE_NUMBERS, Value, added, divided, multiplied, scaled
from explorer.embedding.formula_tokens import FormulaError, Token, tokens
from explorer.embedding.vectors import Vectors

DEEPEST = 30
"""Brackets and signs within one another."""


@dataclass(frozen=True)
class Formula:
    """A weighted sum of words.

    Attributes
    ----------
    text : str
        As it was typed.
    weights : mapping of str to float
        Of each word, in the order of their first appearance; also of words that cancel out.
    positions : mapping of str to int
        Where each word first stands in the text, counted from 0.
    """

    text: str
    weights: Mapping[str, float]
    positions: Mapping[str, int]

    @property
    def words(self) -> tuple[str, ...]:
        """The different words, in the order of their first appearance."""
        return tuple(self.weights)

    def evaluate(self, vectors: Vectors) -> np.ndarray:
        """The sum of the words' vectors, (d,) float64.

        Raises
        ------
        UnknownWord
            For the first word that has no vector.
        FormulaError
            When that word looks like a difference whose spaces were forgotten.
        """
        for word in self.words:
            if word not in vectors:
                self._suspect_a_difference(word, vectors)
        matrix = vectors.matrix[vectors.numbers(self.words)].astype(np.float64)
        return np.array(list(self.weights.values())) @ matrix

    def _suspect_a_difference(self, word: str, vectors: Vectors) -> None:
        left, hyphen, right = word.partition("-")
        if hyphen and left in vectors and right in vectors:
            raise FormulaError(
                f"“{word}” without spaces is one word, and has no vector; to subtract, write “{left} - {right}”",
                self.positions[word],
            )


def parse(text: str) -> Formula:
    """Read a formula.

    Parameters
    ----------
    text : str
        At most `formula_tokens.LONGEST` characters.

    Raises
    ------
    FormulaError
        With the position at which it cannot be understood.
    """
    reader = _Reader(text)
    value = reader.formula()
    reader.end()
    if not isinstance(value, dict):
        raise FormulaError(f"This is the number {value:g} and has no word in it; {QUOTE_NUMBERS}", 0)
    return Formula(text, value, reader.positions)


UNEXPECTED = {
    ")": "This bracket closes nothing; take it away, or open one before",
    ",": "A comma stands only in a mean, as in mean(one, two); a word with a comma needs quotes",
}


class _Reader:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self._tokens, self._at, self._depth = tokens(text), 0, 0
        self.positions: dict[str, int] = {}

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def end(self) -> None:
        """Nothing may follow."""
        reason = UNEXPECTED.get(self._next.kind, f"There is no sign before {self._next}; put +, - or * there")
        if self._next.kind != "end":
            raise FormulaError(reason, self._next.position)

    def formula(self) -> Value:
        """Terms, added and subtracted."""
        value = self._term()
        while self._next.kind in ("+", "-"):
            sign = self._take()
            value = added(value, self._term(), 1.0 if sign.kind == "+" else -1.0, sign)
        return value

    def _term(self) -> Value:
        value = self._factor()
        while self._next.kind in ("*", "/"):
            sign = self._take()
            other = self._factor()
            value = multiplied(value, other, sign) if sign.kind == "*" else divided(value, other, sign)
        return value

    def _factor(self) -> Value:
        token = self._take()
        if token.kind in ("+", "-"):
            return scaled(self._within(token, self._factor), 1.0 if token.kind == "+" else -1.0, token)
        if token.kind == "(":
            return self._within(token, lambda: self._closed(token))
        if token.kind == "word" and token.text == "mean" and not token.quoted and self._next.kind == "(":
            return self._within(token, lambda: self._mean(self._take()))
        if token.kind == "number":
            return float(token.text)
        if token.kind == "word":
            self.positions.setdefault(token.text, token.position)
            return {token.text: 1.0}
        raise FormulaError(f"Here a word is missing, before {token}", token.position)

    def _within(self, token: Token, read) -> Value:
        """What `read` gives, one level deeper."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(f"More than {DEEPEST} brackets and signs within one another", token.position)
        value = read()
        self._depth -= 1
        return value

    def _closed(self, opened: Token) -> Value:
        value = self.formula()
        if self._next.kind != ")":
            raise FormulaError(f"The bracket is closed nowhere: put “)” before {self._next}", opened.position)
        self._take()
        return value

    def _mean(self, opened: Token) -> Value:
        values = [self.formula()]
        while self._next.kind == ",":
            self._take()
            values.append(self.formula())
        if self._next.kind != ")":
            raise FormulaError(f"The list is closed nowhere: put “,” or “)” before {self._next}", opened.position)
        self._take()
        total = values[0]
        for value in values[1:]:
            total = added(total, value, 1.0, opened)
        return scaled(total, 1.0 / len(values), opened)
