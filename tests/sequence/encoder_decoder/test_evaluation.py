"""Measuring in pieces gives what measuring at once would give."""

import pytest
import torch

from explorer.sequence.encoder_decoder.answering import answer_pair
from explorer.sequence.encoder_decoder.evaluation import exact_share, speak_slices, teach_slices
from explorer.sequence.encoder_decoder.painting import drawn_row, paint, residual_spread
from explorer.sequence.encoder_decoder.tasks.task import END
from explorer.sequence.pace import Pace, run_through


@pytest.mark.parametrize("kind", ["letters", "drawing", "class"])
def test_loss_and_share_right_do_not_depend_on_the_pieces(make, draw, kind):
    model = make(kind)
    batch = draw(model, 11)
    with torch.no_grad():
        outputs = model(batch)
    loss = model.task.loss(outputs, batch).item() / model.task.scored(batch)
    right = model.task.right(outputs, batch) / model.task.scored(batch)
    for at_once in (1, 4, 11):
        seen = run_through(teach_slices(model, batch, at_once, 10.0, Pace()))
        assert seen == pytest.approx((loss, right), rel=1e-5)


def test_many_answers_at_once_are_those_given_alone(make, draw):
    model = make()
    with torch.no_grad():
        model.readout.bias[END] = 0.3  # so that some end early
    batch = draw(model, 9)
    said = run_through(speak_slices(model, batch, Pace()))
    for i in range(9):
        assert model.task.write(said[i].tolist()) == answer_pair(model, batch, i).text


def test_nothing_is_said_after_the_end(make, draw):
    model = make()
    with torch.no_grad():
        model.readout.bias[END] = 0.3
    said = run_through(speak_slices(model, draw(model, 9), Pace()))
    ended = (said == END).int().cummax(1).values.bool()
    assert ended.any() and (said[ended] == END).all()


def test_exact_means_every_letter_and_the_end(make, draw):
    model = make()
    batch = draw(model, 4)
    right = batch.targets.clamp(min=0)
    right = torch.cat([right, torch.zeros(4, 2, dtype=torch.int64)], 1)
    assert exact_share(model, batch, right) == 1.0
    wrong = right.clone()
    wrong[0, 0] += 1
    longer = right.clone()
    longer[1, int(batch.target_lengths[1]) - 1] = 1  # a letter where the end should be
    assert exact_share(model, batch, wrong) == exact_share(model, batch, longer) == 0.75


def test_pictures_are_drawn_as_they_are_fed(make):
    model = make("drawing")
    digits = torch.arange(10)
    mean = paint(model, digits, "mean", torch.Generator())
    assert torch.equal(mean.expected, mean.fed) and mean.expected.shape == (10, 8, 8)
    one, two, other = (paint(model, digits, "sampled", torch.Generator().manual_seed(s)) for s in (1, 1, 2))
    assert torch.equal(one.fed, two.fed) and not torch.equal(one.fed, other.fed)
    assert set(one.fed.unique().tolist()) == {0.0, 1.0}
    # The expectation of every row is what the network says after the rows it was fed.
    batch = model.task.held_out().pick(slice(0, 10))
    taught = type(batch)(digits, batch.source_lengths, one.fed, batch.target_lengths)
    with torch.no_grad():
        assert torch.allclose(model.task.said(model(taught)), one.expected, atol=1e-6)


def test_gaussian_rows_spread_as_the_pictures_do(make):
    model = make("drawing", pixels="gaussian")
    spread = residual_spread(model)
    batch = model.task.reference()
    with torch.no_grad():
        apart = batch.targets - model.task.said(model(batch))
    assert torch.allclose(spread, (apart**2).mean(0).sqrt())
    rows = drawn_row(torch.full((20_000, 8), 0.5), spread[3].clamp(max=0.1), torch.Generator().manual_seed(0))
    assert rows.std(0).tolist() == pytest.approx(spread[3].clamp(max=0.1).tolist(), rel=0.03)
    assert drawn_row(torch.zeros(9, 8), torch.ones(8), torch.Generator()).min() == 0.0
