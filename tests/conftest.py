"""Who runs what when two processes share the tests: a file stays together, and so do all browser tests."""

import pytest


@pytest.hookimpl(tryfirst=True)  # before the process reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fixtures of a file are made once; two browsers at a time would wait for one another."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group("browser" if folder == "browser" else str(item.path)))
