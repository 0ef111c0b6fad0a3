import numpy as np
import pytest
from scipy.stats import permutation_test

from explorer.embedding import Vectors, pretrained
from explorer.embedding.association import associate, ways
from explorer.embedding.association_words import GROUPS, Group, Groups

GENERATOR = np.random.default_rng(5)


def groups(one="a b c d e", other="f g h i j", towards="p q", away="r s") -> Groups:
    named = zip(("one", "other", "towards", "away"), (one, other, towards, away), strict=True)
    return Groups("test", *(Group(name, tuple(words.split())) for name, words in named))


@pytest.fixture(scope="module")
def letters() -> Vectors:
    words = list("abcdefghijpqrs")
    return Vectors(words, GENERATOR.normal(size=(len(words), 6)))


def score(vectors: Vectors, word: str, asked: Groups) -> float:
    """s(w, A, B) of the paper, word by word."""

    def cosine(one: str, other: str) -> float:
        x, y = vectors[one].astype(float), vectors[other].astype(float)
        return x @ y / np.linalg.norm(x) / np.linalg.norm(y)

    near = [np.mean([cosine(word, other) for other in group.words]) for group in (asked.towards, asked.away)]
    return near[0] - near[1]


def test_the_effect_is_the_papers(letters):
    asked = groups()
    found = associate(letters, asked)
    one, other = ([score(letters, word, asked) for word in group.words] for group in (asked.one, asked.other))
    np.testing.assert_allclose(found.scores[0], one, atol=1e-9)
    assert found.effect == pytest.approx((np.mean(one) - np.mean(other)) / np.std(one + other, ddof=1))


def test_p_is_that_of_an_exact_permutation_test(letters):
    found = associate(letters, groups())
    exact = permutation_test(
        found.scores, lambda x, y: x.mean() - y.mean(), n_resamples=np.inf, alternative="greater", permutation_type="independent"
    )  # fmt: skip
    assert found.is_exact and len(found.divided) == ways(groups()) == 252
    assert found.p == pytest.approx(exact.pvalue)


def test_groups_of_different_sizes_and_the_other_way_round(letters):
    found, turned = associate(letters, groups(one="a b c")), associate(letters, groups("f g h i j", "a b c"))
    exact = permutation_test(
        found.scores, lambda x, y: x.mean() - y.mean(), n_resamples=np.inf, alternative="greater", permutation_type="independent"
    )  # fmt: skip
    assert found.p == pytest.approx(exact.pvalue) and found.effect == pytest.approx(-turned.effect)


def test_random_divisions_agree_with_all_of_them(letters, monkeypatch):
    exact = associate(letters, groups())
    monkeypatch.setattr("explorer.embedding.association.EXACT", 251)
    monkeypatch.setattr("explorer.embedding.association.BATCH", 1)
    rough = associate(letters, groups())
    assert not rough.is_exact and len(rough.divided) == 251 and abs(rough.p - exact.p) < 0.12
    assert associate(letters, groups()).p == rough.p != associate(letters, groups(), seed=1).p


@pytest.mark.parametrize("name", GROUPS)
def test_the_papers_findings_are_found_in_glove(name):
    found = associate(pretrained(), GROUPS[name])
    assert found.effect > 0.9 and 0 < found.p < 0.05
    assert -2 <= found.effect <= 2 and found.is_exact == (name not in ("flowers", "instruments"))
    assert len(found.groups.one.words) + len(found.missing.get(found.groups.one.name, ())) == len(
        GROUPS[name].one.words
    )


def test_a_word_without_a_vector_is_named(letters):
    found = associate(letters, groups(one="a B zebra c", away="r s yak"))
    assert found.groups.one.words == ("a", "B", "c") and found.missing == {"one": ("zebra",), "away": ("yak",)}


@pytest.mark.parametrize(
    "asked, said",
    [
        (groups(one="a zebra"), "“one” needs at least 2 known words. “zebra” has no vector"),
        (groups(towards="x y"), "“x”, “y” have no vector"),
        (groups(other="a f g"), "“a” cannot be in both"),
        (groups(other="A f g"), "“a” cannot be in both"),
        (groups(one=""), "“one” needs"),
    ],
)
def test_what_cannot_be_compared_is_refused(letters, asked, said):
    with pytest.raises(ValueError, match=said):
        associate(letters, asked)


def test_a_vector_counts_once_however_it_is_written(letters):
    assert associate(letters, groups(one="a A b c")).groups.one.words == ("a", "b", "c")


def test_targets_that_all_score_alike_have_no_effect():
    vectors = Vectors(list("abcdefghijpqrs"), np.ones((14, 3)))
    assert np.isnan(associate(vectors, groups()).effect)


def test_published_groups_hold_no_word_twice():
    for name, asked in GROUPS.items():
        for group in asked[1:]:
            assert len(set(group.words)) == len(group.words) >= 8, (name, group.name)
        assert len(asked.one.words) == len(asked.other.words) and len(asked.towards.words) == len(asked.away.words)
