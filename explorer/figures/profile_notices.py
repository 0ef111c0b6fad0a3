"""What to notice about gradient profiles of several networks beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.naming import count, share_of

LOST, ALIVE, GROWN = 1e-6, 0.01, 100.0
"""Shares of an error below which it counts as lost, above which as alive, and above which as exploded."""
AS_ONE = 1.5
"""Factors between two networks below this are no difference worth telling."""


def probe_notice(
    factors: Mapping[str, float], hidden: Mapping[str, np.ndarray], cuts: Sequence[int] = (), every: bool = False
) -> str:
    """What the leading picture shows before training.

    Parameters
    ----------
    factors : mapping of str to float
        Network to its gradient's factor per step back.
    hidden : mapping of str to array
        Network to |dL/dh_t|, (T,).
    cuts : sequence of int
        Where truncation cuts, counted from 0.
    every : bool
        Whether each step has an error of its own.
    """
    if every:
        return _every(hidden, cuts)
    if cuts:
        return _cut(hidden, cuts)
    arrived = {name: share(norms) for name, norms in hidden.items()}
    length = len(next(iter(hidden.values())))
    return f"{_fate(arrived, factors, length)} {_compared(arrived)}".strip()


def training_notice(profiles: Mapping[str, tuple[np.ndarray | None, np.ndarray]], answer: str) -> str:
    """How the share that arrives at the first step changed in training.

    Parameters
    ----------
    profiles : mapping of str to (start, now)
        |dL/dh_t| before training, None when there was none yet, and now, (T,).
    answer : str
        Whose loss it is, such as "the loss of the answer".
    """
    now = {name: share(norms) for name, (_, norms) in profiles.items()}
    if any(start is None for start, _ in profiles.values()):
        told = ", ".join(f"{share_of(one)} in the {name}" for name, one in now.items())
        return f"Before training, of {answer} this much arrives at the first step: {told}. Training can change that: press Play."
    before = {name: share(start) for name, (start, _) in profiles.items()}
    told = [f"{name} {number(before[name])} → {number(now[name])}" for name in profiles]
    best = max(now, key=now.get)
    verdict = (
        f"The {best} has learned to let it through." if now[best] >= ALIVE > before[best]
        else f"In the {best} it gets through." if now[best] >= ALIVE
        else "So far it gets through in none of them."
    )  # fmt: skip
    return f"Share of the gradient that arrives at the first step, before training and now: {', '.join(told)}. {verdict}"


def backward_notice(profiles: Mapping[str, np.ndarray]) -> str:
    """Whether gradients (T,) grow or fade on their way back."""
    told = []
    for name, norms in profiles.items():
        norms = np.asarray(norms, dtype=float)
        if not np.isfinite(norms).all():
            told.append(f"in the training that is {name} it is no finite number any more")
            continue
        arrived = share(norms)
        if not np.isfinite(arrived):
            told.append(f"in the training that is {name} there is none")
        else:
            verb = "grows" if arrived > AS_ONE else "fades" if arrived < 1 / AS_ONE else "keeps its size"
            told.append(f"in the training that is {name} it {verb} (×{number(arrived)} over {count(len(norms) - 1)})")
    return f"The gradient on its way back from the last step to the first: {'; '.join(told)}."


Pair = tuple[str, str]
"""What the misreading says, and what is there."""


def naive_notice(naive: Mapping[str, np.ndarray], true: Mapping[str, np.ndarray]) -> Pair:
    """Of the gradient of a fused module's output, and the true one, by network, (T,)."""
    length = len(next(iter(naive.values())))
    seen = max(int(np.count_nonzero(norms)) for norms in naive.values())
    alive = ", ".join(f"×{number(share(norms))} in the {name}" for name, norms in true.items())
    there = min(int(np.count_nonzero(norms)) for norms in true.values())
    return (
        f"It is 0 at {length - seen} of {count(length)}, in every network alike, as if nothing ever came back.",
        f"It is there at {there} of {count(length)}. Of the last step's, this much arrives at the first: {alive}.",
    )


def choice_notice(every: Mapping[str, np.ndarray], last: Mapping[str, np.ndarray]) -> Pair:
    """Of the loss of all steps together, and of the last one alone, by network, (T,)."""
    middle = {name: float(np.median(norms)) for name, norms in every.items()}
    least, most = min(middle, key=middle.get), max(middle, key=middle.get)
    arrived = ", ".join(f"×{number(share(norms))} in the {name}" for name, norms in last.items())
    return (
        f"Nothing vanishes: at a typical step the {least} has {number(middle[least])} and the {most} {number(middle[most])}.",
        f"Of the last step's error alone this much arrives at the first step: {arrived}. All the rest above was made nearby.",
    )


def mean_notice(shares: Mapping[str, np.ndarray], samples: int) -> Pair:
    """Of what is left of the gradients' mean length when they are averaged first, by network, (T,)."""
    last = float(np.median([one[-1] for one in shares.values()]))
    first = ", ".join(f"×{float(one[0]):.2f} in the {name}" for name, one in shares.items() if np.isfinite(one[0]))
    spread = [float(np.nanmax(one) / np.nanmin(one)) for one in shares.values() if np.nanmin(one) > 0]
    return (
        f"At the last step only ×{last:.2f} is left: {samples} errors that point anywhere leave about 1/√{samples} = {samples**-0.5:.2f}. "
        f"At the first step it is {first or 'nothing'}: on the way they came to point along few directions, and agree or disagree anew.",
        f"The slope says how fast an error fades. Averaging first would bend it by a factor of up to {number(max(spread, default=1.0))}.",
    )


def share(norms: np.ndarray) -> float:
    """What of the last step's gradient arrives at the first; NaN where there is none."""
    norms = np.asarray(norms, dtype=float)
    return float(norms[0] / norms[-1]) if norms[-1] > 0 else float("nan")


def _fate(arrived: Mapping[str, float], factors: Mapping[str, float], length: int) -> str:
    grown = [name for name, one in arrived.items() if one > GROWN]
    lost = [name for name, one in arrived.items() if one < LOST]
    if grown:
        name = max(grown, key=arrived.get)
        return (
            f"The gradient of the {_listed(grown)} explodes: on its way back over {count(length)} it grows "
            f"{number(arrived[name])} times in the {name}."
        )
    if len(lost) == len(arrived):
        return (
            f"All of them forget: what was read {count(length - 1)} before the error cannot be learned from it. Gates alone "
            "do not help; they have to start open (turn up the forget- and update-gate bias)."
        )
    alive = [name for name, one in arrived.items() if one >= ALIVE]
    if len(alive) == len(arrived):
        return f"In all of them the error of the last step still reaches the first of {count(length)}."
    if alive:
        said = ", ".join(f"{share_of(arrived[name])} in the {name}" for name in alive)
        return f"The error reaches the first of {count(length)} with {said}; the {_listed(_without(arrived, alive))} lost it on the way."
    return f"The error fades in all of them over {count(length)}, by ×{min(factors.values()):.2f} to ×{max(factors.values()):.2f} per step."


def _compared(arrived: Mapping[str, float]) -> str:
    known = {name: one for name, one in arrived.items() if one > 0}
    if len(known) < 2:
        return ""
    best, least = max(known, key=known.get), min(known, key=known.get)
    ratio = known[best] / known[least]
    if ratio < AS_ONE:
        return "They hardly differ."
    return f"At the first step the {best} has {number(ratio)} times as much as the {least}."


def _cut(hidden: Mapping[str, np.ndarray], cuts: Sequence[int]) -> str:
    length = len(next(iter(hidden.values())))
    edge = cuts[-1]
    left = ", ".join(f"{share_of(float(norms[edge] / norms[-1]))} in the {name}" for name, norms in hidden.items() if norms[-1] > 0)
    return (
        f"The way back is cut {count(length - edge)} from the end: the {count(edge)} before get exactly 0 from this error, in "
        f"every network, however well it keeps. That is not vanishing, it was never computed. At the cut there was still {left}."
    )


def _every(hidden: Mapping[str, np.ndarray], cuts: Sequence[int]) -> str:
    first = {name: float(norms[0]) for name, norms in hidden.items()}
    said = ", ".join(f"{number(one)} in the {name}" for name, one in first.items())
    cut = "Cuts hardly show, for the same reason. " if cuts else ""
    return (
        f"Every step has an error of its own of size 1, so every state hears at least that: {said} at the first step. The line says "
        f"nothing about how far an error travels. {cut}The table below takes the errors apart."
    )


def _without(all_: Mapping[str, float], some: Sequence[str]) -> list[str]:
    return [name for name in all_ if name not in some]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
