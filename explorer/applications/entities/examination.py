"""What a tagger says of all held-out sentences, in pieces, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.applications.entities.scoring import Counts, count, f1_interval, total
from explorer.applications.entities.tags import Entity, entities
from explorer.applications.entities.trainer import parts
from explorer.sequence.pace import Slices, run_through

if TYPE_CHECKING:
    from explorer.applications.entities.material import Material
    from explorer.applications.entities.model import Tagger

AT_ONCE = 960
"""Padded words that are read in one piece."""
SENTENCES_AT_ONCE = 2000
"""Sentences whose names are read from their tags, or counted, in one piece."""
ENDS = ("", "_second", "_third")
"""Ends of the metrics' names for the parts of what is held out."""


@torch.no_grad()
def examine(tagger: Tagger) -> Slices[dict[str, np.ndarray]]:
    """The tags said of all held-out sentences, and how sure the tagger is of each.

    Returns
    -------
    dict
        "tags", int32 (N,), numbers of tags of all words, sentence after sentence; "sure", float32 (N,), the probability
        of each of them.
    """
    lengths = np.array([len(one.words) for one in tagger.reader.material.held_out])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    tags, sure = np.zeros(starts[-1], dtype=np.int32), np.zeros(starts[-1], dtype=np.float32)
    was_training = tagger.training
    tagger.eval()
    for part in parts(np.arange(len(lengths)), lengths, AT_ONCE):
        yield None
        batch = tagger.reader.held_out_batch(part)
        scores = tagger(batch)
        said = tagger.decide(scores, batch.lengths)
        chance = tagger.probabilities(scores, batch.lengths).gather(2, said[:, :, None])[:, :, 0]
        for row, i in enumerate(part):
            tags[starts[i] : starts[i + 1]] = said[row, : lengths[i]].numpy()
            sure[starts[i] : starts[i + 1]] = chance[row, : lengths[i]].numpy()
    tagger.train(was_training)
    return {"tags": tags, "sure": sure}


def said_tags(material: Material, tags: np.ndarray) -> list[list[str]]:
    """The tags of each held-out sentence by name, from the numbers of all words."""
    names, start, found = material.tags, 0, []
    for one in material.held_out:
        found.append([names[number] for number in tags[start : start + len(one.words)]])
        start += len(one.words)
    return found


def said_entities(material: Material, tags: np.ndarray) -> list[list[Entity]]:
    """The entities of each held-out sentence, from the tags of all words."""
    return run_through(_said_slices(material, tags))


def _said_slices(material: Material, tags: np.ndarray) -> Slices[list[list[Entity]]]:
    names, start, found = material.tags, 0, []
    for i, one in enumerate(material.held_out):
        if i % SENTENCES_AT_ONCE == 0:
            yield None
        end = start + len(one.words)
        found.append(entities([names[number] for number in tags[start:end]]))
        start = end
    return found


def scores(material: Material, tags: np.ndarray) -> Slices[dict[str, float]]:
    """Precision, recall and F1 with its interval on each part of what is held out, and the recall of names never learned from.

    The names of the other parts end in "_second" and "_third"; recall of unseen names is missing where there are none.
    """
    said = yield from _said_slices(material, tags)
    found: dict[str, float] = {}
    for name, end in zip(material.parts, ENDS, strict=False):
        inside = material.part(name)
        counts = yield from _counted(material.true[inside], said[inside])
        yield None
        found |= {key + end: value for key, value in _measured(counts, material.draws[name]).items()}
    yield None
    unseen = _unseen(material, said)
    return found | ({"unseen_recall": unseen.recall} if unseen.true else {})


def _counted(true: Sequence[Sequence[Entity]], said: Sequence[Sequence[Entity]]) -> Slices[list[Counts]]:
    found: list[Counts] = []
    for start in range(0, len(true), SENTENCES_AT_ONCE):
        yield None
        piece = slice(start, start + SENTENCES_AT_ONCE)
        found += [count(*pair) for pair in zip(true[piece], said[piece], strict=True)]
    return found


def _measured(counts: Sequence[Counts], drawn: np.ndarray) -> dict[str, float]:
    every, (low, high) = total(counts), f1_interval(counts, drawn)
    return {"f1": every.f1, "f1_low": low, "f1_high": high, "precision": every.precision, "recall": every.recall}


def _unseen(material: Material, said: Sequence[Sequence[Entity]]) -> Counts:
    """Names that no training sentence has: how many there are in the first part, and how many are found rightly."""
    new = [one in given for unseen, given in zip(material.unseen, said, strict=False) for one in unseen]
    return Counts(sum(new), sum(new), len(new))
