"""What is drawn of a network at one moment: attention on a sentence, what it expects there, what it writes, its heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.pace import Pace, Slices
from explorer.sequence.pretraining.asking import generate, trace
from explorer.sequence.pretraining.cost import reading_microseconds
from explorer.sequence.pretraining.exam import Exam
from explorer.sequence.pretraining.induction import following, induction, previous, repetition_gain, said_twice
from explorer.sequence.pretraining.pieces import UNKNOWN
from explorer.sequence.streams import SAMPLING, stream

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.reading import Source

Arrays = dict[str, np.ndarray]
LIKELIEST = 5
WATCHED = {"characters": 48, "subwords": 24, "words": 16}
"""Pieces of the sentence that is watched."""
SAMPLE = {"characters": 120, "subwords": 48, "words": 32}
"""Pieces that are written for each picture."""
CANDIDATES = 200
GUESSED = 6
"""Of the watched pieces a BERT has to guess one in so many."""
TWICE = 6
"""Stream of random numbers that makes the pieces said twice."""


@dataclass(frozen=True, eq=False)
class Watched:
    """A held-out sentence, and what is asked about it.

    Attributes
    ----------
    read : numpy.ndarray
        int32 (T,), the pieces as the network sees them (a BERT: with ``[MASK]`` at some places).
    asked : numpy.ndarray
        int32 (k,), the places at which it says what it expects: all (GPT, of the next piece) or the hidden ones.
    right : numpy.ndarray
        int32 (k,), the right pieces there.
    """

    read: np.ndarray
    asked: np.ndarray
    right: np.ndarray


def watched(experiment: PretrainingExperiment, source: Source) -> Watched:
    """The beginning of that held-out paragraph with the fewest unknown pieces."""
    length = min(WATCHED[experiment.units], experiment.context, len(source.held_out) - 1)
    breaks = np.flatnonzero(source.held_out[: -length - 1] == source.pieces.start) + 1
    begins = breaks[:CANDIDATES] if len(breaks) else np.zeros(1, dtype=np.int64)
    windows = np.stack(
        [source.held_out[begin : begin + length + 1] for begin in begins if begin + length < len(source.held_out)]
    )
    broken = (windows == source.pieces.start).sum(1)
    best = windows[int(((windows == 0).sum(1) + broken).argmin())].astype(np.int32)
    if experiment.objective == "gpt":
        return Watched(best[:-1], np.arange(length, dtype=np.int32), best[1:])
    read = best[:-1].copy()
    known = np.flatnonzero((read != UNKNOWN) & (read != source.pieces.start)).astype(np.int32)
    asked = known[GUESSED // 2 :: GUESSED] if len(known) > GUESSED // 2 else np.arange(1, dtype=np.int32)
    right = read[asked]
    read[asked] = source.pieces.mask
    return Watched(read, asked, right)


class Picture:
    """Draws one model again and again, always on the same sentence, the same held-out stretches and the same repetitions.

    Parameters
    ----------
    experiment : PretrainingExperiment
    model : Transformer
        The model in training; it is not changed.
    source : Source
    """

    def __init__(self, experiment: PretrainingExperiment, model: Transformer, source: Source) -> None:
        self.experiment, self.model, self.source = experiment, model, source
        self.watched, self.exam = watched(experiment, source), Exam(experiment, source)
        self.twice = said_twice(source.pieces, experiment.context, stream(0, TWICE))

    def slices(self, step: int, temperature: float) -> Slices[tuple[Arrays, dict[str, float]]]:
        """The arrays and the extra metrics of a frame, in slices; `step` picks the random numbers of the sample."""
        model = self.model.eval()
        arrays = self._look()
        yield None
        heads, metrics = yield from self._heads()
        yield None
        metrics |= yield from self.exam.slices(model)
        if self.experiment.objective == "gpt":
            yield None
            arrays["sample"] = yield from self._sample(step, temperature)
        metrics["weight_norm"] = float(torch.nn.utils.get_total_norm([one.detach() for one in model.parameters()]))
        return arrays | heads, metrics

    def _look(self) -> Arrays:
        """The watched sentence: "read" (T,), "attention" (layers, heads, T, T), and for each of the places "asked" (k,)
        the "right" piece and its "chance" (k,), and the likeliest, "top_index" and "top_probability" (k, 5)."""
        seen, inside = self.watched, trace(self.model, self.watched.read)
        chances = inside.probabilities[seen.asked]
        best = np.argsort(-chances, axis=1, kind="stable")[:, :LIKELIEST]
        return {
            "read": seen.read, "asked": seen.asked, "right": seen.right,
            "attention": inside.attention,
            "chance": chances[np.arange(len(chances)), seen.right],
            "top_index": best.astype(np.int32),
            "top_probability": np.take_along_axis(chances, best, axis=1),
        }  # fmt: skip

    def _heads(self) -> Slices[tuple[Arrays, dict[str, float]]]:
        """Scores of the heads (layers, heads) on random pieces said twice; the best of each as metrics."""
        pace, maps, nats = Pace(), [], []
        for row in self.twice:
            if pace.due(2 * reading_microseconds(self.experiment, 1, len(row))):
                yield None
            inside = trace(self.model, row.numpy())
            maps.append(inside.attention)
            nats.append(
                -np.log(inside.probabilities[np.arange(len(row) - 1), row[1:].numpy()].astype(np.float64) + 1e-30)
            )
        mean = np.mean(maps, axis=0)
        if self.experiment.objective == "bert":
            scores = {"previous": previous(mean), "following": following(mean)}
            return scores, {f"{name}_token": float(score.max()) for name, score in scores.items()}
        scores = {"previous": previous(mean), "induction": induction(mean)}
        best = {"previous_token": float(scores["previous"].max()), "induction": float(scores["induction"].max())}
        return scores, best | {"repetition_gain": repetition_gain(np.stack(nats))}

    def _sample(self, step: int, temperature: float) -> Slices[np.ndarray]:
        """What the network writes after the end of a line, int32."""
        pace, written = Pace(), []
        writing = generate(
            self.model, [self.source.pieces.start], stream(self.experiment.seed, SAMPLING, step), temperature
        )
        for piece, _ in writing:
            written.append(piece)
            if len(written) == SAMPLE[self.experiment.units]:
                return np.array(written, dtype=np.int32)
            if pace.due(reading_microseconds(self.experiment, 1, min(len(written) + 1, self.experiment.context))):
                yield None
