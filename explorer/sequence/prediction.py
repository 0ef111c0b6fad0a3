"""Asking a model about a text: what comes next, or which label it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from explorer.sequence.model import SequenceModel

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment


def predict(model: SequenceModel, experiment: SequenceExperiment, text: str) -> dict[str, float]:
    """Probability of every token that may follow (or of every label), after reading the text.

    Returns
    -------
    dict of str to float
        Most probable first; sums to 1.

    Raises
    ------
    ValueError
        When the task takes no text, predicts numbers, or cannot read this text; the text names the remedy.
    """
    task = model.task
    if task.labels is None:
        raise ValueError(f"The task “{task.title}” predicts numbers, so there are no probabilities to show.")
    batch = task.encode(text)
    training = model.training
    model.eval()
    with torch.no_grad():
        outputs = model(batch.inputs, batch.lengths)[0]
    model.train(training)
    logits = outputs[int(batch.lengths[0]) - 1] if model.reads == "every" else outputs
    chances = torch.softmax(logits.double(), dim=-1)
    order = torch.argsort(chances, descending=True, stable=True).tolist()
    return {task.labels[k]: float(chances[k]) for k in order}
