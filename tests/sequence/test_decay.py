"""One factor per step back, not disturbed by what the readout does near the loss."""

import math
import subprocess
import sys

import numpy as np
import pytest

from explorer.sequence.decay import decay_per_step


@pytest.mark.parametrize("factor", [0.5, 0.9, 1.0, 1.2])
def test_a_power_is_found_exactly(factor):
    assert decay_per_step(factor ** np.arange(40)[::-1]) == pytest.approx(factor, rel=1e-12)


def test_the_last_quarter_does_not_count():
    norms = 0.8 ** np.arange(40)[::-1]
    norms[30:] *= np.random.default_rng(0).uniform(1, 1000, 10)
    assert decay_per_step(norms) == pytest.approx(0.8, rel=1e-12)


def test_steps_that_nothing_reaches_do_not_count():
    norms = 0.6 ** np.arange(20)[::-1]
    norms[:5] = 0.0
    norms[7] = math.nan
    norms[9] = math.inf
    assert decay_per_step(norms) == pytest.approx(0.6, rel=1e-12)
    norms[:9] = 1e-30
    assert decay_per_step(norms, floor=1e-20) == pytest.approx(0.6, rel=1e-12)


def test_two_steps_are_enough_and_one_is_not():
    assert decay_per_step(np.array([1.0, 4.0])) == pytest.approx(0.25)
    assert decay_per_step(np.array([1.0, 4.0, 16.0])) == pytest.approx(0.25)
    for few in ([], [3.0], [0.0, 2.0], [math.nan, 2.0]):
        assert math.isnan(decay_per_step(np.array(few)))


def test_no_torch_is_needed():
    code = "import sys, explorer.sequence.decay; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
