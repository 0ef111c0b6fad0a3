"""Data files that ship inside installed packages, found without importing the packages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def shipped(package: str, *parts: str) -> Path:
    """Path of a file inside an installed package.

    Importing gensim, aeon or scikit-learn takes one to three seconds each; reading a file they carry does not need it.

    Raises
    ------
    FileNotFoundError
        When the package, or the file in it, is not there.
    """
    spec = find_spec(package)
    path = Path(*(spec.submodule_search_locations or [""]), *parts) if spec else None
    if path is None or not path.is_file():
        raise FileNotFoundError(f"{package} does not carry {'/'.join(parts)}; install it as requirements.txt says.")
    return path
