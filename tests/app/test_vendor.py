"""The drawing library is served from this server, below any path, and nothing beside it."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from starlette.applications import Starlette

from explorer.app.vendor import plotly_file, plotly_route, plotly_version

APP = Starlette(routes=[plotly_route()])


def get(path: str, encoding: str = "identity") -> tuple[int, dict[str, str], bytes]:
    """Ask the route directly, as the server would: status, headers, body."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", encoding.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b"", "root_path": ""}
    asyncio.run(APP(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    "path", ["/vendor/plotly.min.js", "/unrolled/vendor/plotly.min.js", "/a/b/vendor/plotly.min.js"]
)
def test_the_file_arrives_whole_below_any_path(path):
    status, headers, body = get(path)
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert "max-age=31536000" in headers["cache-control"]
    assert body == plotly_file().read_bytes()


def test_it_is_compressed_for_those_who_understand():
    status, headers, body = get("/vendor/plotly.min.js", encoding="br, gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert len(body) < 0.4 * plotly_file().stat().st_size
    assert gzip.decompress(body) == plotly_file().read_bytes()


@pytest.mark.parametrize(
    "path", ["/vendor/", "/vendor/widgetbundle.js", "/xvendor/plotly.min.js", "/vendor/../vendor.py"]
)
def test_nothing_else_is_served(path):
    assert get(path)[0] == 404


def test_the_version_is_that_of_the_package():
    import plotly

    assert plotly_version() == plotly.__version__
