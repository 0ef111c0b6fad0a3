import gc

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app import shelf
from explorer.embedding import Vectors


@pytest.fixture
def kept(monkeypatch) -> dict:
    held: dict = {}
    monkeypatch.setattr(shelf, "_shelf", lambda: held)
    return held


def made(n: int = 3, name: str = "") -> Vectors:
    return Vectors([f"w{i}" for i in range(n)], np.eye(n, 4), name=name)


def test_ours_first_then_the_newest(kept):
    shelf.keep_vectors("first", made())
    shelf.keep_vectors("second", made())
    assert shelf.source_names() == [shelf.GLOVE, "second", "first"]
    assert shelf.vectors_named("first") is kept["first"]


def test_the_same_name_is_replaced_and_ours_is_not(kept):
    shelf.keep_vectors("a", made(3))
    shelf.keep_vectors("a", made(4))
    assert len(kept["a"]) == 4
    assert shelf.keep_vectors(shelf.GLOVE, made()) == "GloVe 6B (mine)"
    assert shelf.keep_vectors("  ", made()) == "My vectors"


def test_the_oldest_make_room(kept, monkeypatch):
    for i in range(shelf.MOST + 2):
        shelf.keep_vectors(f"v{i}", made())
    assert list(kept) == [f"v{i}" for i in range(2, shelf.MOST + 2)]
    monkeypatch.setattr(shelf, "MOST_BYTES", 2 * made().matrix.nbytes)
    shelf.keep_vectors("last", made())
    assert len(kept) == 2 and "last" in kept
    with pytest.raises(ValueError, match="Keep fewer words"):
        shelf.keep_vectors("large", made(300))


def test_all_visits_together_have_an_end(kept, monkeypatch):
    monkeypatch.setattr(shelf, "SERVER_BYTES", sum(one.matrix.nbytes for one in shelf._kept.values()) + 60)
    first = made()
    shelf.keep_vectors("first", first)
    shelf.keep_vectors("again", first)
    with pytest.raises(ValueError, match="no room"):
        shelf.keep_vectors("second", made())
    kept.clear()
    del first
    gc.collect()
    shelf.keep_vectors("second", made())


def _page():
    import streamlit as st

    from explorer.app.shelf import choose_vectors

    vectors = choose_vectors("map")
    st.write(vectors.name if vectors else "none")


def test_glove_is_chosen_at_first_and_a_file_is_asked_for():
    app = AppTest.from_function(_page, default_timeout=30).run()
    assert app.markdown[0].value == "GloVe 6B"
    app.selectbox[0].set_value(shelf.OPEN).run()
    assert app.markdown[0].value == "none"
    assert "Open a file with word vectors" in app.info[0].value
