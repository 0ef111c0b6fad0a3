"""Who, and where? Tag every word of a sentence whose names the network has never seen."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.sequence.tasks.tagged_sentences import (
    TEMPLATES,
    Sentence,
    held_out_sentences,
    is_name,
    training_sentences,
)
from explorer.sequence.tasks.task import IGNORED, Baseline, Batch, Task
from explorer.text.tokens import UNKNOWN_WORD, split_words

LABELS = ("other", "person", "city", "country")
MOST_WORDS = 60


class Tagging(Task):
    """A tag for every word, at that word. What is scored is the names: the other words are easy.

    Names are known by their spelling only if they are frequent; every other, in training too, is read as <unknown>, and the
    held-out sentences have no other names. So nothing but the words around it says what a name stands for.
    """

    name = "tagging"
    title = "Who, and where?"
    labels = LABELS
    outputs = len(LABELS)
    accepts_text = True
    example_hint = "Lima is a city in Peru ."
    answer_sentence = "the loss at the last name"

    def __init__(self, experiment: object = None) -> None:
        training, self.known = training_sentences()
        self.vocabulary = (UNKNOWN_WORD, *self.known)
        self.inputs = len(self.vocabulary)
        self._number = {word.lower(): number for number, word in enumerate(self.vocabulary)}
        self.training = self._batch(training)
        self._held_out = self._batch(held_out_sentences())
        self.baselines = (self._one_way(), self._one_word())
        self.baseline = self.baselines[0]
        self.story = (
            "The network reads a sentence word by word and says at each word whether it belongs to a person's name, is a "
            f"city, a country, or none of these. Rare names are read as {UNKNOWN_WORD}: only the words around them tell. "
            "What came before must be remembered; what comes after is there only for a network that reads both ways."
        )

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` training sentences, each equally likely."""
        return self.training.pick(torch.randint(len(self.training), (n,), generator=generator))

    def held_out(self) -> Batch:
        """Sentences with names that no training sentence has, as many from each pattern."""
        return self._held_out

    def watched(self) -> Batch:
        """A held-out sentence in which the word that tells comes after the name."""
        unknown_first = (self._held_out.inputs[:, 0] == 0) & (self._held_out.targets[:, 0] == LABELS.index("country"))
        return self._held_out.pick(unknown_first.nonzero().flatten()[:1])

    def encode(self, text: str) -> Batch:
        """A sentence; what is right about it is not known.

        Raises
        ------
        ValueError
            For an empty text and for one of more than 60 words.
        """
        words = split_words(text)
        if not words:
            raise ValueError(f"Type a sentence, for example “{self.example_hint}”.")
        if len(words) > MOST_WORDS:
            raise ValueError(f"That is {len(words)} words; at most {MOST_WORDS} fit. Type a shorter sentence.")
        inputs = torch.tensor([[self._number.get(word, 0) for word in words]])
        return Batch(inputs, torch.full_like(inputs, IGNORED), torch.tensor([len(words)]))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The words read."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]

    def answer_loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """The loss at the last name; in a typed sentence, where no tag is known, that of the tag the network gives."""
        untold = (batch.targets == IGNORED).all(dim=1, keepdim=True)
        own = torch.where(untold, outputs.detach().argmax(-1), batch.targets)
        return super().answer_loss(outputs, Batch(batch.inputs, own, batch.lengths))

    def answer_step(self, batch: Batch) -> Tensor:
        """int64 (n,): the last word that is a name; the last word where no name is known."""
        places = torch.where(batch.targets > 0, torch.arange(1, batch.targets.shape[1] + 1), 0).amax(dim=1) - 1
        return torch.where(places < 0, batch.lengths - 1, places)

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """Share of the words of names that are tagged right."""
        names = batch.targets > 0
        return (outputs.argmax(-1) == batch.targets)[names].double().mean().item()

    def _answers(self, batch: Batch) -> int:
        return int((batch.targets > 0).sum())

    def _batch(self, sentences: Sequence[Sentence]) -> Batch:
        read = [torch.tensor([self._number.get(word.lower(), 0) for word in words]) for words, _ in sentences]
        tags = [torch.tensor(tags) for _, tags in sentences]
        targets = pad_sequence(tags, batch_first=True, padding_value=IGNORED)
        return Batch(pad_sequence(read, batch_first=True), targets, torch.tensor([len(words) for words in read]))

    def _one_way(self) -> Baseline:
        """The best from the left: of all held-out sentences with the same beginning, the tags counted at each word."""
        loss, right = best_guess((tuple(words[: i + 1]), tag) for words, tags in _blind() for i, tag in enumerate(tags))
        sentence = (
            f"Reading from the left, at most {right:.0%} of the words of unknown names can be told (loss {loss:.3f}); "
            f"reading both ways, {_both_ways():.0%}; {self._one_word().sentence}"
        )
        return Baseline(loss, right, "reading one way", sentence)

    def _one_word(self) -> Baseline:
        """The best for who sees one word at a time."""
        loss, right = best_guess((words[i], tag) for words, tags in _blind() for i, tag in enumerate(tags))
        return Baseline(loss, right, "seeing one word", f"seeing one word only, {right:.0%} (loss {loss:.2f}).")


def _blind() -> list[Sentence]:
    """The patterns with all names unknown, as the held-out sentences read, each as often as the others."""
    return [(tuple(UNKNOWN_WORD if is_name(word) else word for word in pattern), tags) for pattern, tags in TEMPLATES]


def _both_ways() -> float:
    """The largest share of names tagged right by who sees the whole sentence at every word."""
    return best_guess(((words, i), tag) for words, tags in _blind() for i, tag in enumerate(tags))[1]


def best_guess(cases: Iterable[tuple[object, int]]) -> tuple[float, float]:
    """The least mean cross-entropy, and the largest share of names tagged right, for who sees what each case begins with.

    Parameters
    ----------
    cases : iterable of (what is seen, tag)
        Equally likely ones. Tag 0 is no name; it counts for the loss only.
    """
    counts: dict[object, Counter[int]] = defaultdict(Counter)
    for seen, tag in cases:
        counts[seen][tag] += 1
    total = sum(tags.total() for tags in counts.values())
    loss = -sum(n * math.log(n / tags.total()) for tags in counts.values() for n in tags.values()) / total
    names = sum(tags.total() - tags[0] for tags in counts.values())
    hits = sum(max((n for tag, n in tags.items() if tag), default=0) for tags in counts.values())
    return loss, hits / names
