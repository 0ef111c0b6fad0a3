import numpy as np
import pytest
from scipy.stats import binomtest

from explorer.sequence.interval import wilson


@pytest.mark.parametrize("answers", [1, 2, 50, 126, 128, 1000])
def test_it_is_the_interval_of_scipy(answers):
    for right in {0, 1, answers // 3, answers // 2, answers}:
        reference = binomtest(right, answers).proportion_ci(method="wilson")
        assert wilson(right / answers, answers) == pytest.approx((reference.low, reference.high), abs=1e-6)


def test_it_holds_what_it_promises():
    """Counted: of shares drawn with a known chance, about 95 of 100 intervals hold that chance."""
    generator = np.random.default_rng(0)
    for chance in (0.5, 0.8, 0.95):
        shares = generator.binomial(50, chance, size=4000) / 50
        held = np.mean([low <= chance <= high for low, high in (wilson(share, 50) for share in shares)])
        assert 0.92 < held < 0.98


@pytest.mark.parametrize(("share", "answers"), [(0.5, 0), (1.5, 10), (-0.1, 10), (float("nan"), 10)])
def test_what_is_no_share(share, answers):
    with pytest.raises(ValueError, match="is none"):
        wilson(share, answers)
