"""gensim reads what is written here, and what gensim writes is read here."""

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors, Word2Vec
from gensim.models.fasttext import load_facebook_vectors, save_facebook_model

from explorer.embedding import VectorFormatError, read_vectors, write_vectors
from explorer.text.shipped import shipped
from tests.embedding.formats.samples import vectors

WORDS = ("the", "König", "日本", ",", '"', "a=b")
SENTENCES = [["der", "König", "und", "die", "Königin"], ["ein", "Bär", "und", "ein", "Wald"]] * 5


@pytest.mark.parametrize(
    "name, options",
    [
        ("x.vec", {}),
        ("x.w2v", {}),
        ("x.vec.gz", {}),
        ("x.bin", {"binary": True}),
        ("x.txt", {"no_header": True}),
        ("x.txt.gz", {"no_header": True}),
    ],
)
def test_gensim_reads_the_same_bits(tmp_path, name, options):
    given = vectors(WORDS, 6)
    write_vectors(given, tmp_path / name)
    read = KeyedVectors.load_word2vec_format(str(tmp_path / name), **options)
    assert tuple(read.index_to_key) == given.words
    assert read.vectors.tobytes() == given.matrix.tobytes()


@pytest.mark.parametrize("name, options", [("x.vec", {}), ("x.bin", {"binary": True}), ("x.vec.gz", {})])
def test_gensims_files_are_read_to_the_bit(tmp_path, name, options):
    given = vectors(WORDS, 6)
    keyed = KeyedVectors(6)
    keyed.add_vectors(list(given.words), given.matrix)
    keyed.save_word2vec_format(str(tmp_path / name), **options)
    found = read_vectors(tmp_path / name)
    assert found.words == given.words and found.matrix.tobytes() == given.matrix.tobytes()
    keyed.save_word2vec_format(str(tmp_path / "headless.txt"), write_header=False)
    assert read_vectors(tmp_path / "headless.txt").matrix.tobytes() == given.matrix.tobytes()


@pytest.mark.parametrize("name", ["crime-and-punishment.bin", "lee_fasttext_new.bin", "toy-model.bin"])
def test_fasttext_models_give_gensims_vectors(name):
    path = shipped("gensim", "test", "test_data", name)
    found, theirs = read_vectors(path), load_facebook_vectors(str(path))
    assert found.words == tuple(theirs.index_to_key)
    # "</s>" has no n-grams in Facebook's program; gensim gives it some.
    rows = [row for row, word in enumerate(found.words) if word != "</s>"]
    np.testing.assert_allclose(found.matrix[rows], theirs.vectors[rows], rtol=1e-5, atol=3e-7)
    assert found.counts[:50].tolist() == [theirs.get_vecattr(word, "count") for word in found.words[:50]]


@pytest.mark.parametrize("sizes", [(3, 6), (1, 3), (5, 5)])
def test_a_fasttext_model_of_gensim_is_read(tmp_path, sizes):
    model = FastText(
        SENTENCES, vector_size=7, min_count=1, bucket=300, epochs=2, min_n=sizes[0], max_n=sizes[1], seed=1
    )
    save_facebook_model(model, str(tmp_path / "model.bin"))
    found = read_vectors(tmp_path / "model.bin")
    assert found.words == tuple(model.wv.index_to_key)
    np.testing.assert_allclose(found.matrix, model.wv.vectors, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("pick", ["model", "vectors"])
def test_gensims_own_files_are_refused_with_the_line_that_converts(tmp_path, pick):
    model = Word2Vec(SENTENCES, vector_size=5, min_count=1, epochs=1)
    path = tmp_path / "x.txt"
    (model if pick == "model" else model.wv).save(str(path))
    with pytest.raises(VectorFormatError) as refused:
        read_vectors(path)
    assert 'kv.save_word2vec_format("x.txt")' in refused.value.remedy and "pickle" in refused.value.problem
    # and that line does what it says
    model.wv.save_word2vec_format(str(tmp_path / "converted.txt"))
    assert read_vectors(tmp_path / "converted.txt").matrix.tobytes() == model.wv.vectors.tobytes()
