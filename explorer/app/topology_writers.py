"""From a frame of a network that writes or draws its answer step by step, to a `Scene`.

Shown as it learns: at each step the right symbol before is fed, so that states, outputs, losses and gradients belong
together. Only what a visitor types has no right answer: there the network follows its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.app.example import Example
from explorer.figures.topology_scene import Column, Guess, Scene
from explorer.frame import Frame
from explorer.sequence.encoder_decoder import EncoderDecoderExperiment

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.model import EncoderDecoder
    from explorer.sequence.encoder_decoder.tasks import Batch, Task

Arrays = Mapping[str, np.ndarray]
ALL, LAST = "of the whole answer", "of its last step alone"
START, END = "▸", "■"
"""What stands below the first letter of an answer, to which nothing is fed; and for its end."""


def writer_scene(experiment: EncoderDecoderExperiment, task: Task, frame: Frame, example: Example) -> Scene:
    """A frame's model with an example.

    Parameters
    ----------
    frame : Frame
        With weights, unless it shows the task's own example and letters.
    example : Example
        Its text is what is typed, or the class that is chosen.
    """
    if not example.is_own and "top_index" in frame.arrays:
        watched = task.watched()
        batch, arrays, answered_each = _one(watched, 0), frame.arrays, task.scored(watched) / len(watched)
    else:
        batch, arrays = _traced(experiment, task, frame, example)
        answered_each = task.scored(batch)
    return Scene(
        columns=_columns(task, batch, arrays, known=not _is_typed(task, example)),
        states=np.concatenate([arrays["encoder_hidden"], arrays["decoder_hidden"]])[None],
        gradients={ALL: answered_each * _joined(arrays, ""), LAST: _joined(arrays, "_last")},
        attention=arrays.get("attention"),
        picture=_picture(task, batch),
    )


def _joined(arrays: Arrays, which: str) -> np.ndarray:
    return np.concatenate([arrays[f"grad_encoder{which}"], arrays[f"grad_decoder{which}"]])


def _traced(experiment: EncoderDecoderExperiment, task: Task, frame: Frame, example: Example) -> tuple[Batch, Arrays]:
    """The pair that is asked for, and the arrays of a frame for it; "outputs" too where rows are drawn."""
    from explorer.sequence.encoder_decoder.model import load_model
    from explorer.sequence.encoder_decoder.picture import trace_arrays
    from explorer.sequence.encoder_decoder.tracing import loss_of_step, walk_slices
    from explorer.sequence.pace import Pace, run_through

    model = load_model(experiment, frame.weights)
    batch = asked(model, task, example)
    walk = run_through(walk_slices(model, batch, Pace()))
    whole = run_through(walk.backward_slices())
    last = run_through(walk.backward_slices(loss_of_step(model)))
    arrays = trace_arrays(whole, last, walk, task)
    return batch, arrays if "top_index" in arrays else {**arrays, "outputs": whole.outputs[0]}


def asked(model: EncoderDecoder, task: Task, example: Example) -> Batch:
    """The pair that is asked for; a typed question has the network's own answer in place of a right one."""
    batch = question(task, example)
    return answered(model, task, batch) if _is_typed(task, example) else batch


def question(task: Task, example: Example) -> Batch:
    """One pair: the watched one, a held-out one, one of the chosen class, or what was typed, without an answer."""
    held_out = task.held_out()
    if not example.is_own:
        return _one(task.watched(), 0)
    if not example.text:
        return _one(held_out, (example.number - 1) % len(held_out))
    typed = task.encode(example.text)
    if task.source_kind != "class":
        return typed
    return _one(held_out, int((held_out.sources == typed.sources[0]).nonzero()[0, 0]))


def _one(batch: Batch, i: int) -> Batch:
    return batch.pick(slice(i, i + 1))


def answered(model: EncoderDecoder, task: Task, batch: Batch) -> Batch:
    """A question with the network's own answer in place of a right one."""
    import torch

    from explorer.sequence.encoder_decoder.answering import answer_pair

    said = answer_pair(model, batch)
    tokens = torch.tensor([[task.target_symbols.index(symbol) for symbol in said.symbols]])
    return replace(batch, targets=tokens, target_lengths=torch.tensor([tokens.shape[1]]))


def _is_typed(task: Task, example: Example) -> bool:
    """Whether no right answer is known."""
    return bool(example.text) and task.source_kind != "class"


def _columns(task: Task, batch: Batch, arrays: Arrays, known: bool) -> list[Column]:
    read = [
        Column(reads=step, pixels=_read_pixels(task, batch, t), encodes=True)
        for t, step in enumerate(task.source_steps(batch))
    ]
    drawn = task.target_symbols is None
    return read + (_drawing(task, batch, arrays) if drawn else _writing(task, batch, arrays, known))


def _read_pixels(task: Task, batch: Batch, t: int) -> np.ndarray | None:
    if task.source_kind == "picture":
        return batch.sources[0].numpy()
    return batch.sources[0, t].numpy() if task.source_kind == "rows" else None


def _writing(task: Task, batch: Batch, arrays: Arrays, known: bool) -> list[Column]:
    right = [sign(symbol) for symbol in task.target_steps(batch)]
    fed = [START, *right[:-1]]
    return [
        Column(
            reads=fed[t],
            guesses=_likeliest(task, arrays, t),
            right=right[t] if known else "",
            loss=True,
            fed_back=t > 0,
        )
        for t in range(len(right))
    ]


def sign(symbol: str) -> str:
    """A letter as it is shown; the end as a single sign."""
    return END if symbol == "<end>" else symbol


def _likeliest(task: Task, arrays: Arrays, t: int) -> list[Guess]:
    best = zip(arrays["top_index"][t].tolist(), arrays["top_probability"][t].tolist(), strict=True)
    return [(sign(task.target_symbols[k]), share) for k, share in best]


def _drawing(task: Task, batch: Batch, arrays: Arrays) -> list[Column]:
    """Rows of pixels: those that are expected, above those that were there before."""
    import torch

    expected = task.said(torch.from_numpy(arrays["outputs"])).numpy()
    rows = batch.targets[0].numpy()
    return [
        Column(draws=expected[t], pixels=rows[t - 1] if t else None, loss=True, fed_back=t > 0)
        for t in range(len(expected))
    ]


def _picture(task: Task, batch: Batch) -> np.ndarray | None:
    """The picture that is read or drawn row by row."""
    if task.target_symbols is None:
        return batch.targets[0].numpy()
    return batch.sources[0].numpy() if task.source_kind == "rows" else None
