"""Word groups of published association tests: Caliskan, Bryson and Narayanan (2017), after Greenwald and others."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Words that stand for one idea."""

    name: str
    words: tuple[str, ...]


class Groups(NamedTuple):
    """What is compared: two groups of targets by how near they are to two groups of attributes."""

    title: str
    one: Group
    other: Group
    towards: Group
    away: Group


def _group(name: str, words: str) -> Group:
    return Group(name, tuple(words.split()))


_PLEASANT = _group(
    "pleasant",
    "caress freedom health love peace cheer friend heaven loyal pleasure diamond gentle honest lucky rainbow diploma gift "
    "honor miracle sunrise family happy laughter paradise vacation",
)
_UNPLEASANT = _group(
    "unpleasant",
    "abuse crash filth murder sickness accident death grief poison stink assault disaster hatred pollute tragedy divorce "
    "jail poverty ugly cancer kill rotten vomit agony prison",
)
GROUPS = {
    "flowers": Groups(
        "Flowers and insects",
        _group(
            "flowers",
            "aster clover hyacinth marigold poppy azalea crocus iris orchid rose bluebell daffodil lilac pansy tulip "
            "buttercup daisy lily peony violet carnation gladiola magnolia petunia zinnia",
        ),
        _group(
            "insects",
            "ant caterpillar flea locust spider bedbug centipede fly maggot tarantula bee cockroach gnat mosquito termite "
            "beetle cricket hornet moth wasp blackfly dragonfly horsefly roach weevil",
        ),
        _PLEASANT,
        _UNPLEASANT,
    ),
    "instruments": Groups(
        "Instruments and weapons",
        _group(
            "instruments",
            "bagpipe cello guitar lute trombone banjo clarinet harmonica mandolin trumpet bassoon drum harp oboe tuba bell "
            "fiddle harpsichord piano viola bongo flute horn saxophone violin",
        ),
        _group(
            "weapons",
            "arrow club gun missile spear axe dagger harpoon pistol sword blade dynamite hatchet rifle tank bomb firearm "
            "knife shotgun teargas cannon grenade mace slingshot whip",
        ),
        _PLEASANT,
        _UNPLEASANT,
    ),
    "career": Groups(
        "Names, careers and family",
        _group("men's names", "john paul mike kevin steve greg jeff bill"),
        _group("women's names", "amy joan lisa sarah diana kate ann donna"),
        _group("career", "executive management professional corporation salary office business career"),
        _group("family", "home parents children family cousins marriage wedding relatives"),
    ),
    "maths": Groups(
        "Mathematics and the arts",
        _group("mathematics", "math algebra geometry calculus equations computation numbers addition"),
        _group("arts", "poetry art dance literature novel symphony drama sculpture"),
        _group("male terms", "male man boy brother he him his son"),
        _group("female terms", "female woman girl sister she her hers daughter"),
    ),
    "science": Groups(
        "Science and the arts",
        _group("science", "science technology physics chemistry einstein nasa experiment astronomy"),
        _group("arts", "poetry art shakespeare dance literature novel symphony drama"),
        _group("male terms", "brother father uncle grandfather son he his him"),
        _group("female terms", "sister mother aunt grandmother daughter she hers her"),
    ),
}
"""By name; the first two groups of each are compared, the other two say along what."""
