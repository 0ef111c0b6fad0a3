"""Moments with numbers of the right shapes, from a local generator; no network is needed to draw one."""

from __future__ import annotations

import numpy as np

from explorer.figures.moment import Moment

NAMES = {"lstm": ("forget", "input", "candidate", "output"), "gru": ("reset", "update", "candidate"), "rnn": ()}


def arrays(length=4, units=8, layers=1, directions=1, cell="lstm", outputs=5, seed=0) -> dict[str, np.ndarray]:
    """The arrays of a frame, with gradients that fall by exactly one half per step back."""
    generator = np.random.default_rng(seed)
    shape = (layers, directions, length, units)
    norms = np.broadcast_to(0.5 ** np.arange(length)[::-1], (layers, directions, length)).copy()
    naive = np.zeros((directions, length))
    naive[:, -1] = 1.0
    chances = generator.dirichlet(np.ones(outputs), length).astype(np.float32)
    found = {"hidden": generator.uniform(-1, 1, shape).astype(np.float32), "grad_hidden": norms, "grad_naive": naive}
    found |= {f"gate/{name}": generator.uniform(0, 1, shape).astype(np.float32) for name in NAMES[cell]}
    if cell == "lstm":
        found |= {"cell": generator.normal(0, 2, shape).astype(np.float32), "grad_cell": norms * 0.8}
    return found | {"outputs": chances}


def moment(length=4, cell="lstm", words=None, **kind) -> Moment:
    """A moment of that many steps, with words to read and to expect."""
    words = words or ["rose", "is", "red", "<end>"]
    steps = [words[i % len(words)] for i in range(length)]
    labels = tuple(dict.fromkeys([*words, "a", "b", "c"]))
    found = arrays(length, cell=cell, outputs=len(labels), **kind)
    return Moment(steps, found, cell, expected=[*steps[1:], words[0]], labels=labels, start=found)


def texts(figure) -> list[str]:
    """Every text a figure shows: annotations, ticks, names on points."""
    found = [note.text for note in figure.layout.annotations or ()]
    for name in figure.layout.to_plotly_json():
        if name.startswith(("xaxis", "yaxis")):
            found += list(figure.layout[name].ticktext or ()) + list((figure.layout[name].labelalias or {}).values())
    for trace in figure.data:
        found += [] if getattr(trace, "text", None) is None else list(trace.text)
        found += [] if getattr(trace, "hovertemplate", None) is None else [trace.hovertemplate]
    return [str(text) for text in found]
