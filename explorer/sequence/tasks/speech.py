"""Who speaks? Nine men say the vowels /ae/; which of them was it?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.task import Batch
from explorer.text.shipped import shipped

FOLDER = ("datasets", "data", "JapaneseVowels")
Examples = list[tuple[Tensor, int]]


class Speech(Recognition):
    """Utterances of 7 to 29 frames of 12 cepstral coefficients, each standardised on the training part.

    References
    ----------
    Kudo, Toyama and Shimbo 1999, Multidimensional curve classification using passing-through regions. The official
    split: 270 utterances to learn from, 370 to be judged.
    """

    name = "speech"
    title = "Who speaks?"
    labels = tuple(f"speaker {number}" for number in range(1, 10))
    story = (
        "The network hears a short vowel, frame by frame, as twelve numbers on the shape of the sound, and names the speaker "
        "after the last frame. Utterances last 7 to 29 frames, so it must gather what it heard into one state."
    )

    def __init__(self, experiment: object = None) -> None:
        training = read_utterances(shipped("aeon", *FOLDER, "JapaneseVowels_TRAIN.ts"))
        held_out = read_utterances(shipped("aeon", *FOLDER, "JapaneseVowels_TEST.ts"))
        frames = torch.cat([sequence for sequence, _ in training])
        mean, spread = frames.mean(dim=0), frames.std(dim=0)
        standard = [[((sequence - mean) / spread, label) for sequence, label in part] for part in (training, held_out)]
        self._read(*standard, noun="")

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """Frames, counted from 1."""
        return [f"frame {step + 1}" for step in range(int(batch.lengths[i]))]


def read_utterances(path: Path) -> Examples:
    """Sequences, float32 (frames, 12), and speakers from 0, of a file in the ts format.

    One line each: channels separated by colons, their values by commas, the class (1 to 9) last.
    """
    _, _, data = path.read_text(encoding="utf-8").partition("@data\n")
    examples = []
    for line in data.splitlines():
        *channels, label = line.split(":")
        values = np.array([channel.split(",") for channel in channels], dtype=np.float32)
        examples.append((torch.from_numpy(values.T.copy()), int(label) - 1))
    return examples
