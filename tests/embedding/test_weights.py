"""Vectors as bytes: what comes back is what went in, and what a stranger sends is checked."""

import numpy as np
import pytest
import safetensors.numpy

from explorer.embedding.weights import from_bytes, to_bytes

ARRAYS = {"input": np.arange(6, dtype=np.float32).reshape(3, 2), "output": np.ones((3, 2), np.float32)}
SHAPES = {"input": (3, 2), "output": (3, 2)}


def test_there_and_back():
    transposed = {"input": np.asfortranarray(ARRAYS["input"]), "output": ARRAYS["output"]}
    back = from_bytes(to_bytes(transposed), SHAPES)
    assert all(np.array_equal(back[name], ARRAYS[name]) for name in ARRAYS)


@pytest.mark.parametrize(
    "arrays, said",
    [
        ({"input": ARRAYS["input"]}, "'output' is in only one"),
        ({**ARRAYS, "x" * 90: np.ones(1, np.float32)}, "other settings"),
        ({**ARRAYS, "output": np.ones((2, 3), np.float32)}, "'output' is (2, 3)"),
        ({**ARRAYS, "output": np.ones((3, 2), np.float64)}, "other settings"),
        ({**ARRAYS, "output": np.full((3, 2), np.nan, np.float32)}, "not finite"),
        ({**ARRAYS, "output": np.ones((300, 200), np.float32)}, "at most"),
    ],
)
def test_what_does_not_fit_is_refused(arrays, said):
    with pytest.raises(ValueError) as error:
        from_bytes(safetensors.numpy.save(arrays), SHAPES)
    assert said in str(error.value) and len(str(error.value)) < 200


def test_other_bytes_are_refused():
    for data in (b"", b"hello", to_bytes(ARRAYS)[:-3]):
        with pytest.raises(ValueError, match="not a complete safetensors file"):
            from_bytes(data, SHAPES)
