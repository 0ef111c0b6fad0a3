"""Numbers below a million in words, as num2words writes them, put together from two tables of a thousand."""

from __future__ import annotations

from functools import lru_cache

THOUSAND = 1000


class NumberWords:
    """How one language writes numbers.

    num2words takes a third of a millisecond for a number, a whole update for a batch. In all languages offered here
    a number is its thousands followed by its rest, and the rest looks the same after every number of thousands
    (with the word or comma that joins them), so that 3,000 calls say all.

    Parameters
    ----------
    language : str
        Of num2words, or ``"digits"``.
    limit : int
        All numbers are below this.
    """

    def __init__(self, language: str, limit: int) -> None:
        self.language, self.limit = language, limit
        write = _written(language)
        self._alone = [write(n) for n in range(min(limit, THOUSAND))]
        self._thousands = ["", *(write(THOUSAND * k) for k in range(1, -(-limit // THOUSAND)))]
        joined = write(2 * THOUSAND) if limit > THOUSAND else ""
        self._rest = [write(2 * THOUSAND + r)[len(joined) :] for r in range(THOUSAND)] if limit > THOUSAND else []

    def __call__(self, number: int) -> str:
        """The number in words; it must be below the limit."""
        thousands, rest = divmod(number, THOUSAND)
        if not thousands:
            return self._alone[rest]
        if self.language == "digits":
            return str(number)
        return self._thousands[thousands] + (self._rest[rest] if rest else "")

    @property
    def letters(self) -> set[str]:
        """Every letter that occurs."""
        return set("".join([*self._alone, *self._thousands, *self._rest]))


def _written(language: str):
    if language == "digits":
        return str
    from num2words import num2words

    return lambda number: num2words(number, lang=language)


@lru_cache(maxsize=32)
def number_words(language: str, limit: int) -> NumberWords:
    """The tables of a language, made once."""
    return NumberWords(language, limit)
