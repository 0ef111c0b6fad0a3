"""The training of a reader on stories made up as it goes on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from explorer.applications.answering.world import Story, encode, last_place
from explorer.applications.answering.world_experiment import HELD_OUT, STORIES
from explorer.applications.answering.world_readers import Reader, build_reader, world_of
from explorer.frame import Change, Changes, Frame, Wanted
from explorer.sequence.interval import wilson
from explorer.sequence.weights import to_bytes

if TYPE_CHECKING:
    from explorer.applications.answering.world_experiment import WorldExperiment

torch.set_num_threads(1)  # as in `explorer.sequence`
AT_ONCE = 64
"""Held-out stories that are read at once."""
CLIP = 5.0
DATA, TEST = 1, 2
"""Streams of random numbers."""
POINTED = 0.5
"""A look is at a sentence when it gives it at least this share."""


def stories_of(experiment: WorldExperiment, count: int, generator: np.random.Generator) -> list[Story]:
    """So many new stories."""
    world, two = world_of(experiment), experiment.needs == "two"
    return [world.story(generator, experiment.length, two) for _ in range(count)]


def held_out(experiment: WorldExperiment) -> list[Story]:
    """The stories on which the reader is measured; those it learns from are drawn from another stream."""
    return stories_of(experiment, HELD_OUT, np.random.default_rng([experiment.seed, TEST]))


def baselines(experiment: WorldExperiment) -> dict[str, float]:
    """Share of the held-out stories that two simple rules answer."""
    stories = held_out(experiment)
    return {"guessing": 1 / experiment.places, "the place named last": float(np.mean([last_place(s) == s.answer for s in stories]))}


def tensors(experiment: WorldExperiment, stories: Sequence[Story]) -> dict[str, Tensor]:
    """Stories as tensors; see `world.encode`."""
    return {name: torch.from_numpy(array) for name, array in encode(world_of(experiment), list(stories)).items()}


def train(experiment: WorldExperiment, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
    """Frames of the training; those that are wanted have arrays and weights.

    Metrics: "loss", "gradient_norm", "learning_rate", and where there are arrays "score" with its 95 % interval and, for
    attention, "pointing": the share of the needed facts at which some look is. Arrays: see `watched_arrays`.
    """
    reader = build_reader(experiment)
    optimizer = torch.optim.Adam(reader.parameters(), lr=experiment.learning_rate, fused=True)
    data, tested = np.random.default_rng([experiment.seed, DATA]), held_out(experiment)
    parts = [tensors(experiment, tested[i : i + AT_ONCE]) for i in range(0, len(tested), AT_ONCE)]
    for step in range(experiment.steps + 1):
        rate = _rate(experiment, changes, step)
        metrics = {"learning_rate": rate}
        if step:
            batch = tensors(experiment, stories_of(experiment, experiment.batch, data))
            metrics |= _update(experiment, reader, optimizer, batch, rate)
            yield None
        arrays, weights = {}, None
        if wanted is None or wanted(step):
            metrics |= yield from _measure(reader, parts)
            arrays = watched_arrays(reader, {name: array[:STORIES] for name, array in parts[0].items()})
            weights = to_bytes(reader)
        yield Frame(step, metrics, arrays, weights)


def _rate(experiment: WorldExperiment, changes: Sequence[Change], step: int) -> float:
    rates = [float(change.value) for change in changes if change.field == "learning_rate" and change.step <= step]
    return rates[-1] if rates else experiment.learning_rate


def _update(
    experiment: WorldExperiment, reader: Reader, optimizer: torch.optim.Optimizer, batch: dict[str, Tensor], rate: float
) -> dict[str, float]:
    with torch.enable_grad():
        loss = loss_of(experiment, reader, batch)
        optimizer.zero_grad()
        loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(reader.parameters(), CLIP).item()
    if not math.isfinite(norm):
        raise ValueError("The training came apart: the gradient is no finite number. Take a smaller learning rate.")
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return {"loss": loss.item(), "gradient_norm": norm}


def loss_of(experiment: WorldExperiment, reader: Reader, batch: dict[str, Tensor]) -> Tensor:
    """Cross-entropy of the answer; where the reader is shown what matters, also that of its first and last look."""
    said = reader(batch["facts"], batch["question"])
    loss = functional.cross_entropy(said.scores, batch["answer"])
    if experiment.shown and said.attention is not None:
        for hop, which in ((0, 0), (-1, 1)):
            right = (said.attention[:, hop] * batch["needed"][:, :, which]).sum(dim=1)
            loss = loss - right.clamp_min(1e-9).log().mean()
    return loss


def _measure(reader: Reader, parts: list[dict[str, Tensor]]) -> Iterator[None]:
    """Accuracy on the held-out stories, and how many of the needed facts attention is at."""
    right, asked, met, needed = 0, 0, 0.0, 0
    for part in parts:
        with torch.no_grad():
            said = reader(part["facts"], part["question"])
        right += int((said.scores.argmax(dim=1) == part["answer"]).sum())
        asked += len(part["answer"])
        facts = part["needed"].any(dim=2)
        needed += int(facts.sum())
        if said.attention is not None:
            met += float(((said.attention >= POINTED).any(dim=1) & facts).sum())
        yield None
    low, high = wilson(right / asked, asked)
    found = {"score": right / asked, "score_low": low, "score_high": high}
    return found | ({"pointing": met / needed} if said.attention is not None else {})


def watched_arrays(reader: Reader, batch: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """What is drawn of N stories of T sentences.

    Returns
    -------
    dict of str to numpy.ndarray
        "chances" float32 (N, places); "influence" float32 (N, T): how strongly each sentence moves the answer that is
        given, the length of gradient × input over its words, as shares of the story's sum; "attention" float32 (N, looks, T)
        for attention.
    """
    with torch.enable_grad():
        embedded = reader.embed(batch["facts"]).detach().requires_grad_()
        said = reader(batch["facts"], batch["question"], embedded)
        top = said.scores.max(dim=1).values.sum()
        (gradient,) = torch.autograd.grad(top, embedded)
    pull = (gradient * embedded).sum(dim=3).abs().sum(dim=2).detach()
    arrays = {
        "chances": said.scores.detach().softmax(dim=1).numpy().astype(np.float32),
        "influence": (pull / pull.sum(dim=1, keepdim=True).clamp_min(1e-12)).numpy().astype(np.float32),
    }
    return arrays | ({"attention": said.attention.detach().numpy().astype(np.float32)} if said.attention is not None else {})
