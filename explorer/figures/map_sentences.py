"""What to notice on a map of words, in computed sentences; and the lines that say how it was made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.naming import hundredths, quoted


def trust_line(kept: float, neighbours: int, chance: float, measure: str, trust: float, sample: int, words: int) -> str:
    """How far a map can be believed, for the caption.

    Parameters
    ----------
    kept, chance : float
        True neighbours of each word that are near on the map, on average; and of a map drawn at random.
    neighbours : int
        True neighbours of each word that were looked for, by the `measure`.
    trust : float
        Trustworthiness of `sample` of the `words`; NaN when it was not measured.
    """
    if not neighbours:
        return ""
    text = f"of {neighbours} true neighbours ({_by(measure)}) the map keeps {kept:.1f} near, by chance {_small(chance)}"
    if not np.isfinite(trust):
        return text
    told = "" if sample >= words else f" (of {sample:,} words)"
    return f"{text} · trustworthiness {hundredths(trust)}{told}"


def _by(measure: str) -> str:
    return "cosine" if measure == "cosine" else "Euclidean distance"


def _small(value: float) -> str:
    return f"{value:.1f}" if value >= 0.05 else f"{value:.1g}"


def map_sentence(kept: float, neighbours: int, spread: np.ndarray) -> str:
    """How much of the neighbourhoods a map keeps, and how that differs from word to word; `spread` is each word's share."""
    if not neighbours or not len(spread):
        return ""
    none = 100 * float((spread <= 0).mean())
    most = 100 * float((spread >= 0.5).mean())
    read = (
        "Read it for regions, not for neighbours."
        if kept < 0.5 * neighbours
        else "Most neighbourhoods are what they seem."
    )
    return (
        f"Of each word's {neighbours} true neighbours the map keeps {kept:.1f} near: at least half of them for {most:.0f} % of "
        f"the words, not one for {none:.0f} %. {read}"
    )


def word_sentence(word: str, kept: Sequence[str], torn: Sequence[str]) -> str:
    """What the map did to the neighbours of one word."""
    all_ = len(kept) + len(torn)
    if not all_:
        return ""
    if not torn:
        return f"{quoted(word)} keeps all {all_} of its true neighbours near."
    listed = ", ".join(quoted(one) for one in list(torn)[:3])
    more = f" and {len(torn) - 3} more" if len(torn) > 3 else ""
    verb = "leads" if len(torn) == 1 else "lead"
    line = "red line" if len(torn) == 1 else "red lines"
    return f"{quoted(word)} keeps {len(kept)} of {all_}; the {line} {verb} to {listed}{more}, which the map tore away."


def component_sentence(shares: np.ndarray, shown: Sequence[int], whole: str = "variance") -> str:
    """How little two of many components are."""
    picked = sorted(set(shown))
    held = 100 * float(np.asarray(shares)[picked].sum())
    rest = "The rest is not on this map." if held < 99.5 else "Nothing is left out."
    names = " and ".join(str(i + 1) for i in picked)
    plural = "Component" if len(picked) == 1 else "Components"
    return f"{plural} {names} hold{'s' if len(picked) == 1 else ''} {held:.1f} % of the {whole}. {rest}"


def agreement_sentence(shared: float, neighbours: int, maps: int) -> str:
    """How far maps from several starts agree about who is near whom."""
    if not neighbours or maps < 2:
        return ""
    return (
        f"On two of these maps a word shares {shared:.1f} of its {neighbours} nearest on the map, on average. What all of them "
        "show is in the words; where an island lies, and beside which, is chance."
    )
