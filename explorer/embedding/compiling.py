"""Loops that numba turns into machine code: without the interpreter's lock, kept on disk, compiled when asked.

A function decorated here is not compiled when it is imported and should not be when it is first called either, for a
training step must not wait for a compiler: `compile_now` does it for the stated types beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from numba import njit
from numba.core.dispatcher import Dispatcher


def compiled(**options: Any) -> Callable[[Callable], Dispatcher]:
    """Decorator: `numba.njit` with ``nogil``, and the machine code kept on disk where any folder can be written.

    numba keeps it beside the source, else in the user's cache folder (or ``NUMBA_CACHE_DIR``); where none of them can
    be written, it refuses to decorate at all. Then each process compiles anew.
    """

    def decorate(function: Callable) -> Dispatcher:
        kernel = njit(nogil=True, **options)(function)
        with suppress(RuntimeError):
            kernel.enable_caching()
        return kernel

    return decorate


def compile_now(kernel: Dispatcher, *types: Any) -> None:
    """Compile for these argument types, or load what an earlier process compiled; at once when it is already there."""
    if tuple(types) not in kernel.overloads:
        kernel.compile(tuple(types))
