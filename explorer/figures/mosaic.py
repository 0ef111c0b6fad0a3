"""Many small pictures in one heat map: a grid of tiles with air between them."""

from __future__ import annotations

import numpy as np


def mosaic(tiles: np.ndarray, gap: int) -> np.ndarray:
    """Tiles side by side in one array, NaN between them.

    Parameters
    ----------
    tiles : (rows, columns, height, width) array
    gap : int
        Cells of air between two tiles.

    Returns
    -------
    array
        float32 (rows * (height + gap) - gap, columns * (width + gap) - gap).
    """
    rows, columns, height, width = tiles.shape
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan, dtype=np.float32)
    for i in range(rows):
        for j in range(columns):
            top, left = i * (height + gap), j * (width + gap)
            sheet[top : top + height, left : left + width] = tiles[i, j]
    return sheet


def tile_at(x: float, y: float, shape: tuple[int, int, int, int], gap: int) -> tuple[int, int] | None:
    """Row and column of the tile at a cell of the mosaic, cells counted from 1; None beside all tiles."""
    rows, columns, height, width = shape
    row, down = divmod(round(y) - 1, height + gap)
    column, right = divmod(round(x) - 1, width + gap)
    inside = 0 <= row < rows and 0 <= column < columns and down < height and right < width
    return (row, column) if inside else None


def pooled(maps: np.ndarray, most: int) -> np.ndarray:
    """Square maps (..., T, T) with at most so many cells a side: the largest value of each block."""
    length = maps.shape[-1]
    if length <= most:
        return maps
    starts = np.unique(np.linspace(0, length, most, endpoint=False).astype(int))
    return np.maximum.reduceat(np.maximum.reduceat(maps, starts, axis=-2), starts, axis=-1)


def tile_row(tiles: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Tiles in one row, each in the middle of a place of width 1.

    Parameters
    ----------
    tiles : (n, height, width) array
    share : float
        Of its place, what a tile takes.

    Returns
    -------
    values : array
        float32 (height, n * (width + 1) - 1), NaN between the tiles.
    edges : array
        Where the cells begin and end, (n * (width + 1),): tile k lies within k + 0.5 and k + 1.5.
    """
    count, height, width = tiles.shape
    values = np.full((height, count, width + 1), np.nan, dtype=np.float32)
    values[:, :, :width] = tiles.swapaxes(0, 1)
    edges = np.arange(1, count + 1)[:, None] + share * (np.arange(width + 1) / width - 0.5)
    return values.reshape(height, -1)[:, :-1], edges.ravel().astype(np.float32)
