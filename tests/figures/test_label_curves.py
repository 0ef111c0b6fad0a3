import numpy as np
import plotly.graph_objects as go

from explorer.embedding.comparison import Score
from explorer.figures.label_curves import label_curves, label_notice
from explorer.figures.palette import LIGHT
from tests.figures.examples import texts

SCORES = [
    Score("one-hot", 1, 0.2, 0.15, 0.25),
    Score("learned here", 1, 0.4, 0.35, 0.45, 0.2, 0.1, 0.3),
    Score("one-hot", 50, 0.7, 0.6, 0.8),
    Score("learned here", 50, 0.6, 0.5, 0.7, -0.1, -0.2, -0.05),
]


def test_lines_hold_accuracies_and_their_intervals():
    figure = label_curves(SCORES, (1, 50), 10, LIGHT)
    low, high, line = figure.data[3:]
    assert line.x.tolist() == [1, 50] and line.y.tolist() == [0.4, 0.6]
    assert low.y.tolist() == [0.35, 0.5] and high.y.tolist() == [0.45, 0.7]
    assert figure.layout.shapes[0].y0 == 0.1 and "guessing 10 %" in texts(figure)
    go.Figure(figure.to_dict())


def test_the_empty_picture_has_its_axes():
    figure = label_curves([], (1, 2, 5), 4, LIGHT)
    assert (
        not figure.data
        and list(figure.layout.xaxis.tickvals) == [1, 2, 5]
        and np.isfinite(figure.layout.xaxis.range).all()
    )


def test_only_what_is_more_than_chance_is_called_better():
    said = label_notice(SCORES, 400)
    assert (
        "With one labelled sentence of each document, learned vectors tell 40 % right and one-hot vectors 20 %: the"
        in said
    )
    assert "With 50 labelled sentences" in said and "now single words say more" in said and "400 held-out" in said
    near = [Score("one-hot", 5, 0.5, 0.4, 0.6), Score("learned here", 5, 0.51, 0.4, 0.6, 0.01, -0.02, 0.04)]
    assert "no clear difference" in label_notice(near, 9) and label_notice(SCORES[:1], 9) == ""
