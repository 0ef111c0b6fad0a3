"""The one file of another project that the browser needs: the drawing library inside the plotly wheel.

It is served by this server, never by a stranger's, so that a class without internet sees pictures.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

NAME = "vendor/plotly.min.js"


def plotly_route() -> Route:
    """A route that serves ``vendor/plotly.min.js`` below any path, and nothing else.

    Below any path, because ``server.baseUrlPath`` or a proxy may put the app's pages there, and the page
    asks relative to its own address. The file is compressed once and may be kept by browsers for a year:
    its address carries the version.
    """
    return Route("/{base:path}" + NAME, _answer, methods=["GET", "HEAD"], name="plotly")


@lru_cache(maxsize=1)
def plotly_version() -> str:
    """Version of the installed plotly package, which is part of the file's address."""
    return version("plotly")


def plotly_file() -> Path:
    """Where the installed package keeps the file (found without importing plotly)."""
    package = find_spec("plotly")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed: pip install -r requirements.txt")
    return Path(package.submodule_search_locations[0]) / "package_data" / "plotly.min.js"


def _answer(request: Request) -> Response:
    base = request.path_params["base"]
    if base and not base.endswith("/"):
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(plotly_file().read_bytes(), media_type="text/javascript", headers=headers)
    return Response(_compressed(), media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"})


@lru_cache(maxsize=1)
def _compressed() -> bytes:
    return gzip.compress(plotly_file().read_bytes(), compresslevel=5)
