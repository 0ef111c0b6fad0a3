"""`Scene`: one real example running through a network of one shape, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Guess = tuple[str, float]
"""An answer and its probability."""


@dataclass(frozen=True, eq=False)
class Column:
    """One time step.

    Attributes
    ----------
    reads : str
        What is read, as its label; "" where nothing is read.
    pixels : numpy.ndarray or None
        What is read, where it is pixels: (8,) of a row or (8, 8) of a picture, brightness 0..1.
    guesses : sequence of (str, float)
        What the network puts out, likeliest first; empty where the shape has no output.
    draws : numpy.ndarray or None
        (8,) pixels that it puts out instead.
    right : str
        What is right; "" where nothing is scored.
    loss : bool
        Whether the loss enters here.
    encodes : bool
        Whether the step belongs to an encoder, which reads and says nothing.
    fed_back : bool
        Whether what is read is what the network put out one step before.
    """

    reads: str = ""
    pixels: np.ndarray | None = None
    guesses: Sequence[Guess] = ()
    draws: np.ndarray | None = None
    right: str = ""
    loss: bool = False
    encodes: bool = False
    fed_back: bool = False

    @property
    def answers(self) -> bool:
        """Whether the network puts something out here."""
        return bool(self.guesses) or self.draws is not None


@dataclass(frozen=True, eq=False)
class Scene:
    """An example in a network of one shape, at one moment of its training.

    Attributes
    ----------
    columns : sequence of Column
        T time steps; those of an encoder come first.
    states : numpy.ndarray or None
        (directions, T, units); None before the network is there.
    gradients : mapping of str to numpy.ndarray
        Norms (T,) of the true dL/dh_t by name, the leading one first; empty before they are known.
    attention : numpy.ndarray or None
        (decoder's steps, encoder's steps), each row sums to 1.
    bound : float
        Of the states' colours.
    picture : numpy.ndarray or None
        (8, 8): the whole picture that is read or drawn row by row.
    across : bool
        Whether states are handed on from step to step.
    """

    columns: Sequence[Column]
    states: np.ndarray | None = None
    gradients: Mapping[str, np.ndarray] = field(default_factory=dict)
    attention: np.ndarray | None = None
    bound: float = 1.0
    picture: np.ndarray | None = None
    across: bool = True

    @property
    def length(self) -> int:
        """T."""
        return len(self.columns)

    @property
    def encoder(self) -> int:
        """How many of the steps belong to an encoder; 0 for a single network."""
        return sum(column.encodes for column in self.columns)

    @property
    def directions(self) -> int:
        """1, or 2 for a network that reads both ways."""
        return 1 if self.states is None else len(self.states)

    @property
    def gradient(self) -> np.ndarray | None:
        """The leading gradient, (T,)."""
        return next(iter(self.gradients.values()), None)

    def answering(self) -> list[int]:
        """The steps at which the network puts something out, counted from 0."""
        return [t for t, column in enumerate(self.columns) if column.answers]

    def losses(self) -> list[int]:
        """The steps at which the loss enters, counted from 0."""
        return [t for t, column in enumerate(self.columns) if column.loss]
