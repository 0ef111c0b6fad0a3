"""The measurement: every way to begin, on the same few labelled examples, tested on the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.transfer.experiment import METHODS, NETWORKS, PARTS
from explorer.applications.transfer.material import material_of
from explorer.applications.transfer.plan import Fitting, plan, sizes
from explorer.frame import Frame
from explorer.sequence.interval import NINETY_FIVE, wilson
from explorer.sequence.streams import stream

if TYPE_CHECKING:
    from explorer.applications.transfer.contenders import Contenders
    from explorer.applications.transfer.experiment import TransferExperiment

ORDER = 32
"""Stream of random numbers for the order of examples."""
Steps = Iterator[float | np.ndarray | None]
"""None on the way, a number where a step is complete, and in the end which tested texts were answered rightly."""


class Standing:
    """Which tested texts each fitting answered rightly.

    Parameters
    ----------
    examples : tuple of int
    draws, tested : int
    """

    def __init__(self, examples: tuple[int, ...], draws: int, tested: int) -> None:
        self._examples = examples
        self._right = np.full((len(METHODS), len(examples), draws, tested), np.nan, dtype=np.float32)

    def enter(self, fitting: Fitting, right: np.ndarray) -> None:
        """Take in one result, (tested,) bool."""
        self._right[fitting.method, fitting.size, fitting.draw] = right

    def arrays(self) -> dict[str, np.ndarray]:
        """See `measure`."""
        runs = self._right.mean(axis=-1)
        known = ~np.isnan(runs)
        accuracy = np.where(known, runs, 0.0).sum(axis=-1) / np.where(known.any(axis=-1), known.sum(axis=-1), np.nan)
        tested = self._right.shape[-1]
        bounds = np.array([[_bounds(share, tested) for share in row] for row in accuracy])
        found = {"accuracy": accuracy, "low": bounds[..., 0], "high": bounds[..., 1], "runs": runs, **self._gain()}
        return {"examples": np.array(self._examples, np.int32)} | {
            name: values.astype(np.float32) for name, values in found.items()
        }

    def _gain(self) -> dict[str, np.ndarray]:
        """Fine-tuned minus from scratch, text by text: paired, so surer than the two intervals say."""
        difference = self._right[METHODS.index("tuned")] - self._right[METHODS.index("scratch")]  # (k, draws, tested)
        both = ~np.isnan(difference[..., 0])
        each = np.where(both[..., None], difference, 0.0).sum(axis=1) / np.where(both.any(1), both.sum(1), np.nan)[:, None]
        middle, half = each.mean(axis=-1), NINETY_FIVE * each.std(axis=-1, ddof=1) / np.sqrt(each.shape[-1])
        return {"gain": middle, "gain_low": middle - half, "gain_high": middle + half}


def measure(experiment: TransferExperiment) -> Iterator[Frame | None]:
    """Fit and test one after the other.

    Yields
    ------
    Frame or None
        None within a step. Metrics: ``done`` (share of all work), ``majority`` (accuracy of the commonest label),
        ``tested`` (texts), ``draw``, ``size``, ``method`` (of the fitting under way; indices). Arrays, in every frame, with
        rows in the order of `METHODS` and NaN for what is not known yet: ``examples`` (k,) int32; ``accuracy`` (methods, k),
        the mean over the draws made so far; ``low`` and ``high``, the same shape, Wilson's 95 % interval for so many tested
        texts; ``runs`` (methods, k, draws), each draw by itself; ``gain``, ``gain_low``, ``gain_high`` (k,), by how much
        fine-tuning beats the same model from scratch, with the paired 95 % interval over the tested texts.
    """
    from explorer.applications.transfer.contenders import Contenders

    material = material_of(experiment)
    yield None
    contenders, fittings = Contenders(experiment, material), plan(experiment)
    standing = Standing(sizes(experiment), experiment.repeats, len(material.tested))
    orders = [material.order(experiment.seed + draw) for draw in range(experiment.repeats)]
    about = {"majority": material.majority, "tested": float(len(material.tested))}
    step, total = 0, sum(fitting.parts for fitting in fittings)
    yield _frame(step, total, fittings[0], about, standing)
    for fitting in fittings:
        for found in _fit(contenders, fitting, orders[fitting.draw][: fitting.examples]):
            if found is None:
                yield None
                continue
            if isinstance(found, np.ndarray):
                standing.enter(fitting, found)
            step += 1
            yield _frame(step, total, fitting, about, standing)


def _frame(step: int, total: int, fitting: Fitting, about: dict[str, float], standing: Standing) -> Frame:
    under_way = {name: float(getattr(fitting, name)) for name in ("draw", "size", "method")}
    return Frame(step, {"done": step / total, **about, **under_way}, standing.arrays())


def _fit(contenders: Contenders, fitting: Fitting, chosen: np.ndarray) -> Steps:
    method = METHODS[fitting.method]
    if method in NETWORKS:
        return _network(contenders, method, fitting.draw, chosen)
    return _readout(contenders, method, chosen)


def _readout(contenders: Contenders, method: str, chosen: np.ndarray) -> Steps:
    from explorer.applications.transfer import readout

    if method == "frozen":
        training, tested = yield from contenders.frozen(chosen)
    else:
        training, tested = contenders.glove(chosen)
    yield None
    yield readout.answers(training, contenders.labels[chosen], tested) == contenders.right


def _network(contenders: Contenders, method: str, draw: int, chosen: np.ndarray) -> Steps:
    from explorer.applications.transfer.network import Fit, answers

    experiment = contenders.experiment
    model = yield from contenders.network(method, draw)
    texts, tested = contenders.texts(method, chosen)
    yield None
    order = stream(experiment.seed + draw, ORDER)
    fit = Fit(model, texts, contenders.labels[chosen], experiment.updates, experiment.learning_rate, order)
    for update in range(1, experiment.updates + 1):
        loss = yield from fit.update()
        if update * (PARTS - 1) // experiment.updates > (update - 1) * (PARTS - 1) // experiment.updates:
            yield loss
    yield (yield from answers(model, tested)) == contenders.right


def _bounds(share: float, answers: int) -> tuple[float, float]:
    return (np.nan, np.nan) if np.isnan(share) else wilson(float(min(max(share, 0.0), 1.0)), answers)
