"""The total gradient at every step of both halves, against autograd on states that are kept one by one."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from torch import nn

from explorer.sequence.encoder_decoder.tracing import loss_of_step, mean_loss, trace

NETWORKS = [
    ("letters", {"cell": "lstm"}),
    ("letters", {"cell": "gru", "attention": False}),
    ("letters", {"cell": "rnn", "scoring": "additive"}),
    ("letters", {"cell": "lstm", "bidirectional": False, "attention": False}),
    ("prefix", {"cell": "gru"}),
    ("rows", {"cell": "lstm", "scoring": "additive"}),
    ("rows", {"cell": "rnn", "bidirectional": False}),
    ("picture", {"cell": "lstm"}),
    ("picture", {"cell": "gru", "look": "convolution"}),
    ("class", {"cell": "rnn"}),
    ("drawing", {"cell": "lstm"}),
]


def walk(module, inputs, begin, kept):
    """A recurrent module one step at a time: each state is kept, and the same tensor goes on."""
    h, c = begin
    cell = {nn.RNN: nn.RNNCell, nn.LSTM: nn.LSTMCell, nn.GRU: nn.GRUCell}[type(module)]
    step = cell(module.input_size, module.hidden_size).double()
    step.load_state_dict({name.removesuffix("_l0"): weight for name, weight in module.state_dict().items()})
    for t, x in inputs:
        h, c = step(x, (h, c)) if isinstance(module, nn.LSTM) else (step(x, h), None)
        h.retain_grad()
        kept[t] = h
    return h


def kept_by_autograd(model, batch, loss):
    """States and their gradients of a batch of one, by steps: ((S, H), (S, H), (U, H), (U, H), loss)."""
    model = deepcopy(model).double()
    for weight in model.parameters():
        weight.requires_grad_()
    units, read = model.decoder.hidden_size, []
    sources = batch.sources.double() if batch.sources.is_floating_point() else batch.sources
    if model.look is not None:
        last = model.look(sources)
        last.retain_grad()
        states, read = None, [[last]]
    else:
        inputs, ends = model.embed(sources), []
        for k, module in enumerate(model.encoder):
            kept, zeros = [None] * inputs.shape[1], torch.zeros(1, module.hidden_size).double()
            steps = list(enumerate(inputs.unbind(1)))
            ends.append(walk(module, steps[::-1] if k else steps, (zeros, zeros), kept))
            read.append(kept)
        last = torch.cat(ends, dim=1)
        states = torch.cat([torch.stack(kept, 1) for kept in read], dim=-1)
    memory, written = model.bridged(states, last, batch.source_lengths), [None] * batch.targets.shape[1]
    fed = model.embed_before(model.shifted(batch.targets)).double()
    begin = memory.h[0], None if memory.c is None else memory.c[0]
    walk(model.decoder, list(enumerate(fed.unbind(1))), begin, written)
    value = loss(model.readout(model.attend(torch.stack(written, 1), memory)[0]), batch)
    value.backward()
    assert written[0].shape == (1, units)
    joined = [torch.cat([direction[t].grad for direction in read], dim=1) for t in range(len(read[0]))]
    gradients = [grad[0].numpy() for grad in joined], [state.grad[0].numpy() for state in written]
    return np.stack(gradients[0]), np.stack(gradients[1]), value.item(), model


@pytest.mark.parametrize("kind, settings", NETWORKS)
@pytest.mark.parametrize("of", ["mean", "last", "first"])
def test_gradients_are_those_of_autograd(make, draw, kind, settings, of):
    model = make(kind, **settings)
    batch = draw(model, 4)
    loss = {"mean": mean_loss(model), "last": loss_of_step(model), "first": loss_of_step(model, 0)}[of]
    seen = trace(model, batch, loss)
    # A batch of one by itself: its share of the loss is known for each of the three losses.
    for i in range(len(batch)):
        one = batch.pick(slice(i, i + 1))
        grad_read, grad_written, _, _ = kept_by_autograd(model, one, loss)
        share = model.task.scored(one) / model.task.scored(batch) if of == "mean" else 1 / len(batch)
        s, u = len(grad_read), len(grad_written)
        np.testing.assert_allclose(seen.grad_encoder[i, :s], share * grad_read, rtol=1e-8, atol=1e-14)
        np.testing.assert_allclose(seen.grad_decoder[i, :u], share * grad_written, rtol=1e-8, atol=1e-14)
        assert not seen.grad_decoder[i, u:].any() and not seen.grad_encoder[i, s:].any()


@pytest.mark.parametrize("kind, settings", NETWORKS)
def test_states_attention_and_loss_are_those_of_the_network(make, draw, kind, settings):
    model = make(kind, **settings)
    batch = draw(model, 4)
    seen = trace(model, batch)
    with torch.no_grad():
        memory = model.read(batch)
        states = model.write(memory, model.shifted(batch.targets))
        outputs, (_, weights) = model(batch), model.attend(states, memory)
        loss = mean_loss(model)(outputs, batch).item()
    assert seen.loss == pytest.approx(loss, rel=1e-5)
    for i, steps in enumerate(batch.target_lengths.tolist()):
        np.testing.assert_allclose(seen.decoder_hidden[i, :steps], states[i, :steps], atol=1e-5)
        np.testing.assert_allclose(seen.outputs[i, :steps], outputs[i, :steps], atol=1e-5)
        if weights is not None:
            np.testing.assert_allclose(seen.attention[i, :steps], weights[i, :steps], atol=1e-5)
    assert (seen.attention is None) == (weights is None)


def test_the_gradient_at_a_fused_output_is_not_the_total_one(make, draw):
    """The trap: without attention, `retain_grad` on the encoder's output sees its last step alone."""
    model = make(attention=False, bidirectional=False)
    batch = draw(model, 1)
    states = []

    def keep(module, given, out):
        out[0].retain_grad()
        states.append(out[0])

    hook = model.encoder[0].register_forward_hook(keep)
    for weight in model.parameters():
        weight.requires_grad_()
    mean_loss(model)(model(batch), batch).backward()
    hook.remove()
    naive = states[0].grad[0].norm(dim=-1).numpy()
    total = trace(model, batch).gradient_norms("encoder")
    assert (naive > 0).sum() == 1 and (total > 0).all()
    assert naive[-1] == pytest.approx(total[-1], rel=1e-4)


def test_a_model_is_left_as_it_was(make, draw):
    model = make()
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    trace(model, draw(model))
    assert all(torch.equal(before[name], weight) for name, weight in model.state_dict().items())
    assert all(weight.grad is None for weight in model.parameters())


def test_norms_by_direction_add_up_to_those_of_the_state(make, draw):
    model = make()
    seen = trace(model, draw(model, 1))
    each = seen.norms_by_direction()
    assert each.shape[0] == 2
    np.testing.assert_allclose(np.sqrt((each**2).sum(0)), seen.gradient_norms("encoder"), rtol=1e-12)


def test_attention_carries_the_last_letters_loss_to_what_was_read_at_once(make, draw):
    """Without it, what the last letter says about the first one read must pass through every step between them."""
    loss = {}
    for attention in (True, False):
        model = make(attention=attention, bidirectional=False, cell="rnn")
        batch = draw(model, 6)
        loss[attention] = trace(model, batch, loss_of_step(model)).gradient_norms("encoder")[0]
    assert loss[True] > 10 * loss[False]
