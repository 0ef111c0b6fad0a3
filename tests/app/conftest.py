"""Pages without a browser: the real script, the real engine, closed after each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.process import close_engine

ROOT = Path(__file__).parents[2]


@pytest.fixture
def open_page() -> Iterator[Callable[..., AppTest]]:
    """``open_page("train_live.py", task="rose")`` runs a page with URL parameters."""

    def open_(file: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "explorer" / "app" / "router.py"), default_timeout=60)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.switch_page(str(ROOT / "pages" / file)).run()

    yield open_
    close_engine()
