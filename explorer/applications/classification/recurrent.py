"""Word after word: a recurrent network that says after the last word which label the text has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.applications.classification.experiment import ClassificationExperiment
from explorer.applications.classification.method import Slices
from explorer.applications.classification.regression import towards
from explorer.applications.classification.texts import MOST_WORDS, LabelledTexts, Text
from explorer.applications.classification.word_vectors import vectors_of
from explorer.sequence.experiment import SequenceExperiment
from explorer.sequence.model import SequenceModel, build_slices, load_model_for
from explorer.sequence.settings import Settings
from explorer.sequence.tasks import Batch
from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.texts import Texts
from explorer.sequence.trainer import Trainer
from explorer.text.tokens import UNKNOWN_WORD, Vocabulary
