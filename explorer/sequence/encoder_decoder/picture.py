"""What is drawn of a network at one moment: states, gradients, attention, its answers; and how good those are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.encoder_decoder.answering import drawn
from explorer.sequence.encoder_decoder.cost import pairs_at_once, piece_cost
from explorer.sequence.encoder_decoder.evaluation import exact_share, speak_slices, teach_slices
from explorer.sequence.encoder_decoder.model import EncoderDecoder
from explorer.sequence.encoder_decoder.painting import paint_slices
from explorer.sequence.encoder_decoder.tasks import Batch, Task
from explorer.sequence.encoder_decoder.tasks.task import END, unanswered
from explorer.sequence.encoder_decoder.tracing import Trace, Walk, loss_of_step, walk_slices
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.picture import weight_norm
from explorer.sequence.streams import SAMPLING, stream

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

Arrays = dict[str, np.ndarray]
LIKELIEST = 5
SMALL = 128
"""Held-out pairs on which every drawn frame is measured."""
FEW = 3
"""Watched pairs with additive attention, which holds all units for every two steps at once."""
INVENTED = 4
"""Names in a drawn frame, of each kind or beginning."""
MANY = 240
"""Names, or drawn digits, that are judged now and then."""
BEGINNINGS = 3


class Picture:
    """Draws one model again and again, always on the same pairs.

    Parameters
    ----------
    experiment : EncoderDecoderExperiment
    model : EncoderDecoder
        The model in training; it is not changed.
    """

    def __init__(self, experiment: EncoderDecoderExperiment, model: EncoderDecoder) -> None:
        self.experiment, self.model = experiment, model
        watched = model.task.watched()
        self.watched = (
            watched.pick(slice(0, FEW)) if experiment.uses("scoring") and experiment.scoring == "additive" else watched
        )
        self.held_out = model.task.held_out()
        self._few = self.held_out.pick(slice(0, SMALL))
        self._at_once = pairs_at_once(experiment)
        self._cost = piece_cost(experiment)

    def slices(self, step: int, temperature: float) -> Slices[tuple[Arrays, dict[str, float]]]:
        """The arrays and the extra metrics of a frame, in slices; `step` picks the random numbers."""
        pace, model = Pace(), self.model
        model.eval()
        walk = yield from walk_slices(model, self.watched, pace)
        whole = yield from walk.backward_slices()
        last = yield from walk.backward_slices(loss_of_step(model))
        arrays = trace_arrays(whole, last, walk, model.task)
        arrays |= yield from self._own(step, temperature, pace)
        loss, right = yield from teach_slices(model, self._few, self._at_once, self._cost, pace)
        return arrays, {"held_out": loss, "symbols": right, "weight_norm": weight_norm(model)}

    def exam(self, step: int, temperature: float) -> Slices[dict[str, float]]:
        """How good the network's own answers are: "exact", "real" and "unseen", or "recognised", by task.

        Measured on all held-out pairs (512 at most) or on 240 names or digits; no network is given the right symbols here.
        """
        pace, model, task = Pace(), self.model, self.model.task
        model.eval()
        generator = stream(self.experiment.seed, SAMPLING, step, 1)
        if task.target_symbols is None:
            digits = torch.arange(MANY) % len(task.source_symbols)
            painted = yield from paint_slices(model, digits, self.experiment.fed, generator, pace)
            return {"recognised": task.recognised(painted.expected, digits)}
        if task.determined:
            said = yield from speak_slices(model, self.held_out, pace)
            return {"exact": exact_share(model, self.held_out, said)}
        asked = self.held_out.pick(slice(0, MANY))
        said = yield from speak_slices(model, asked, pace, drawn(temperature, generator))
        real, unseen = task.judged([task.write(one) for one in said.tolist()])
        return {"real": real, "unseen": unseen}

    def _own(self, step: int, temperature: float, pace: Pace) -> Slices[Arrays]:
        """What the network answers when nobody tells it the right symbols."""
        model, generator = self.model, stream(self.experiment.seed, SAMPLING, step)
        if model.task.target_symbols is None:
            digits = torch.arange(len(model.task.source_symbols))
            painted = yield from paint_slices(model, digits, self.experiment.fed, generator, pace)
            return {"drawn": painted.expected.numpy(), "fed": painted.fed.numpy()}
        said = yield from speak_slices(model, self.watched.pick(slice(0, 1)), pace)
        arrays = {"answer": _before_the_end(said[0].numpy())}
        if not model.task.determined:
            asked = invented_from(model.task)
            names = yield from speak_slices(model, asked, pace, drawn(temperature, generator))
            arrays["invented"] = _filled(names.numpy(), model.task.longest)
        return arrays


def invented_from(task: Task) -> Batch:
    """What the array "invented" answers to: four times each kind, or four times each of three beginnings.

    Row ``4 k + j`` is the j-th answer to the k-th of them.
    """
    if task.source_kind == "class":
        return unanswered(torch.arange(len(task.source_symbols)).repeat_interleave(INVENTED))
    beginnings = task.watched().sources[:BEGINNINGS]
    return unanswered(beginnings.repeat_interleave(INVENTED, dim=0))


def trace_arrays(whole: Trace, last: Trace, walk: Walk, task: Task) -> Arrays:
    """The arrays of a frame for pair 0 of the watched ones; gradients are means over them.

    "encoder_hidden" (T_in, H), "decoder_hidden" (T_out, H), with attention "attention" (T_out, T_in), all given the
    right answer; float64 "grad_encoder" (T_in,) and "grad_decoder" (T_out,) of the mean loss, the same with "_last"
    of the last step's loss alone, and "grad_encoder_each" (directions, T_in) of the last step's loss. For letters
    "chance" (T_out,), the probability of the right symbol, and "top_probability" and "top_index" (T_out, 5).
    """
    read, answered = int(walk.batch.source_lengths[0]), int(walk.batch.target_lengths[0])
    read = 1 if not whole.directions else read
    arrays = {
        "encoder_hidden": whole.encoder_hidden[0, :read].astype(np.float32),
        "decoder_hidden": whole.decoder_hidden[0, :answered].astype(np.float32),
        "grad_encoder": whole.gradient_norms("encoder")[:read],
        "grad_decoder": whole.gradient_norms("decoder")[:answered],
        "grad_encoder_last": last.gradient_norms("encoder")[:read],
        "grad_decoder_last": last.gradient_norms("decoder")[:answered],
        "grad_encoder_each": last.norms_by_direction()[:, :read],
    }
    if whole.attention is not None:
        arrays["attention"] = whole.attention[0, :answered, :read].astype(np.float32)
    if task.target_symbols is not None:
        arrays |= _expectations(whole.outputs[0, :answered], walk.batch.targets[0, :answered].numpy())
    return arrays


def _expectations(outputs: np.ndarray, right: np.ndarray) -> Arrays:
    chances = torch.softmax(torch.from_numpy(outputs), dim=-1)
    best = chances.topk(LIKELIEST, dim=-1)
    return {
        "chance": chances.numpy()[np.arange(len(right)), right].astype(np.float32),
        "top_probability": best.values.numpy().astype(np.float32),
        "top_index": best.indices.numpy().astype(np.int32),
    }


def _before_the_end(tokens: np.ndarray) -> np.ndarray:
    """An answer without what follows its end."""
    ends = np.flatnonzero(tokens == END)
    return tokens[: ends[0] if len(ends) else len(tokens)].astype(np.int32)


def _filled(tokens: np.ndarray, steps: int) -> np.ndarray:
    """Answers (n, steps), with `END` after the last that any has."""
    return np.pad(tokens, ((0, 0), (0, steps - tokens.shape[1])), constant_values=END).astype(np.int32)
