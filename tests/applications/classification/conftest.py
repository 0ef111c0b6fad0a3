import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pieces of a regression end before it has converged, on purpose."""
    for item in items:
        if "classification" in str(item.path):
            item.add_marker(pytest.mark.filterwarnings("ignore:lbfgs failed to converge"))
