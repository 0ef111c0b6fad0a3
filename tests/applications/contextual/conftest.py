import pytest

from explorer.applications.contextual.installed import contextual_model


@pytest.fixture(scope="session")
def model():
    return contextual_model()
