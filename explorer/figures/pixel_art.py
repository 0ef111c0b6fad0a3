"""Small pictures of few pixels, as images that keep their proportions however wide the figure is drawn."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode

import numpy as np

ENLARGED = 12
"""Each pixel becomes a square of so many: a browser smooths what it enlarges."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def pixel_art(values: np.ndarray, paper: str, ink: str) -> str:
    """A picture as the source of an image: PNG in a data URI.

    Parameters
    ----------
    values : (h, w) array
        0 is paper, 1 is ink; what lies outside is cut, what is no number is paper.
    paper, ink : str
        Colours as ``#RRGGBB``.
    """
    shares = np.clip(np.nan_to_num(np.asarray(values, dtype=float)), 0.0, 1.0)
    low, high = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) for colour in (paper, ink))
    colours = np.rint(low + shares[..., None] * (high - low)).astype(np.uint8)
    large = colours.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
    return "data:image/png;base64," + b64encode(_png(large)).decode()


def _png(pixels: np.ndarray) -> bytes:
    """(h, w, 3) bytes as a PNG file (RFC 2083): header, one block of compressed rows, end."""
    height, width, _ = pixels.shape
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), pixels.reshape(height, -1)])  # 0: no filter
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return (
        SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def placed(source: str, x: float, y: float, wide: float, tall: float) -> dict:
    """An image around a place on the figure's own axes, as large as fits without being stretched."""
    return {
        "source": source, "xref": "x", "yref": "y", "x": x, "y": y, "sizex": wide, "sizey": tall, "xanchor": "center",
        "yanchor": "middle", "sizing": "contain", "layer": "above",
    }  # fmt: skip
