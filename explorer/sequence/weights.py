"""Weights as bytes (safetensors) and back; the bytes may come from a stranger's file."""

from __future__ import annotations

from collections.abc import Mapping

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor, nn

HEADER_ALLOWANCE = 100_000
"""Bytes a file may be longer than its numbers: names and shapes."""


def to_bytes(model: nn.Module) -> bytes:
    """All weights in the safetensors format."""
    return safetensors.torch.save({name: weight.detach() for name, weight in model.state_dict().items()})


def fill(model: nn.Module, weights: bytes) -> None:
    """Set a model's weights from bytes.

    Raises
    ------
    ValueError
        When the bytes are no safetensors file, belong to another architecture, or hold infinite values.
    """
    wanted = model.state_dict()
    given = _read(weights, limit=sum(weight.nbytes for weight in wanted.values()) + HEADER_ALLOWANCE)
    _check(given, wanted)
    model.load_state_dict(given)


def _read(weights: bytes, limit: int) -> dict[str, Tensor]:
    if len(weights) > limit:
        raise ValueError(f"The weights take {len(weights):,} bytes; this architecture has at most {limit:,}.")
    try:
        return safetensors.torch.load(bytes(weights))
    except (SafetensorError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ValueError("The weights cannot be read: this is not a complete safetensors file.") from error


def _check(given: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> None:
    if given.keys() != wanted.keys():
        strange = min(given.keys() ^ wanted.keys())
        raise ValueError(f"The weights belong to another architecture: {strange[:60]!r} is in only one of the two.")
    for name, weight in wanted.items():
        if given[name].shape != weight.shape or given[name].dtype != weight.dtype:
            raise ValueError(
                f"The weights belong to another architecture: {name!r} is {_shape(given[name])}, not {_shape(weight)}."
            )
        if not bool(torch.isfinite(given[name]).all()):
            raise ValueError(f"The weights {name!r} hold values that are not finite numbers.")


def _shape(weight: Tensor) -> str:
    return " x ".join(map(str, weight.shape)) + f" {str(weight.dtype).removeprefix('torch.')}"
