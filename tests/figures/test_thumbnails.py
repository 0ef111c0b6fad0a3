import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import DARK, LIGHT
from explorer.figures.state_path import principal_plane
from explorer.figures.thumbnails import gradient_thumbnail, path_thumbnail, state_thumbnail

STATES = np.random.default_rng(0).uniform(-1, 1, (4, 8))
WORDS = ["rose", "is", "red", "<i>"]


def test_state_thumbnail_holds_the_states():
    figure = state_thumbnail(STATES, WORDS, LIGHT)
    np.testing.assert_allclose(figure.data[0].z, STATES.T, rtol=1e-6)
    assert figure.layout.xaxis.ticktext[3] == "&lt;i&gt;"
    go.Figure(figure.to_dict())


def test_cells_share_one_axis_in_their_own_hues():
    back = np.arange(20)[::-1]
    figure = gradient_thumbnail({"rnn": 0.5**back, "lstm": 0.9**back}, DARK)
    assert [trace.line.color for trace in figure.data] == [DARK.architectures["rnn"], DARK.architectures["lstm"]]
    np.testing.assert_allclose(figure.data[0].y, back * np.log10(0.5), atol=1e-6)
    assert list(figure.layout.yaxis.range) == [-6, 0]
    assert [note.text for note in figure.layout.annotations] == ["RNN", "LSTM"]
    go.Figure(figure.to_dict())


def test_path_thumbnail_is_the_path():
    plane = principal_plane(STATES)
    np.testing.assert_allclose(path_thumbnail(plane, WORDS, LIGHT).data[0].y[1:], plane.points[:, 1])
