"""Small runs that belong to the process: the thumbnails of the home page, computed once for everybody."""

from __future__ import annotations

import secrets
import threading

from explorer.app.process import engine
from explorer.runs.report import Report, UnknownRun
from explorer.sequence import SequenceExperiment

_OWNER = secrets.token_urlsafe(16)
_lock = threading.Lock()
_names: dict[SequenceExperiment, str] = {}

ROSE = SequenceExperiment(task="rose", hidden=12, steps=400)
"""The network whose states and path are shown."""
CELLS = tuple(
    SequenceExperiment(task="recall", cell=cell, length=30, hidden=24, batch=16, steps=120, forget_bias=3.0)
    for cell in ("rnn", "lstm", "gru")
)
"""The networks whose gradients are compared. With PyTorch's own bias the LSTM's would fade like the RNN's."""


def shown(experiment: SequenceExperiment) -> Report:
    """What there is of a run of the process; asking for it lets it go on until it is finished.

    Raises
    ------
    TooManyRuns
        When visitors need all the room there is.
    """
    with _lock:
        name = _names.get(experiment)
        try:
            if name is not None:
                return engine().frames_since(name, _OWNER)
        except UnknownRun:
            pass
        name = _names[experiment] = engine().start(experiment, _OWNER)
    engine().command(name, _OWNER, "play")
    return engine().frames_since(name, _OWNER)
