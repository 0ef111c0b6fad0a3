"""Vectors as bytes (safetensors) and back; the bytes may come from a stranger's file."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

HEADER_ALLOWANCE = 100_000
"""Bytes a file may be longer than its numbers: names and shapes."""


def to_bytes(tensors: Mapping[str, np.ndarray]) -> bytes:
    """Arrays by name, in the safetensors format."""
    return safetensors.numpy.save({name: np.ascontiguousarray(array) for name, array in tensors.items()})


def from_bytes(weights: bytes, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """Arrays by name, float32.

    Parameters
    ----------
    weights : bytes
    shapes : mapping of str to tuple of int
        What has to be in them.

    Raises
    ------
    ValueError
        When the bytes are no safetensors file, hold other arrays, or values that are not finite.
    """
    limit = 4 * sum(int(np.prod(shape)) for shape in shapes.values()) + HEADER_ALLOWANCE
    if len(weights) > limit:
        raise ValueError(f"The vectors take {len(weights):,} bytes; with these settings they have at most {limit:,}.")
    try:
        arrays = safetensors.numpy.load(bytes(weights))
    except (SafetensorError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ValueError("The vectors cannot be read: this is not a complete safetensors file.") from error
    if arrays.keys() != shapes.keys():
        strange = min(arrays.keys() ^ shapes.keys())
        raise ValueError(f"The vectors belong to other settings: {strange[:60]!r} is in only one of the two.")
    for name, array in arrays.items():
        if array.shape != tuple(shapes[name]) or array.dtype != np.float32:
            raise ValueError(f"The vectors belong to other settings or another text: {name!r} is {array.shape}.")
        if not np.isfinite(array).all():
            raise ValueError(f"The vectors {name!r} hold values that are not finite numbers.")
    return arrays
