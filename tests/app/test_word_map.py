"""The page "Word map" without a browser: every method, every link, what is chosen, isolated, added, taken along."""

import csv
import io
import re
import time
import zipfile

import numpy as np
import pytest

from explorer.app.map_export import bundle, coordinates, html_page
from explorer.app.map_setting import OWN, PAGE, MapSetting
from explorer.embedding import Vectors, pretrained
from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.experiment import bounds, from_link, to_link

FILE = "word_map.py"
SMALL = {"words": "200"}
HOSTILE = (
    "<b>x</b>",
    "=1+1",
    "[a](https://example.org)",
    "$x$",
    "</script><script>alert(1)</script>",
    "#h",
    "a|b",
    "*c*",
)


def now(app) -> MapSetting:
    return app.session_state[f"{PAGE}:now"]


def shown(app):
    return app.session_state[f"{PAGE}:exported"]["shown"]


def texts(app) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption])


def said(app) -> str:
    return re.sub(r"\\|\u2060", "", " ".join(one.value for one in [*app.warning, *app.error]))


def button(app, label: str):
    return next(one for one in app.button if one.label == label)


def toggle(app, label: str):
    return next(one for one in app.toggle if one.label == label)


def with_own(app, vectors: Vectors):
    """The page on vectors of the visitor's own."""
    app.session_state["shelf"] = {"mine": vectors}
    app.session_state[f"{PAGE}:source"] = "mine"
    app.session_state[f"{PAGE}:source:edition"] = 99
    return app.run()


def own(words=HOSTILE, dimensions: int = 4) -> Vectors:
    matrix = np.random.default_rng(0).normal(size=(len(words), dimensions))
    return Vectors(words, matrix, name="mine")


@pytest.fixture
def page(open_page):
    return lambda **parameters: open_page(FILE, **(SMALL | parameters))


@pytest.mark.parametrize("colour", ["cluster", "kept", "rank", "own"])
@pytest.mark.parametrize("method", ["pca", "formula"])
def test_every_still_map_is_there_at_once_and_says_how_far_it_can_be_believed(page, method, colour):
    app = page(method=method, colour=colour)
    assert not app.exception and not app.warning and not app.error
    assert len(shown(app).mapped.words) == 200
    caption = " ".join(shown(app).mapped.caption)
    assert "GloVe 6B, first 200 words" in caption and "trustworthiness 0." in caption and "by chance 0.5" in caption
    assert "true neighbours the map keeps" in texts(app)


def test_components_switches_and_space_change_the_map(page):
    app = page()
    vectors = shown(app).words.vectors
    first = shown(app).mapped.places
    centred = vectors.matrix - vectors.matrix.mean(axis=0)
    left, strengths, _ = np.linalg.svd(centred, full_matrices=False)
    assert np.abs(first) == pytest.approx(np.abs(left[:, :2] * strengths[:2]), abs=1e-3)
    next(one for one in app.selectbox if one.label == "Across").set_value(5).run()
    assert np.abs(shown(app).mapped.places[:, 0]) == pytest.approx(np.abs(left[:, 4] * strengths[4]), abs=1e-3)
    toggle(app, "Whiten").set_value(True).run()
    assert shown(app).mapped.places.std(axis=0, ddof=1) == pytest.approx([1, 1], abs=1e-3)
    toggle(app, "3-D").set_value(True).run()
    assert shown(app).mapped.places.shape == (200, 3) and not app.exception
    assert "components 5 × 2 × 3" in shown(app).mapped.caption[0]


def test_function_words_are_mapped_on_demand(page):
    app = page()
    assert "the" not in shown(app).mapped.words and "," not in shown(app).mapped.words
    toggle(app, "Function words and signs").set_value(True).run()
    assert shown(app).mapped.words[:3] == ("the", ",", ".")


def test_a_link_carries_all_that_is_shown(page):
    app = page(method="pca", across="3", normalise="true", colour="kept", word="king", names="25", added="espresso")
    assert now(app) == MapSetting(
        words=200, across=3, normalise=True, colour="kept", word="king", names=25, added="espresso"
    )
    assert app.query_params["word"] in ("king", ["king"])
    assert from_link(MapSetting, to_link(now(app))) == (now(app), [])


def test_a_bad_link_is_named(page):
    app = page(across="<b>", perplexity="999", colour="pink", zzz="1")
    assert not app.exception and all(name in said(app) for name in ("across", "perplexity", "colour", "zzz"))


def test_settings_of_the_projection_are_stated_once():
    for name, other in (("perplexity", "perplexity"), ("directions", "normalise"), ("iterations", "iterations")):
        mine, theirs = MapSetting.model_fields[name], ProjectionExperiment.model_fields[other]
        assert (mine.title, mine.description, mine.default) == (theirs.title, theirs.description, theirs.default)
        assert bounds(MapSetting, name) == bounds(ProjectionExperiment, other)


def test_a_chosen_word_shows_its_true_neighbours_and_where_they_went(page):
    app = page(word="government")
    mapped, vectors = shown(app).mapped, shown(app).words.vectors
    row = vectors.words.index("government")
    distances = np.linalg.norm(vectors.matrix - vectors.matrix[row], axis=1)
    true = set(np.argsort(distances)[1:11].tolist())
    assert mapped.chosen == row and {*mapped.kept.tolist(), *mapped.torn.tolist()} == true
    on_map = np.argsort(np.linalg.norm(mapped.places - mapped.places[row], axis=1))[1:11]
    assert set(mapped.kept.tolist()) == true & set(on_map.tolist())
    assert f"“government” keeps {len(mapped.kept)} of 10" in texts(app).replace("\\", "")


def test_a_word_is_found_among_all_also_when_it_is_not_on_the_map(page):
    app = page(word="espresso")
    assert (
        shown(app).mapped.chosen is None
        and "no. " in texts(app)
        and "among all 400,000 words" in texts(app).replace("\\", "")
    )
    button(app, "Put it on the map").click().run()
    assert shown(app).mapped.added == ("espresso",) and not app.exception
    found = shown(app).mapped.added_places
    assert found.shape == (1, 2) and np.isfinite(found).all()


def test_an_unknown_word_is_answered_with_what_is_spelled_or_begins_alike(page):
    app = page(word="governmentt")
    assert "governmentt" in said(app)
    button(app, "government").click().run()
    assert now(app).word == "government" and not app.warning
    app = page(word="philosoph")
    assert button(app, "philosophers") and "philosoph" in said(app)


def test_added_words_that_are_unknown_are_named_with_their_nearest(page):
    app = page(added="espreso, government, tulip")
    assert "espreso" in said(app) and "espresso" in said(app)
    assert shown(app).mapped.added == ("tulip",) and "on the map already" in texts(app)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("king -", "missing"),
        ("kinnng - man", "not among"),
        ("king - king", "cancel out"),
        ("", "Nothing is written"),
        ("2 * 3", "no word"),
    ],
)
def test_a_formula_that_cannot_be_read_says_why_and_the_page_goes_on(page, formula, says):
    app = page(method="formula")
    next(one for one in app.text_input if one.label == "Across").set_value(formula).run()
    assert not app.exception and says in said(app)
    next(one for one in app.text_input if one.label == "Across").set_value("king - queen").run()
    assert not app.warning and "king - queen" in " ".join(shown(app).mapped.caption)


def test_formula_axes_are_projections(page):
    app = page(
        method="formula", formula_across="paris - france + italy", formula_up="mean(good, great) - bad", measure="dot"
    )
    vectors = pretrained()
    axis = vectors["paris"].astype(float) - vectors["france"] + vectors["italy"]
    expected = shown(app).words.vectors.matrix @ (axis / np.linalg.norm(axis))
    assert shown(app).mapped.places[:, 0] == pytest.approx(expected, abs=1e-4)


def drawn_around(app, rows: list[int]):
    app.session_state[f"{PAGE}:selected"] = np.array(rows, dtype=np.int64)
    return app.run()


def test_what_is_drawn_around_is_listed_named_isolated_and_brought_back(page):
    app = page()
    rows = shown(app).words.rows[[3, 5, 8, 13, 21]].tolist()
    app = drawn_around(app, rows)
    assert "5 words" in texts(app) and list(app.dataframe[0].value["no."]) == [row + 1 for row in rows]
    button(app, "Name").click().run()
    assert [shown(app).mapped.words[i] for i in shown(app).mapped.first] == [pretrained().words[row] for row in rows]
    before = shown(app).mapped.places[[3, 5, 8, 13, 21]]
    button(app, "Isolate").click().run()
    assert len(shown(app).mapped.words) == 5 and np.array_equal(shown(app).mapped.places, before)
    button(app, "Back").click().run()
    assert len(shown(app).mapped.words) == 200
    app = drawn_around(app, rows)
    button(app, "Map anew").click().run()
    assert shown(app).words.vectors.words == tuple(pretrained().words[row] for row in rows)
    assert not np.allclose(shown(app).mapped.places, before) and "5 chosen words" in " ".join(shown(app).mapped.caption)
    assert not app.exception


def test_too_few_words_for_a_component_or_a_perplexity_say_what_fits(page):
    app = with_own(page(), own(dimensions=2))
    next(one for one in app.selectbox if one.label == "Across").set_value(7).run()
    assert "Component 7 does not exist" in said(app) and "2 components" in said(app) and not app.exception
    app = with_own(page(method="tsne"), own())
    assert "choose at most 2" in said(app) and not app.exception


def test_a_single_word_and_equal_words_are_no_catastrophe(page):
    app = with_own(page(colour="kept"), own(("one",)))
    assert not app.exception
    app = with_own(page(), Vectors(["a", "b", "c", "d"], np.zeros((4, 3)), name="mine"))
    assert not app.exception


def test_words_of_ones_own_are_no_markup_and_stay_out_of_the_link(page):
    app = with_own(page(), own())
    app.session_state[f"{PAGE}:now"] = now(app).replace(word=HOSTILE[2], added="secret")
    app.run()
    assert not app.exception and not {"word", "added"} & set(app.query_params) and "word" in OWN
    for text in (one.value for one in [*app.markdown, *app.caption]):
        assert "[a](" not in text and "<script" not in text
    app = with_own(page(colour="kept"), own())
    assert coordinates(shown(app)).decode("utf-8-sig").splitlines()[2].startswith("'=1+1,")


def test_coordinates_come_back_to_the_bit(page):
    app = page(colour="cluster")
    rows = list(csv.DictReader(io.StringIO(coordinates(shown(app)).decode("utf-8-sig"))))
    places = np.array([[row["x"], row["y"]] for row in rows], dtype=np.float32)
    assert np.array_equal(places, shown(app).mapped.places)
    assert [int(row["number"]) for row in rows] == shown(app).mapped.numbers.tolist()
    assert {row["cluster"] for row in rows} == set(shown(app).colouring.groups)


def test_the_bundle_and_the_page_hold_the_words(page):
    app = page(word="government")
    with zipfile.ZipFile(io.BytesIO(bundle(shown(app)))) as archive:
        assert archive.read("vectors.tsv").count(b"\n") == 200 and b"government" in archive.read("metadata.tsv")
    text = html_page(shown(app)).decode()
    assert "government" in text and "trustworthiness" in text and "Plotly.newPlot" in text
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="http', text)


def test_hostile_words_stay_words_in_the_page_that_is_taken_along(page):
    text = html_page(shown(with_own(page(), own()))).decode()
    assert "script&gt;" in text and "</script><script>" not in text


def test_a_t_sne_plays_to_its_end_and_is_looked_back_at(page):
    app = page(method="tsne", iterations="300", word="government")
    assert not app.exception
    patience = time.monotonic() + 60
    while f"{PAGE}:exported" not in app.session_state or not app.session_state[f"{PAGE}:exported"]:
        assert time.monotonic() < patience
        time.sleep(0.1)
        app.run()
    start = shown(app).mapped.places
    button(app, "Play").click().run()
    while "finished" not in texts(app):
        assert time.monotonic() < patience
        time.sleep(0.1)
        app.run()
    app.run()
    end = shown(app).mapped.places
    assert np.ptp(end) > 10 * np.ptp(start) and "iteration 300 of 300" in " ".join(shown(app).mapped.caption)
    assert "trustworthiness" in " ".join(shown(app).mapped.caption)
    next(one for one in app.text_input if one.label == "Add words").set_value("espresso").run()
    assert np.abs(shown(app).mapped.added_places).max() <= 2 * np.abs(end).max()
    app.session_state[f"{PAGE}:moment"] = 0
    app.run()
    assert np.array_equal(shown(app).mapped.places, start)


def test_six_seeds_are_six_maps(page):
    app = page(method="tsne", iterations="300", six="true", words="100", perplexity="10")
    patience = time.monotonic() + 90
    button(app, "Play").click().run()
    while "finished" not in texts(app):
        assert time.monotonic() < patience
        time.sleep(0.2)
        app.run()
    app.run()
    assert not app.exception and "On two of these maps a word shares" in texts(app).replace("\\", "")


def test_another_source_lets_go_of_what_was_chosen_in_the_first(page):
    app = drawn_around(page(word="government"), shown(page()).words.rows[:7].tolist())
    button(app, "Isolate").click().run()
    app = with_own(app, own())
    assert not app.exception and len(shown(app).mapped.words) == len(HOSTILE) and now(app).word == ""


def test_clusters_can_be_fewer_than_asked_for(page):
    app = with_own(page(clusters="16"), own(("a", "b", "c")))
    assert not app.exception and len(shown(app).colouring.groups) <= 3
