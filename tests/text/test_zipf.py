import numpy as np
import pytest

from explorer.text.cleaning import Cleaning, cleaned
from explorer.text.zipf import rank_frequency


@pytest.mark.parametrize("slope", [-1.0, -0.7])
def test_an_exact_law_is_found(slope):
    ranks = np.arange(1, 5001)
    law = rank_frequency(np.rint(1e9 * ranks**slope))
    assert law.slope == pytest.approx(slope, abs=1e-4) and 10**law.intercept == pytest.approx(1e9, rel=1e-3)
    np.testing.assert_allclose(law.line(ranks), law.counts, rtol=1e-3)


def test_the_text_of_wikipedia():
    law = rank_frequency(cleaned("wikipedia", "", Cleaning(min_count=1)).counts.values())
    assert -1.2 < law.slope < -0.9
    assert law.once / len(law.counts) > 0.4 and law.share(100) > 0.4
    assert law.share(len(law.counts)) == pytest.approx(1.0)


def test_too_few_words_have_no_slope():
    law = rank_frequency([3, 2, 1, 1])
    assert np.isnan(law.slope) and law.once == 2 and law.counts.tolist() == [3, 2, 1, 1]
    assert np.isnan(rank_frequency([]).share(3))
