"""The network: what is known of each word, a recurrent network over the sentence, a score for each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.applications.entities import chain
from explorer.applications.entities.reading import IGNORED, NOTHING, Batch, Reader, reader_of
from explorer.sequence.dropout import Dropout
from explorer.sequence.encoder_decoder.initialisation import initialise
from explorer.sequence.encoder_decoder.reading import read_both_ways, recurrent
from explorer.sequence.pace import Slices, run_through
from explorer.sequence.streams import DROPOUT, stream
from explorer.sequence.weights import fill

if TYPE_CHECKING:
    from explorer.applications.entities.experiment import EntityExperiment

LETTER_WIDTH, LETTER_FEATURES, WINDOW = 12, 24, 3
"""Numbers of a letter, what is made of a word's letters, and letters that are looked at together."""

# One thread: two are slower for networks of this size, and sums in another order would give other bits.
torch.set_num_threads(1)


class Spelling(nn.Module):
    """A convolution over the letters of a word and the maximum over its places (Ma and Hovy 2016)."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(letters + 2, LETTER_WIDTH)
        self.windows = nn.Linear(WINDOW * LETTER_WIDTH, LETTER_FEATURES)

    def forward(self, letters: Tensor) -> Tensor:
        """Of words (U, L) in numbers of letters what is noticed in them, (U, 24)."""
        padded = nn.functional.pad(letters, (1, 1), value=NOTHING)
        seen = self.embedding(padded).unfold(1, WINDOW, 1).transpose(2, 3).flatten(2)
        empty = (letters == NOTHING)[:, :, None]
        return torch.tanh(self.windows(seen)).masked_fill(empty, -1.0).amax(dim=1)


class Tagger(nn.Module):
    """Scores of tags for each word (Huang, Xu and Yu 2015; Lample et al. 2016).

    Attributes
    ----------
    reader : Reader
        Turns words into numbers.
    words : nn.Embedding
        Learned vectors; 0 is the unknown word.
    spelling : Spelling or None
    cells : nn.ModuleList
        One or two single-layer recurrent modules, one per direction.
    readout : nn.Linear
        From the states of all directions to a score for each tag.
    transitions : nn.Parameter or None
        (K + 1, K + 1), see `explorer.applications.entities.chain`.
    """

    def __init__(self, experiment: EntityExperiment, reader: Reader) -> None:
        super().__init__()
        self.reader, self.uses_vectors, self.hiding = reader, experiment.vectors, experiment.hiding
        self.words = nn.Embedding(len(reader.known), experiment.embedding)
        self.spelling = Spelling(len(reader.letters)) if experiment.letters else None
        width = experiment.embedding + LETTER_FEATURES * experiment.letters + 50 * experiment.vectors
        directions = 2 if experiment.bidirectional else 1
        self.cells = nn.ModuleList(recurrent(experiment.cell, width, experiment.hidden // directions) for _ in range(directions))
        self.readout = nn.Linear(experiment.hidden, len(reader.material.tags))
        size = len(reader.material.tags) + 1
        self.transitions = nn.Parameter(torch.zeros(size, size)) if experiment.chain else None
        self._noise = stream(experiment.seed, DROPOUT)
        self.dropout = Dropout(experiment.dropout, self._noise)

    def forward(self, batch: Batch) -> Tensor:
        """The tags' own scores, (n, T, K)."""
        return self.scores(self.inputs(batch), batch.lengths)

    def inputs(self, batch: Batch) -> Tensor:
        """What stands for each word, (n, T, width): learned vector, letters, GloVe vector."""
        numbers = batch.known[batch.index]
        if self.training and self.hiding:
            hidden = torch.rand(numbers.shape, generator=self._noise) < self.hiding
            numbers = torch.where(hidden, 0, numbers)
        described = [self.spelling(batch.letters)] if self.spelling is not None else []
        described += [batch.vectors] if self.uses_vectors else []
        parts = [self.words(numbers), *([torch.cat(described, dim=-1)[batch.index]] if described else [])]
        return torch.cat(parts, dim=-1)

    def scores(self, inputs: Tensor, lengths: Tensor) -> Tensor:
        """Scores of tags from what stands for each word."""
        states = read_both_ways(self.cells, self.dropout(inputs), lengths)
        return self.readout(self.dropout(states))

    def loss(self, scores: Tensor, batch: Batch) -> Tensor:
        """Minus the log-probability of the right tags, added up over all words of the batch."""
        if self.transitions is None:
            return nn.functional.cross_entropy(scores.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, reduction="sum")
        right = chain.score(scores, batch.tags, self.transitions, batch.lengths)
        return (chain.log_partition(scores, self.transitions, batch.lengths) - right).sum()

    def decide(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """The tags that are said, int64 (n, T)."""
        return scores.argmax(-1) if self.transitions is None else chain.best(scores, self.transitions, lengths)

    def probabilities(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """Of each tag at each word, (n, T, K)."""
        return scores.softmax(-1) if self.transitions is None else chain.marginals(scores, self.transitions, lengths)


def build_slices(experiment: EntityExperiment) -> Slices[Tagger]:
    """A new tagger with its initial weights, made in slices."""
    tagger = _empty(experiment)
    if tagger.transitions is not None:
        nn.init.zeros_(tagger.transitions)
    yield from initialise(tagger, experiment.seed)
    return tagger


def build_tagger(experiment: EntityExperiment) -> Tagger:
    """A new tagger with its initial weights."""
    return run_through(build_slices(experiment)).eval()


def load_tagger(experiment: EntityExperiment, weights: bytes) -> Tagger:
    """The tagger of a frame.

    Raises
    ------
    ValueError
        When the weights are not those of such a tagger.
    """
    tagger = _empty(experiment)
    fill(tagger, weights)
    return tagger.eval()


def _empty(experiment: EntityExperiment) -> Tagger:
    """A tagger whose weights are still to be filled."""
    reader = reader_of(experiment)  # before, or what it makes would be empty, too
    with torch.device("meta"):
        tagger = Tagger(experiment, reader)
    return tagger.to_empty(device="cpu")
