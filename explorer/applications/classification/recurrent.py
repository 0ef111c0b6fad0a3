"""Word after word: a recurrent network that says after the last word which label the text has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.applications.classification.averaged import vectors_of
from explorer.applications.classification.experiment import ClassificationExperiment
from explorer.applications.classification.method import Learning, Weights
from explorer.applications.classification.method import run_through as through
from explorer.applications.classification.regression import towards
from explorer.applications.classification.texts import Text
from explorer.sequence.model import SequenceModel, build_slices
from explorer.sequence.pace import run_through
from explorer.sequence.settings import Settings
from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.texts import Texts
from explorer.sequence.trainer import Trainer
from explorer.text.tokens import UNKNOWN_WORD, Vocabulary

KNOWN = 4000
"""Most words that have a vector of the network's own."""
AT_ONCE, READ_AT_ONCE = 32, 100
"""Texts in one piece of work."""
Examples = list[tuple[Sequence[str], int]]


class OwnVectors(Texts):
    """Words by number; the network learns a vector for each."""

    def __init__(self, labels: tuple[str, ...], examples: Examples) -> None:
        self.labels = labels
        words = [word for tokens, _ in examples for word in tokens]
        self._learn(Vocabulary.most_frequent(words, KNOWN, UNKNOWN_WORD), examples, examples[:1])

    def number(self, words: Sequence[str]) -> Tensor:
        """What the network reads of a text: int64 (words,)."""
        return self._numbers(words or ("",))


class GivenVectors(Recognition):
    """Words by their GloVe vectors, which stay as they are; zeros for words that it does not know."""

    def __init__(self, labels: tuple[str, ...], examples: Sequence[tuple[Tensor, int]]) -> None:
        self.labels = labels
        self._read(list(examples), list(examples[:1]), "")

    @staticmethod
    def number(words: Sequence[str]) -> Tensor:
        """What the network reads of a text: float32 (words, 50)."""
        return torch.from_numpy(vectors_of(words or ("",))[0].astype(np.float32))


class Recurrent:
    """A network of `explorer.sequence`, trained by its trainer."""

    how: ClassVar[str] = "gradient × input: how the score changes with the word's vector, times that vector"
    exact: ClassVar[bool] = False

    def __init__(self, model: SequenceModel) -> None:
        self._model = model.eval()

    @classmethod
    def learn(
        cls, experiment: ClassificationExperiment, cell: str, texts: Sequence[Text], classes: np.ndarray,
        labels: tuple[str, ...], seed: int,
    ) -> Learning[Recurrent]:  # fmt: skip
        """Learned from texts and the numbers of their classes; equal seeds give equal weights."""
        of_network = experiment.network(cell).replace(seed=seed)
        yield 0.0
        task = yield from _task(experiment, texts, classes, labels)
        model = run_through(build_slices(of_network, task))
        trainer, settings = Trainer(of_network, model), Settings.at(0, of_network, ())
        trainer.measure_untrained(settings)
        for made in range(experiment.updates):
            yield made / experiment.updates
            trainer.update(settings)
            if trainer.diverged:
                break
        return cls(model)

    @classmethod
    def restore(
        cls, experiment: ClassificationExperiment, cell: str, texts: Sequence[Text], classes: np.ndarray,
        labels: tuple[str, ...], weights: Weights,
    ) -> Recurrent:  # fmt: skip
        """The network with weights that were kept; `texts` are those it learned from."""
        needed = 1 if experiment.vectors == "glove" else len(texts)  # the rest would only be learned from
        task = through(_task(experiment, texts[:needed], classes[:needed], labels))
        model = run_through(build_slices(experiment.network(cell), task))
        wanted = model.state_dict()
        if wanted.keys() != weights.keys() or any(wanted[name].shape != weights[name].shape for name in wanted):
            raise ValueError("The weights of the recurrent network belong to another one.")
        model.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in weights.items()})
        return cls(model)

    def scores(self, texts: Sequence[Text]) -> Learning[np.ndarray]:
        """Logits, float64 (n, classes)."""
        parts = [np.empty((0, self._model.task.outputs))]
        for start in range(0, len(texts), AT_ONCE):
            inputs, lengths = self._batch(texts[start : start + AT_ONCE])
            with torch.no_grad():
                parts.append(self._model(inputs, lengths).double().numpy())
            yield start / len(texts)
        return np.concatenate(parts)

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """Gradient × input, to first order what each word adds (Denil, Demiraj and de Freitas 2014)."""
        inputs, lengths = self._batch([text])
        embedded = self._model.embed(inputs).detach().requires_grad_()
        with torch.enable_grad():
            score = towards(self._model.from_embedded(embedded, lengths), number).sum()
            (gradient,) = torch.autograd.grad(score, embedded)
        return (gradient * embedded).sum(-1)[0].detach().double().numpy()

    def weights(self) -> Weights:
        """All weights, by name."""
        return {name: weight.detach().numpy() for name, weight in self._model.state_dict().items()}

    def _batch(self, texts: Sequence[Text]) -> tuple[Tensor, Tensor]:
        read = [self._model.task.number(text.words) for text in texts]
        return pad_sequence(read, batch_first=True), torch.tensor([len(one) for one in read])


def _task(
    experiment: ClassificationExperiment, texts: Sequence[Text], classes: np.ndarray, labels: tuple[str, ...]
) -> Learning[OwnVectors | GivenVectors]:
    pairs = [(text.words, int(number)) for text, number in zip(texts, classes, strict=True)]
    if experiment.vectors == "own":
        return OwnVectors(labels, pairs)
    read = []
    for start in range(0, len(pairs), READ_AT_ONCE):
        read += [(GivenVectors.number(words), label) for words, label in pairs[start : start + READ_AT_ONCE]]
        yield 0.0
    return GivenVectors(labels, read)
