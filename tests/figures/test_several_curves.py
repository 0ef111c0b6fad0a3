import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import LIGHT
from explorer.figures.several_curves import Curve, several_curves

STEPS = np.arange(101)
RNN = Curve("RNN", "#111111", STEPS, np.full(101, 0.2))
GRU = Curve("GRU", "#222222", STEPS, 0.2 * 0.95**STEPS)


def test_each_line_has_its_colour_its_numbers_and_its_name():
    figure = several_curves([RNN, GRU], LIGHT, baseline=1 / 6, baseline_name="guessing 0.167", log=True)
    main = [trace for trace in figure.data if trace.hovertemplate]
    assert [trace.line.color for trace in main] == ["#111111", "#222222"]
    np.testing.assert_allclose(main[0].y, 0.2, rtol=1e-6)
    names = {note.text: note.y for note in figure.layout.annotations}
    assert np.isclose(names["RNN 0.2"], np.log10(0.2), atol=0.3) and "guessing 0.167" in names
    assert [shape.y0 for shape in figure.layout.shapes] == [1 / 6]
    go.Figure(figure.to_dict())


def test_where_a_training_came_apart_a_cross_stands_and_nothing_is_smoothed():
    apart = Curve("RNN", "#111111", np.arange(3), np.array([1.0, 50.0, 1e6]), ended=True)
    line, cross = several_curves([apart], LIGHT, log=True).data
    np.testing.assert_allclose(line.y, [1.0, 50.0, 1e6])
    assert cross.marker.symbol == "x-thin" and list(cross.x) == [2]


def test_empty_and_unmeasured_lines_are_drawn():
    empty = Curve("a", "#111111", np.array([]), np.array([]))
    unknown = Curve("b", "#222222", np.arange(3), np.full(3, np.nan))
    for log in (False, True):
        go.Figure(several_curves([empty, unknown], LIGHT, log=log).to_dict())
