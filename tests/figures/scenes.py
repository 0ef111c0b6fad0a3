"""Scenes of every shape with numbers of the right sizes, from a local generator; no network is needed to draw one."""

from __future__ import annotations

import numpy as np

from explorer.figures.topology_scene import Column, Scene

UNITS = 6
PICTURE = np.linspace(0.0, 1.0, 64).reshape(8, 8)
TOP = (("7", 0.81), ("1", 0.1), ("9", 0.05), ("3", 0.01))


def states(length: int, directions: int = 1) -> np.ndarray:
    return np.tanh(np.random.default_rng(length).standard_normal((directions, length, UNITS)))


def halving(length: int, name: str = "of the answer") -> dict[str, np.ndarray]:
    """Gradients that fall by exactly one half per step back from 0.5."""
    return {name: 0.5 ** np.arange(length, 0, -1)}


def one_to_one() -> Scene:
    return Scene([Column("picture", PICTURE, TOP, right="7", loss=True)], states(1), halving(1), across=False)


def many_to_one(right: str = "7") -> Scene:
    last = 7
    columns = [
        Column(f"row {t + 1}", PICTURE[t], TOP if t == last else (), right=right if t == last else "", loss=t == last)
        for t in range(8)
    ]
    return Scene(columns, states(8), halving(8), picture=PICTURE)


def in_step(directions: int = 1) -> Scene:
    columns = [Column(f"row {t + 1}", PICTURE[t], TOP, right="7" if t else "2", loss=True) for t in range(8)]
    gradients = {"of all answers": np.full(8, 0.5), "of the last answer": 0.5 ** np.arange(8, 0, -1)}
    return Scene(columns, states(8, directions), gradients, picture=PICTURE)


def drawing() -> Scene:
    rows = [Column(pixels=PICTURE[t - 1] if t else None, draws=PICTURE[t], loss=True, fed_back=t > 0) for t in range(8)]
    return Scene([Column("7", encodes=True), *rows], states(9), halving(9), picture=PICTURE)


def translation(read: str = "two", written: str = "zwei■", right: str | None = None, attention: bool = True) -> Scene:
    right = written if right is None else right
    fed = "▸" + written
    columns = [Column(letter, encodes=True) for letter in read]
    columns += [
        Column(fed[t], guesses=((letter, 0.9), ("x", 0.1)), right=right[t : t + 1], loss=True, fed_back=t > 0)
        for t, letter in enumerate(written)
    ]
    weights = np.eye(len(written), len(read)) * 0.7 + 0.3 / len(read)
    weights = weights / weights.sum(axis=1, keepdims=True)
    return Scene(columns, states(len(columns)), halving(len(columns)), attention=weights if attention else None)


ALL = {
    "one-to-one": one_to_one, "many-to-one": many_to_one, "in-step": in_step, "one-to-many": drawing,
    "encoder-decoder": translation,
}  # fmt: skip
