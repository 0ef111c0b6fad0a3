"""The CNN against plain PyTorch layers, and on pictures that are not read to the end."""

import pytest
import torch
from torch import nn

from explorer.sequence import build_model, load_model
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.weights import to_bytes


def cnn(task="digits", **settings):
    return build_model(ArchitectureExperiment(task=task, cell="cnn", hidden=6, seed=4, **settings))


@pytest.mark.parametrize("kernel, layers", [(3, 2), (5, 1), (4, 3), (2, 2), (8, 1)])
def test_it_is_convolution_relu_and_maximum(kernel, layers):
    model = cnn(kernel=kernel, layers=layers)
    batch = model.task.watched()
    before, after = kernel // 2, (kernel - 1) // 2
    stack = []
    for ours in model.layers:
        theirs = nn.Conv2d(ours.in_channels, 6, kernel)
        theirs.load_state_dict(ours.state_dict())
        stack += [nn.ZeroPad2d((before, after, before, after)), theirs, nn.ReLU(), nn.MaxPool2d(2)]
    plain = nn.Sequential(*stack, nn.Flatten(), model.readout)
    with torch.no_grad():
        torch.testing.assert_close(model(batch.inputs, batch.lengths), plain(batch.inputs[:, None]), rtol=1e-5, atol=1e-6)


def test_a_picture_is_the_same_however_it_was_read():
    rows, pixels, glance = cnn(), cnn(reading="pixels"), cnn("picture")
    weights = to_bytes(rows)
    pixels = load_model(ArchitectureExperiment(task="digits", reading="pixels", cell="cnn", hidden=6), weights)
    glance = load_model(ArchitectureExperiment(task="picture", cell="cnn", hidden=6), weights)
    picture = rows.task.held_out().inputs[:5]
    with torch.no_grad():
        expected = rows(picture)
        assert torch.equal(pixels(picture.reshape(5, 64, 1)), expected)
        assert torch.equal(glance(picture.reshape(5, 1, 64)), expected)


def test_what_is_not_read_yet_is_blank():
    model = cnn()
    pictures = model.task.held_out().inputs[:3]
    with torch.no_grad():
        over_time = model.over_time(pictures)
        for read in range(1, 9):
            blank = pictures.clone()
            blank[:, read:] = 0
            torch.testing.assert_close(over_time[:, read - 1], model(blank), rtol=1e-5, atol=1e-6)
            torch.testing.assert_close(model(pictures[:, :read]), model(blank), rtol=1e-5, atol=1e-6)


def test_an_answer_after_every_row_sees_no_later_row():
    model = cnn("rows")
    pictures = model.task.held_out().inputs[:2]
    with torch.no_grad():
        before = model(pictures)
        other = pictures.clone()
        other[:, 5] = 1 - other[:, 5]
        after = model(other)
    assert before.shape == (2, 8, 10)
    assert torch.equal(after[:, :5], before[:, :5])
    assert (after[:, 5:] != before[:, 5:]).any(dim=-1).all()


def test_padding_makes_no_difference():
    model = cnn()
    pictures = model.task.held_out().inputs[:2].clone()
    lengths = torch.tensor([8, 3])
    with torch.no_grad():
        before = model(pictures, lengths)
        pictures[1, 3:] = 7
        assert torch.equal(model(pictures, lengths), before)
        torch.testing.assert_close(before[1], model(pictures[1:, :3])[0], rtol=1e-5, atol=1e-6)


def test_its_maps_are_the_lowest_layer():
    model = cnn(kernel=3)
    picture = model.task.watched().inputs[:1]
    with torch.no_grad():
        maps = model.maps(picture)
        expected = nn.functional.conv2d(picture[:, None], model.layers[0].weight, model.layers[0].bias, padding=1).relu()
    torch.testing.assert_close(maps, expected, rtol=1e-5, atol=1e-6)
    assert maps.shape == (1, 6, 8, 8)
