"""Greedy against beam: one network asked all over again, pair by pair of what it never learned from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.beam import Path
    from explorer.sequence.encoder_decoder.model import EncoderDecoder
    from explorer.sequence.encoder_decoder.tasks import Batch
    from explorer.sequence.pace import Slices

LIKELIER = 1e-6
"""Log-probabilities that differ by less are those of the same answer, added up in another order."""


class SearchExperiment(Experiment):
    """Held-out questions answered twice by a trained network: the likeliest letter each time, and by beam search.

    A step is one question.
    """

    given: EncoderDecoderExperiment = setting(
        EncoderDecoderExperiment(), "Training", "What the network was trained for.", "test", private=True
    )
    weights: bytes = setting(b"", "Weights", "The network of one moment.", "test", private=True)
    width: int = setting(
        5, "Answers followed", "How many unfinished answers the search keeps after each letter.", "test", ge=1, le=16
    )
    questions: int = setting(64, "Questions", "Held-out pairs that are asked.", "test", ge=1, le=512)

    @property
    def steps(self) -> int:
        """Questions to ask; there are fewer than asked for where a task has so few held-out pairs."""
        return self.questions

    def prepare(self) -> None:
        """As the training's own."""
        self.given.prepare()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `compare_slices`."""
        return compare_slices(self)


def compare_slices(experiment: SearchExperiment) -> Iterator[Frame | None]:
    """Ask question after question, in pieces of one letter.

    Yields
    ------
    Frame or None
        One frame a question. Metrics, counted since the first: "greedy" and "beam" (answered exactly), "likelier" (the
        search found a more probable answer), "helped" and "harmed" (right by search alone, right by greedy alone).
    """
    from explorer.sequence.encoder_decoder.model import load_model

    model = load_model(experiment.given, experiment.weights)
    pairs = model.task.held_out()
    counts = dict.fromkeys(("greedy", "beam", "likelier", "helped", "harmed"), 0.0)
    yield Frame(0, dict(counts))
    for i in range(experiment.questions):
        pair = pairs.pick(slice(i % len(pairs), i % len(pairs) + 1))
        greedy, best = yield from _both(model, pair, experiment.width)
        right = [
            model.task.write(answer) == model.task.write(pair.targets[0].tolist())
            for answer in (greedy.tokens, best.tokens)
        ]
        counts["greedy"] += right[0]
        counts["beam"] += right[1]
        counts["likelier"] += best.log_probability > greedy.log_probability + LIKELIER
        counts["helped"] += right[1] and not right[0]
        counts["harmed"] += right[0] and not right[1]
        yield Frame(i + 1, dict(counts))


def _both(model: EncoderDecoder, pair: Batch, width: int) -> Slices[tuple[Path, Path]]:
    """The greedy answer, which is the only one that a search of width 1 follows, and the best of a wider one."""
    greedy = yield from _found(model, pair, 1)
    if width == 1:
        return greedy, greedy
    return greedy, (yield from _found(model, pair, width))


def _found(model: EncoderDecoder, pair: Batch, width: int) -> Slices[Path]:
    from explorer.sequence.encoder_decoder.beam import likeliest, search

    steps = []
    for survivors in search(model, pair, width):
        steps.append(survivors)
        yield None
    return likeliest(steps, width)[0]
