"""A map as CSV: true numbers, and nothing that a spreadsheet would run."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from explorer.embedding import map_csv

PLACES = np.float32([[0.1, -2], [1e-7, 3.5]])


def test_words_places_and_more():
    assert map_csv(["king", "new york"], PLACES, {"cluster": ["a", "b"], "count": [7, 3]}) == (
        "word,x,y,cluster,count\r\nking,0.1,-2.0,a,7\r\nnew york,1e-07,3.5,b,3\r\n"
    )
    assert map_csv(["a", "b"], np.ones((2, 3))).splitlines()[0] == "word,x,y,z"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_formulas_are_shown_and_not_run(begin):
    word = f"{begin}cmd|' /C calc'!A0"
    read = list(csv.reader(io.StringIO(map_csv([word, "b"], PLACES, {f"{begin}x": [word, -5]}), newline="")))
    assert read[0] == ["word", "x", "y", f"'{begin}x"]
    assert read[1] == [f"'{word}", "0.1", "-2.0", f"'{word}"] and read[2][3] == "-5"


def test_numbers_come_back_to_the_bit_and_words_whole():
    rng = np.random.default_rng(0)
    words = ["a,b", 'say "hi"', "line\nbreak", "cr\rhere", "König", " lead"]
    places = rng.standard_normal((6, 2)).astype(np.float32)
    read = pd.read_csv(io.StringIO(map_csv(words, places), newline=""), lineterminator=None)
    assert read["word"].tolist() == words
    assert read[["x", "y"]].to_numpy(np.float32).tobytes() == places.tobytes()


@pytest.mark.parametrize(
    "words, places, columns",
    [
        (["a"], PLACES, {}),
        (["a", "b"], PLACES, {"c": [1]}),
        (["a", "b"], PLACES[0], {}),
        (["a", "b"], np.ones((2, 4)), {}),
    ],
)
def test_what_does_not_go_together_is_refused(words, places, columns):
    with pytest.raises(ValueError):
        map_csv(words, places, columns)
