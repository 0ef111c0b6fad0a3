"""The shipped vectors are those that the model gives for the paragraphs."""

import json

import numpy as np
import pytest

from explorer.applications.contextual import passage_vectors as module
from explorer.applications.contextual.installed import contextual_model
from explorer.text.passages import passages


def test_a_sample_computed_anew_is_what_is_shipped():
    vectors, texts = module.passage_vectors(), [passage.text for passage in passages()]
    assert vectors.shape == (len(texts), 384)
    rows = np.random.default_rng(3).choice(len(texts), 8, replace=False)
    anew = contextual_model().sentences([texts[row] for row in rows])
    assert (vectors[rows] * anew).sum(axis=1) == pytest.approx(np.ones(8), abs=1e-5)


def test_vectors_of_other_paragraphs_are_refused(monkeypatch, tmp_path):
    about = tmp_path / "about.json"
    about.write_text(json.dumps({"texts": "0" * 64}))
    monkeypatch.setattr(module, "ABOUT", about)
    with pytest.raises(ValueError, match="Make them anew"):
        module.passage_vectors.__wrapped__()
