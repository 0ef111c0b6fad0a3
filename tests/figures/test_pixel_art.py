"""A picture of pixels comes back out of its image as it went in."""

import struct
import zlib
from base64 import b64decode

import numpy as np
import plotly.graph_objects as go

from explorer.figures.drawn_digits import drawn_digits, drawn_notice
from explorer.figures.palette import theme
from explorer.figures.pixel_art import ENLARGED, pixel_art


def decoded(source: str) -> np.ndarray:
    """The pixels of a PNG file of one unfiltered block, its checksums checked."""
    data = b64decode(source.removeprefix("data:image/png;base64,"))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + size
    width, height = struct.unpack(">2I", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_every_pixel_becomes_a_square_of_its_colour():
    values = np.array([[0.0, 1.0], [0.5, np.nan]])
    pixels = decoded(pixel_art(values, "#000000", "#FF8000"))
    assert pixels.shape == (2 * ENLARGED, 2 * ENLARGED, 3)
    corners = pixels[ENLARGED // 2 :: ENLARGED, ENLARGED // 2 :: ENLARGED]
    assert corners.tolist() == [[[0, 0, 0], [255, 128, 0]], [[128, 64, 0], [0, 0, 0]]]
    assert (pixels[:ENLARGED, :ENLARGED] == 0).all()


def test_what_lies_outside_is_cut():
    assert decoded(pixel_art(np.array([[-3.0, 7.0]]), "#101010", "#202020"))[0, [0, -1], 0].tolist() == [16, 32]


def test_drawn_digits_are_images_in_order():
    pictures = np.stack([np.full((8, 8), k / 9) for k in range(10)])
    figure = drawn_digits(pictures, "0123456789", theme(), chosen="4")
    figure = go.Figure(list(figure.data), figure.layout)
    assert [image.x for image in figure.layout.images] == list(range(10))
    shades = [int(decoded(image.source)[0, 0, 0]) for image in figure.layout.images]
    assert shades == sorted(shades, reverse=True) and len(set(shades)) == 10
    assert [note.text for note in figure.layout.annotations][4] == "<b>4</b>"


def test_drawings_that_can_be_told_are_named():
    means = np.eye(3)[:, None, :]
    assert "Every one" in drawn_notice(means, "012", means)
    assert drawn_notice(means[[0, 2, 2]], "012", means).startswith("2 of 3 drawings (0, 2) lie nearest")
