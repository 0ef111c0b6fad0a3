"""The way back adds up: what arrives, what a step does to it, what it hands on."""

import numpy as np
import pytest

from explorer.sequence.return_arithmetic import from_above, unit_return
from explorer.sequence.tracing import trace

EXACT = {"rel": 1e-10, "abs": 1e-14}


@pytest.fixture
def seen(network):
    return trace(network, network.task.watched())


def places(seen):
    for layer, directions in enumerate(seen.unrolled):
        for direction, one in enumerate(directions):
            for t in range(int(seen.lengths[0])):
                yield layer, direction, one, t


def test_what_arrives_is_the_trace(seen):
    for layer, direction, _, t in places(seen):
        back = unit_return(seen, t, 1, layer, direction)
        arrived = back.from_above + (back.from_next.total if back.from_next else 0.0)
        assert back.total == seen.grad_hidden[layer, direction, t, 0, 1]
        assert arrived == pytest.approx(back.total, **EXACT)


def test_what_is_handed_on_and_what_is_added_is_the_total_one_step_earlier(seen):
    for layer, direction, _, t in places(seen):
        before = t + 1 if direction else t - 1
        if not 0 <= before < int(seen.lengths[0]):
            continue
        handed = unit_return(seen, t, 2, layer, direction).handed
        added = from_above(seen, before, layer, direction)[0, 2]
        assert handed.total + added == pytest.approx(seen.grad_hidden[layer, direction, before, 0, 2], **EXACT)


def test_terms_rest_and_the_carried_part_are_what_is_handed_on(seen):
    for layer, direction, one, t in places(seen):
        handed = unit_return(seen, t, 0, layer, direction).handed
        parts = sum(term.amount for term in handed.through_weights.terms) + handed.through_weights.rest
        assert parts + (handed.carried or 0.0) == pytest.approx(handed.total, **EXACT)
        assert handed.total == pytest.approx(one.backward_steps[t].h_before[0, 0], **EXACT)


def test_the_product_of_a_passage_is_delta(seen):
    for layer, direction, _, t in places(seen):
        for passage in unit_return(seen, t, 3, layer, direction).passages.values():
            product = passage.arriving * passage.slope * np.prod([factor for _, factor in passage.factors])
            assert product == pytest.approx(passage.delta, **EXACT), passage.gate


def test_the_memory_adds_up_and_the_forget_gate_passes_it_on(make_model):
    seen = trace(model := make_model("lstm", layers=2, bidirectional=True), model.task.watched())
    for layer, direction, _, t in places(seen):
        way = unit_return(seen, t, 1, layer, direction).cell
        assert way.from_next + way.through_h == pytest.approx(way.total, **EXACT)
        assert way.total == seen.grad_cell[layer, direction, t, 0, 1]
        assert way.handed == pytest.approx(way.forget * way.total, **EXACT)


def test_only_an_lstm_has_a_memory_of_its_own(make_model):
    seen = trace(model := make_model("gru"), model.task.watched())
    back = unit_return(seen, 1, 0)
    assert back.cell is None and back.handed.carried is not None


def test_nothing_comes_from_after_the_last_step(make_model):
    model = make_model("tanh")
    batch = model.task.watched()
    seen = trace(model, batch.pick(np.array([0])))
    back = unit_return(seen, int(seen.lengths[0]) - 1, 0)
    assert back.from_next is None and back.norms["next"] == 0.0
    assert back.total == back.from_above != 0.0


def test_norms_are_of_the_whole_vectors(make_model):
    seen = trace(model := make_model("lstm"), model.task.watched())
    norms = unit_return(seen, 2, 0).norms
    assert norms["total"] == pytest.approx(np.linalg.norm(seen.grad_hidden[0, 0, 2, 0]))
    assert norms["cell"] == pytest.approx(np.linalg.norm(seen.grad_cell[0, 0, 2, 0]))
    assert norms["handed"] == pytest.approx(np.linalg.norm(seen.unrolled[0][0].backward_steps[2].h_before[0]))
