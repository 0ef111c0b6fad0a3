"""Ways of writing a date: babel's locales (data of Unicode's CLDR), those that write alike counted once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

FORMATS = ("short", "medium", "long", "full")
FAMILIAR = (
    "en", "de", "fr", "es", "it", "pt", "nl", "ru", "ja", "zh", "ar", "tr", "pl", "sv", "ko", "hi", "en_GB", "fi", "cs", "el",
    "hu", "da", "id", "vi", "uk", "ro", "he", "th", "fa", "bn",
)  # fmt: skip
"""Locales that come first."""


class Way:
    """One locale's four formats.

    Attributes
    ----------
    name, language : str
        The locale's identifier, and its language's.
    """

    def __init__(self, locale: Any) -> None:
        self.name, self.language = str(locale), locale.language
        self._locale = locale
        self._patterns = {form: locale.date_formats[form] for form in FORMATS}
        self._written: dict[tuple[int, str], str] = {}

    def write(self, day: date, form: str) -> str:
        """A day in the format ``"short"``, ``"medium"``, ``"long"`` or ``"full"``."""
        return self._patterns[form].apply(day, self._locale)

    @property
    def signature(self) -> tuple[str, ...]:
        """How it writes a few days that together show every month and every day of the week."""
        return tuple(self.write(day, form) for day in SHOWN for form in FORMATS)

    @property
    def letters(self) -> set[str]:
        """Every letter that occurs."""
        return set("".join(self.signature)) | set("0123456789")


SHOWN = tuple(
    date(2021, month, 1) + timedelta(days=(month - date(2021, month, 1).weekday()) % 7) for month in range(1, 13)
)
"""Twelve days, one in each month, on every day of the week."""


@lru_cache(maxsize=16)
def ways_to_write(count: int) -> tuple[Way, ...]:
    """The first `count` locales that differ: the familiar ones, then all others by name.

    Raises
    ------
    ValueError
        When there are not so many.
    """
    found: dict[tuple[str, ...], Way] = {}
    for name in _identifiers():
        if len(found) == count:
            break
        way = _way(name)
        found.setdefault(way.signature, way)
    if len(found) < count:
        raise ValueError(f"There are {len(found)} ways to write dates here; choose at most so many.")
    return tuple(found.values())


@lru_cache(maxsize=1)
def _identifiers() -> tuple[str, ...]:
    from babel.localedata import locale_identifiers

    return (*FAMILIAR, *sorted(set(locale_identifiers()) - set(FAMILIAR)))


@lru_cache(maxsize=2000)
def _way(name: str) -> Way:
    from babel import Locale

    return Way(Locale.parse(name))
