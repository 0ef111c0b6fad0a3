"""The loop that anybody would write by hand: what the engine's steps per second are compared with."""

from __future__ import annotations

import time

import torch
from torch.nn.utils import clip_grad_norm_

from explorer.sequence import SequenceExperiment, build_model, make_task

WARM_UP = 10


def bare_steps_per_second(experiment: SequenceExperiment, seconds: float) -> float:
    """Train the experiment's own model on its own batches, with nothing around it."""
    task, model = make_task(experiment), build_model(experiment).train()
    weights, data = list(model.parameters()), torch.Generator().manual_seed(experiment.seed)
    optimizer = torch.optim.Adam(weights, lr=experiment.learning_rate, fused=True)

    def step() -> None:
        batch = task.sample(experiment.batch, data)
        loss = task.loss(model(batch.inputs, batch.lengths), batch)
        optimizer.zero_grad()
        loss.backward()
        clip_grad_norm_(weights, experiment.clip)
        optimizer.step()
        loss.item()

    for _ in range(WARM_UP):
        step()
    made, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        step()
        made += 1
    return made / (time.monotonic() - began)
