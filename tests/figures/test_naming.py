import pytest

from explorer.figures.naming import at_step

WORDS = ["the", "lemon", "in", "the", "bowl", ","]


@pytest.mark.parametrize(
    ("steps", "i", "name"),
    [
        (WORDS, 1, "“lemon”"),
        (WORDS, 3, "“the” (step 4)"),
        (WORDS, 5, "step 6"),
        (["0.12", "0.43 ●", "0.43"], 1, "step 2"),
        (["−3", "1,200", "1e-5"], 2, "step 3"),
        (["a", "·", "·"], 1, "step 2"),
        (["a", " ", "b"], 1, "step 2"),
        (["a", "\n"], 1, "step 2"),
        (["in", "1999"], 1, "“1999”"),
        (["a", "7"], 1, "“7”"),
        (["row 1", "row 3"], 1, "row 3"),
        (["frame 1", "frame 2"], 0, "frame 1"),
        (["1/1", "1/2"], 1, "pixel 1/2"),
        (["x" * 40], 0, "“" + "x" * 23 + "…”"),
    ],
)
def test_a_step_is_named_so_that_one_knows_which_is_meant(steps, i, name):
    assert at_step(steps, i) == name


def test_figures_load_no_torch():
    import subprocess
    import sys

    code = "import sys; import explorer.figures.notices, explorer.figures.step_notices; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
