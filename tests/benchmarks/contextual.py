"""The contextual model: how long it takes to load and to read, and what the page "Words in context" measures with it.

Run with ``python tests/benchmarks/contextual.py``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
import explorer  # noqa: E402, F401, I001 - first: one thread for arithmetic

import numpy as np  # noqa: E402

from explorer.applications.contextual.examples import examples_of, words  # noqa: E402
from explorer.applications.contextual.installed import contextual_model  # noqa: E402
from explorer.applications.contextual.senses import sense_gap  # noqa: E402

LAYER = 6
"""In which covering, gradients and attention are compared."""


def main() -> None:
    """Print times, gaps by layer, heads that follow a pattern, and how far three ways to explain a vector agree."""
    began = time.perf_counter(), time.process_time()
    import torch  # noqa: F401

    torch_there = time.perf_counter()
    model = contextual_model(lambda stage, share: None)
    ready = time.perf_counter()
    print(f"torch {torch_there - began[0]:.1f} s, then transformers and the model {ready - torch_there:.1f} s", end=" ")
    print(f"(processor time of both {time.process_time() - began[1]:.1f} s)")
    found = {word: _read(model, word) for word in words()}
    _gaps(model, found)
    _heads(model)
    _explanations(model, found)


def _read(model, word: str):
    from explorer.applications.contextual.occurrences import read_occurrences

    began = time.process_time()
    told = [(one.sense, one.sentence) for one in examples_of(word)]
    found = read_occurrences(model, word, told)
    print(f"{word}: {len(told)} sentences, {1000 * (time.process_time() - began) / len(told):.0f} ms of processor time each")
    return found


def _gaps(model, found) -> None:
    from explorer.applications.contextual.background import read_background

    background = read_background(model)
    print(f"two arbitrary words ({background.words} in {background.sentences} sentences), by layer", background.cosine.round(2))
    for name, centre in (("as they are", None), ("without the mean of all words", background.mean)):
        gaps = {word: sense_gap(one.vectors, one.senses, centre) for word, one in found.items()}
        for word, gap in gaps.items():
            print(f"{name}, {word}: gap {gap.gap.round(3)}, nearest has the same sense {gap.accuracy.round(2)}")
        mean = np.mean([gap.gap for gap in gaps.values()], axis=0)
        three = np.mean([gaps[word].gap for word in ("bank", "spring", "bat")], axis=0)
        right = sum(gap.accuracy[LAYER] * len(found[word]) for word, gap in gaps.items())
        total = sum(map(len, found.values()))
        print(f"{name}: mean gap {mean.round(3)}, of bank, spring and bat {three.round(3)}; layer {LAYER}: {right:.0f} of {total} right")


def _heads(model) -> None:
    from explorer.applications.contextual.patterns import SHARE, pattern_shares

    tables: dict[str, list[np.ndarray]] = {}
    for word in words():
        for one in examples_of(word):
            reading = model.read(one.sentence)
            separators = np.array([number is None for number in reading.words])
            for name, shares in pattern_shares(reading.attention, reading.ids, separators).items():
                tables.setdefault(name, []).append(shares)
    for name, shares in tables.items():
        mean = np.nanmean(np.array(shares), axis=0) if not np.isnan(shares).all() else np.zeros((1, 1))
        layer, head = np.unravel_index(int(mean.argmax()), mean.shape)
        print(f"{name}: {int((mean >= SHARE).sum())} heads on average over all sentences; most: layer {layer + 1}, head {head + 1}, {mean.max():.2f}")


def _explanations(model, found) -> None:
    from explorer.applications.contextual.deciding import covered_effects, directed_pull, sense_direction
    from explorer.applications.contextual.occurrences import subwords_at
    from explorer.applications.contextual.ranks import rank_agreement
    from explorer.applications.contextual.units import units_of

    rows = []
    for one in found.values():
        for at, item in enumerate(one.items):
            reading = model.read(item.sentence)
            units, word = units_of(reading), subwords_at(reading, item.start, item.end)
            direction = sense_direction(one, at, LAYER)[1]
            effects = covered_effects(model, reading, word, direction, LAYER)
            inner = ~np.array(units.separators)
            pulls = units.sums(directed_pull(model, item.sentence, word, direction, LAYER))[inner]
            attention = units.sums(reading.attention[:, :, word].mean(axis=(0, 1, 2)))[inner]
            rows.append([rank_agreement(attention, effects), rank_agreement(pulls, effects), rank_agreement(attention, pulls)])
    attention, pulls, both = np.nanmean(rows, axis=0)
    print(
        f"towards the own sense in layer {LAYER}, mean rank agreement over {len(rows)} sentences: mean attention with covering {attention:.2f}, "
        f"gradient x input with covering {pulls:.2f}, attention with gradient x input {both:.2f}"
    )


if __name__ == "__main__":
    main()
