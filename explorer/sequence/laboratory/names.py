"""The words that the laboratory's settings share."""

from typing import Literal

CellName = Literal["rnn", "lstm", "gru"]
NormName = Literal["per sample", "of the mean"]
CELL_TITLES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
