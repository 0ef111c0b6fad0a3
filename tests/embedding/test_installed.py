import mmap

import numpy as np
import pytest

from explorer.embedding import installed, neighbours_of, pretrained
from explorer.text.shipped import DamagedPackage


def test_the_real_glove():
    glove = pretrained("glove-6b-50d")
    assert (len(glove), glove.dimensions) == (400_000, 50)
    assert glove.words[:3] == ("the", ",", ".")
    # The first numbers of "the" in Stanford's file glove.6B.50d.txt.
    np.testing.assert_allclose(glove["the"][:3], [0.418, 0.24968, -0.41242], rtol=1e-6)
    found = neighbours_of(glove, ["king"], 3)
    assert [glove.words[i] for i in found.rows[0]] == ["prince", "queen", "ii"]


def test_it_is_mapped_and_made_once():
    assert pretrained() is pretrained("glove-6b-50d")
    owner = pretrained().matrix
    while isinstance(owner, np.ndarray):
        owner = owner.base
    assert isinstance(owner, mmap.mmap)


def test_another_name_is_refused():
    with pytest.raises(ValueError, match="choose glove-6b-50d"):
        pretrained("word2vec")


def test_a_damaged_file_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "glove_6B_50d_emb.npy").write_bytes(b"\x93NUMPY, more or less")
    monkeypatch.setattr(installed, "shipped", lambda package, folder, name: tmp_path / name)
    with pytest.raises(DamagedPackage, match="force-reinstall"):
        installed._checked("glove_6B_50d_emb.npy")
