import numpy as np
import pytest
from gensim.models import KeyedVectors

from explorer.embedding import UnknownWord, pretrained
from explorer.embedding.word_sets import cosine_table, nearest_to_average, odd_one_out

FEW = pretrained().head(12_000)
LISTS = [
    ["breakfast", "lunch", "dinner", "car"],
    ["london", "paris", "rome", "music"],
    ["one", "two", "three", "church"],
]


@pytest.fixture(scope="module")
def known():
    made = KeyedVectors(FEW.dimensions)
    made.add_vectors(list(FEW.words), np.array(FEW.matrix))
    return made


@pytest.mark.parametrize("words", LISTS)
def test_the_odd_one_out_is_gensims(words, known):
    found = odd_one_out(FEW, words)
    assert words[found.at] == known.doesnt_match(words) == words[-1]
    np.testing.assert_allclose(
        sorted(found.agreement), sorted(score for score, _ in known.rank_by_centrality(words)), atol=1e-5
    )


def test_all_cosines_of_a_list(known):
    table = cosine_table(FEW, LISTS[0])
    np.testing.assert_allclose(table, [[known.similarity(x, y) for y in LISTS[0]] for x in LISTS[0]], atol=1e-5)


def test_what_is_nearest_to_an_average(known):
    found = nearest_to_average(FEW, LISTS[1][:3], n=5)
    expected = known.most_similar(positive=LISTS[1][:3], topn=5)
    assert [FEW.words[row] for row in found.rows[0]] == [word for word, _ in expected]
    np.testing.assert_allclose(found.values[0], [score for _, score in expected], atol=1e-5)


def test_what_cannot_be_told():
    with pytest.raises(ValueError, match="three words"):
        odd_one_out(FEW, ["one", "two"])
    with pytest.raises(UnknownWord, match="lunhc"):
        cosine_table(FEW, ["lunhc", "dinner"])
