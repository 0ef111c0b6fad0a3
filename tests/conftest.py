"""Who runs what when two processes share the tests: a file stays together, and so do all browser tests.

A browser that draws in software beside a server and another process, on two cores, is sometimes too late: its tests get a
second try, and the summary says which needed one.
"""

import pytest


@pytest.hookimpl(tryfirst=True)  # before the process reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fixtures of a file are made once; two browsers at a time would wait for one another."""
    for item in items:
        in_browser = item.path.parent.name == "browser"
        item.add_marker(pytest.mark.xdist_group("browser" if in_browser else str(item.path)))
        if in_browser:
            item.add_marker(pytest.mark.flaky(reruns=1))
