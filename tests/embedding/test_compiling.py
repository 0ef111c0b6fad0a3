import numpy as np
from numba import float64, int64

from explorer.embedding.compiling import compile_now, compiled


def test_where_nothing_can_be_kept_it_still_compiles():
    """Code without a file has no folder for its machine code, as has a read-only installation."""
    room: dict = {}
    exec("def double(x):\n    return 2 * x", room)
    double = compiled()(room["double"])
    assert double(21) == 42


def test_compiled_once_for_the_stated_types():
    room: dict = {}
    exec("def first(x):\n    return x[0]", room)
    first = compiled()(room["first"])
    compile_now(first, float64[::1])
    compile_now(first, float64[::1])
    assert first(np.array([2.5])) == 2.5
    assert first.signatures == [(float64[::1],)]
    compile_now(first, int64[::1])
    assert len(first.signatures) == 2
