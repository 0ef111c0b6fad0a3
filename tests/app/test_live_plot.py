"""The Python half of `live_plot`: what travels to the browser, and what is believed of its answers."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import plotly.io
import pytest
from streamlit.testing.v1 import AppTest

from explorer.app.components.live_plot import LONGEST, Seen, Selection, file_name, payload, seen_from, selection_from
from explorer.figures.curves import curves
from explorer.figures.palette import LIGHT
from explorer.figures.unrolled import unrolled
from tests.figures.examples import moment

ASSETS = Path(__file__).parents[2] / "assets"
CLICK = {"kind": "click", "ids": ["rose"], "x": 1.5, "y": "red", "curve": 0, "serial": 7}


def sent(figure: go.Figure, **changes) -> tuple[dict, dict]:
    given = {"alt": "a line", "height": 300, "name": "line", "select": True} | changes
    first, second = payload(figure, **given).decode().split("\n")
    return json.loads(first), json.loads(second)


def test_arrays_arrive_to_the_bit():
    values = np.random.default_rng(0).standard_normal((3, 4)).astype("f4")
    values[1, 2] = np.nan
    _, figure = sent(go.Figure({"data": [{"type": "heatmap", "z": values}]}))
    packed = figure["data"][0]["z"]
    arrived = np.frombuffer(base64.b64decode(packed["bdata"]), dtype="<f4").reshape(3, 4)
    assert packed["dtype"] == "f4" and packed["shape"] == "3, 4"
    assert arrived.tobytes() == values.tobytes()


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_figure_and_its_spec_arrive_alike(cell):
    shown = moment(6, cell=cell)
    assert sent(unrolled(shown, LIGHT)) == sent(unrolled.spec(shown, LIGHT))
    line = {"loss": (np.arange(5), np.array([3.0, 2.0, np.nan, 1.0, 0.5]))}
    assert sent(curves(line, LIGHT, baseline=2.0)) == sent(curves.spec(line, LIGHT, baseline=2.0))


def test_the_first_line_holds_what_is_needed_at_once():
    first, figure = sent(go.Figure({"data": [], "layout": {"uirevision": "mine"}}), alt="two\nlines </script>")
    assert first["alt"] == "two\nlines </script>"
    assert (first["height"], first["name"], first["select"]) == (300, "line", True)
    assert figure["layout"]["uirevision"] == "mine"


def test_a_picture_without_words_is_called_by_its_name():
    assert sent(go.Figure(), alt="", name="the loss")[0]["alt"] == "the loss"


@pytest.mark.parametrize("default", ["plotly", "plotly_white"])
def test_plotlys_own_template_stays_behind_and_the_figure_is_not_touched(monkeypatch, default):
    monkeypatch.setattr(plotly.io.templates, "default", default)
    figure = go.Figure({"data": [{"type": "scatter", "y": [1, 2]}]})
    before = figure.to_dict()
    assert "scatterpolargl" in before["layout"]["template"]["data"], "plotly adds it to every figure"
    assert "template" not in sent(figure)[1]["layout"]
    assert figure.to_dict() == before


def test_a_template_of_our_own_travels():
    quiet = {"layout": {"xaxis": {"showgrid": False}}}
    assert sent(go.Figure({"layout": {"template": quiet}}))[1]["layout"]["template"] == quiet
    assert sent(go.Figure({"layout": {"template": quiet}}, _validate=False))[1]["layout"]["template"] == quiet


@pytest.mark.parametrize(
    "text, expected",
    [
        ("hidden states", "hidden-states"),
        ("../../etc/passwd", "etc-passwd"),
        ("Verlauf für „Rose“", "Verlauf-für-Rose"),
        ("...", "figure"),
        ("x" * 200, "x" * 60),
    ],
)
def test_file_names_are_harmless(text, expected):
    assert file_name(text) == expected


def test_an_answer_becomes_a_selection():
    assert selection_from(CLICK) == Selection("click", ("rose",), 1.5, "red", 0, 7)
    assert selection_from(CLICK | {"kind": "lasso", "ids": [1, 2.5], "x": None, "y": None, "curve": None}) == Selection(
        "lasso", (1, 2.5), None, None, None, 7
    )


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "click",
        CLICK | {"kind": "erase"},
        CLICK | {"ids": "rose"},
        CLICK | {"ids": [{"a": 1}]},
        CLICK | {"ids": [True]},
        CLICK | {"ids": [0] * (LONGEST + 1)},
        CLICK | {"ids": ["x" * 10_000]},
        CLICK | {"serial": "7"},
    ],
)
def test_what_is_no_selection_is_not_believed(forged):
    assert selection_from(forged) is None


def test_a_forged_position_is_dropped():
    assert selection_from(CLICK | {"x": [1], "curve": "0"}) == Selection("click", ("rose",), None, "red", None, 7)


def test_what_is_seen_is_told_with_the_figure_it_was_seen_of():
    told = ["pca [1, 2] 3", -1, 1.5, 0, 2, 600, 400.5]
    assert seen_from(told) == Seen("pca [1, 2]", (-1.0, 1.5), (0.0, 2.0), 600.0, 400.5)
    assert seen_from(["", -1, 1, 0, 2, 600, 400]).revision == ""


@pytest.mark.parametrize(
    "forged",
    [
        None,
        {},
        ["kept 0", 0, 1, 0, 1, 600],
        [7, 0, 1, 0, 1, 600, 400],
        ["kept 0", 1, 0, 0, 1, 600, 400],
        ["kept 0", 0, True, 0, 1, 600, 400],
        ["kept 0", 0, float("nan"), 0, 1, 600, 400],
        ["kept 0", 0, 1, 0, 1, 1e9, 400],
        ["kept 0", 0, 1, 0, 1, 600, 0],
    ],
)
def test_what_is_no_part_of_a_plane_is_not_believed(forged):
    assert seen_from(forged) is None


def test_only_a_picture_to_roam_says_so():
    assert sent(go.Figure())[0]["roam"] is False and sent(go.Figure(), roam=True)[0]["roam"] is True


def page() -> None:
    import plotly.graph_objects as go
    import streamlit as st

    from explorer.app.components import live_plot as module

    plot = module.live_plot(go.Figure(), key="plot", alt="nothing yet", height=200, select=True)
    st.text(f"chosen {plot}")
    told = module.Selection("click", ("rose",), 1.0, 2.0, 0, 11)
    st.text(f"first {module._first_time('plot', told)}")


def test_the_same_selection_is_given_once():
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    assert app.text[0].value == "chosen None"
    assert "rose" in app.text[1].value
    assert app.run().text[1].value == "first None"


def test_the_browser_half_is_small_and_never_writes_markup():
    script = (ASSETS / "live_plot.js").read_text()
    assert len(script.encode()) < 15 * 1024
    assert script.count("\n") > 100, "a single line would be taken for the name of a file"
    assert not [
        word for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "https:") if word in script
    ]


def test_arrays_travel_as_plotly_itself_would_write_them():
    arrays = {
        "x": np.arange(4, dtype=np.int32), "y": np.array([0.5, np.nan, 2, 3]), "text": np.array(["a", "<b>", "", "d"]),
        "customdata": np.arange(4, dtype=np.int64),
    }  # fmt: skip
    heat = {"type": "heatmap", "z": np.arange(6, dtype=np.float32).reshape(2, 3)[:, ::-1]}
    figure = go.Figure({"data": [{"type": "scatter", **arrays}, heat], "layout": {}}, _validate=False)
    travelled = json.loads(payload(figure, alt="", height=1, name="a", select=False).decode().split("\n")[1])
    reference = json.loads(figure.to_json())
    assert travelled["data"][1] == reference["data"][1]
    for name in ("x", "y", "text"):
        assert travelled["data"][0][name] == reference["data"][0][name]
    assert travelled["data"][0]["customdata"] == [0, 1, 2, 3]


def test_a_nan_outside_of_an_array_is_still_json():
    figure = go.Figure({"data": [{"type": "scatter", "y": [1.0, float("nan")]}], "layout": {}}, _validate=False)
    line = payload(figure, alt="", height=1, name="a", select=False).decode().split("\n")[1]
    assert json.loads(line, parse_constant=pytest.fail)["data"][0]["y"] == [1.0, None]
