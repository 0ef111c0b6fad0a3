"""The classroom example: "rose is red". The last word depends on the first, the words between are shared."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.sequence.tasks.task import IGNORED, Baseline, Batch, Task, last_true

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

PHRASES = Path(__file__).parents[3] / "assets" / "phrases.txt"
END = "<end>"
MOST_WORDS = 60
WATCHED = "the lemon in the bowl is yellow"
PUNCTUATION = ".,;:!?…\"'“”‘’()"

Phrases = tuple[tuple[str, ...], ...]


def read_phrases(path: Path = PHRASES) -> Phrases:
    """The phrases as tuples of words, one for each line that is not blank."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip())


def content(phrase: tuple[str, ...]) -> str:
    """The word that decides the last one: the first that is not an article."""
    return next(word for word in phrase if word != "the")


class Rose(Task):
    """Next word at every step: read w1 ... wn, say w2 ... wn <end>."""

    name = "rose"
    title = "Rose is red"
    story = (
        "The network reads a short phrase word by word and says at each word which comes next. "
        "After “is” it has to name a colour, and only the thing named near the beginning tells which: "
        "it must still remember it."
    )
    answer_sentence = "the loss at the last word"
    no_held_out = (
        "Nothing is held out: that violets are blue cannot be known without having read it, so what counts is what "
        "the network remembers of the phrases it has seen."
    )
    accepts_text = True
    example_hint = "rose is"
    samples_text = True
    joiner = " "

    def __init__(self, experiment: SequenceExperiment | None = None, phrases: Phrases | None = None) -> None:
        self.phrases = read_phrases() if phrases is None else phrases
        words = sorted({word for phrase in self.phrases for word in phrase})
        # <end> is never read, so that its number 0 can serve as padding.
        self.vocabulary = self.labels = (END, *words)
        self.inputs = self.outputs = len(self.vocabulary)
        self._number = {word: number for number, word in enumerate(self.vocabulary)}
        self._colours = {content(phrase): phrase[-1] for phrase in self.phrases}
        self._followers = self._count_prefixes()
        self._all = self._batch(self.phrases)
        self.baseline = self._baseline()

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` phrases, each equally likely."""
        drawn = torch.randint(len(self.phrases), (n,), generator=generator)
        return self._all.pick(drawn)

    def scored(self) -> Batch:
        """All phrases, each once."""
        return self._all

    def watched(self) -> Batch:
        """One phrase of seven words."""
        phrase = tuple(WATCHED.split())
        return self._batch([phrase if phrase in self.phrases else max(self.phrases, key=len)])

    def encode(self, text: str) -> Batch:
        """A phrase or its beginning; what should follow is scored where the phrases decide it.

        Raises
        ------
        ValueError
            For no words, too many words, or a word that no phrase contains.
        """
        words = [word.strip(PUNCTUATION) for word in text.lower().split()]
        words = [word for word in words if word]
        if not words:
            raise ValueError(f"Type at least one word, for example “{self.example_hint}”.")
        if len(words) > MOST_WORDS:
            raise ValueError(f"That is {len(words)} words; at most {MOST_WORDS} fit. Type a shorter phrase.")
        numbers = [self._known(word) for word in words]
        inputs = torch.tensor([numbers])
        targets = torch.tensor([[*numbers[1:], self._next(tuple(words))]])
        return Batch(inputs, targets, torch.tensor([len(numbers)]))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The words read."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]

    def answer_step(self, batch: Batch) -> Tensor:
        """int64 (n,): the step that predicts the last word, the one before <end>."""
        words = (batch.targets != IGNORED) & (batch.targets != 0)
        return last_true(words, otherwise=batch.lengths - 1)

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """Share of phrases whose last word is right."""
        rows, step = torch.arange(len(batch)), self.answer_step(batch)
        return (outputs[rows, step].argmax(-1) == batch.targets[rows, step]).double().mean().item()

    def _answers(self, batch: Batch) -> int:
        return len(batch)

    def _count_prefixes(self) -> dict[tuple[str, ...], set[str]]:
        followers = defaultdict(set)
        for phrase in self.phrases:
            for end, word in enumerate((*phrase[1:], END), start=1):
                followers[phrase[:end]].add(word)
        return dict(followers)

    def _batch(self, phrases: Sequence[tuple[str, ...]]) -> Batch:
        read = [torch.tensor([self._number[word] for word in phrase]) for phrase in phrases]
        said = [torch.tensor([self._number[word] for word in (*phrase[1:], END)]) for phrase in phrases]
        inputs = pad_sequence(read, batch_first=True)
        targets = pad_sequence(said, batch_first=True, padding_value=IGNORED)
        return Batch(inputs, targets, torch.tensor([len(phrase) for phrase in phrases]))

    def _known(self, word: str) -> int:
        if word in self._number and word != END:
            return self._number[word]
        shown = word if len(word) <= 30 else word[:29] + "…"
        close = get_close_matches(word[:30], self.vocabulary[1:], n=3, cutoff=0.6) or sorted(self._colours)[:8]
        raise ValueError(f"The phrases do not contain the word “{shown}”. Words that are known: {', '.join(close)}.")

    def _next(self, words: tuple[str, ...]) -> int:
        """Number of the one word that can follow, or `IGNORED` when the phrases leave it open."""
        followers = self._followers.get(words, set())
        if len(followers) == 1:
            return self._number[next(iter(followers))]
        colour = self._colours.get(next((word for word in words if word in self._colours), ""))
        # A thing met only in longer phrases has its colour in a short one, too: "lemon is" -> "yellow".
        return self._number[colour] if colour and words[-1] == "is" else IGNORED

    def _baseline(self) -> Baseline:
        """The best that is possible for a model that sees the last word only: bigram counts."""
        pairs = [pair for phrase in self.phrases for pair in zip(phrase, (*phrase[1:], END), strict=True)]
        counts = defaultdict(Counter)
        for word, following in pairs:
            counts[word][following] += 1
        loss = -sum(math.log(counts[word][after] / counts[word].total()) for word, after in pairs) / len(pairs)
        guesses = {word: after.most_common(1)[0][0] for word, after in counts.items()}
        right = sum(guesses[phrase[-2]] == phrase[-1] for phrase in self.phrases) / len(self.phrases)
        sentence = (
            f"Seeing only the word before, the best guess gets {right:.0%} of the last words right (loss {loss:.2f})."
        )
        return Baseline(loss, right, "seeing one word back", sentence)
