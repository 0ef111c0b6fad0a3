"""Real names by their kind: people from the 1990 census of the United States, places and languages from Unicode's CLDR.

They ship inside two packages, `names` and `babel`; nothing is downloaded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, Literal

from explorer.text.shipped import shipped

Census = Literal["female", "male", "surname"]
FILES = {"female": "dist.female.first", "male": "dist.male.first", "surname": "dist.all.last"}
NO_LANGUAGE = frozenset({"mul", "und", "zxx", "root"})
"""Codes for several languages, an unknown one, and none."""
NO_COUNTRY = frozenset({"ZZ"})
NO_CITY = ("Etc/", "Antarctica/", "Arctic/")
"""Time zones that are named after no town."""
_REMARK = re.compile(r"\s*\([^)]*\)| SAR China")


@lru_cache(maxsize=3)
def census(kind: Census) -> tuple[tuple[str, float], ...]:
    """Names, most frequent first, each with the share of people (in per cent) that bears it.

    Parameters
    ----------
    kind : {"female", "male", "surname"}
        4,275 and 1,219 first names, 88,799 surnames; ``Mary``, not ``MARY``.
    """
    lines = shipped("names", FILES[kind]).read_text(encoding="ascii").splitlines()
    rows = (line.split() for line in lines if line.strip())
    return tuple((name.capitalize(), float(share)) for name, share, *_ in rows)


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """English short names of countries and territories, in alphabetical order."""
    from babel import Locale
    from babel.core import get_global

    codes = {code for code in get_global("zone_territories").values() if len(code) == 2} - NO_COUNTRY
    return tuple(sorted(_country(code, Locale("en")) for code in codes))


@lru_cache(maxsize=1)
def cities() -> tuple[str, ...]:
    """English names of the towns (now and then an island) after which time zones are named, in alphabetical order."""
    return tuple(sorted({city for city, _ in cities_of_countries()}))


@lru_cache(maxsize=1)
def cities_of_countries() -> tuple[tuple[str, str], ...]:
    """Each of these cities with the country or territory it lies in, in alphabetical order."""
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    zones = {zone: code for zone, code in get_global("zone_territories").items() if not zone.startswith(NO_CITY)}
    return tuple(sorted({(_city(zone, english), _country(code, english)) for zone, code in zones.items()}))


def _city(zone: str, locale: Any) -> str:
    # CLDR only names a city where the zone's own identifier does not.
    name = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
    return name.partition(",")[0]


def _country(code: str, locale: Any) -> str:
    return _REMARK.sub("", locale.territories[code])


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """English names of languages, without those of one country's variety, in alphabetical order."""
    from babel import Locale

    named = Locale("en").languages.items()
    return tuple(sorted({_REMARK.sub("", name) for code, name in named if "_" not in code and code not in NO_LANGUAGE}))


def plain_letters(name: str) -> str:
    """A name in small letters without accents: ``São Tomé`` gives ``sao tome``; typographic apostrophes become plain."""
    spelled = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʼ", "'"))
    return "".join(letter for letter in spelled if not unicodedata.combining(letter)).lower()
