"""Handwritten digits for the tasks that read or draw them: 8 x 8 pixels, those of the last quarter held out."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.tasks.typed import check_typed
from explorer.sequence.tasks.digits import SIDE, read_digits

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Pictures(NamedTuple):
    """Pictures, float32 (n, 8, 8) from 0 to 1, and their digits, int64 (n,)."""

    pictures: Tensor
    digits: Tensor


@lru_cache(maxsize=1)
def digit_pictures() -> tuple[Pictures, Pictures]:
    """Those to learn from and those held out."""
    return tuple(
        Pictures(torch.stack([picture for picture, _ in part]), torch.tensor([digit for _, digit in part]))
        for part in read_digits((SIDE, SIDE))
    )


def typed_digit(text: str) -> int:
    """A digit from ``"7"`` or ``"seven"``.

    Raises
    ------
    ValueError
        For anything else.
    """
    word = check_typed(text, "7").strip().casefold()
    if word in WORDS:
        return WORDS.index(word)
    if len(word) == 1 and word in "0123456789":
        return int(word)
    raise ValueError(f"“{text.strip()[:40]}” is no digit; type one from 0 to 9, or its name, like “seven”.")
