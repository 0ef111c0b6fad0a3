"""The network: one fused pass says the same as step after step, and its weights begin as PyTorch's do."""

import pytest
import torch
from torch import nn

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.model import build_model, load_model
from explorer.sequence.weights import to_bytes


@pytest.mark.parametrize("kind", ["letters", "prefix", "rows", "picture", "class", "drawing"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_one_pass_is_step_after_step(make, draw, kind, cell):
    model = make(kind, cell=cell)
    batch = draw(model)
    with torch.no_grad():
        outputs = model(batch)
        memory, before = model.read(batch), model.shifted(batch.targets)
        for t in range(batch.targets.shape[1]):
            logits, weights, memory = model.step(memory, before[:, t : t + 1])
            real = batch.target_lengths > t
            assert torch.allclose(logits[real], outputs[real, t], atol=1e-5)
    assert outputs.shape == (5, batch.targets.shape[1], model.task.outputs)
    assert (weights is None) == (model.attention is None)


def test_the_other_pairs_of_a_batch_and_their_padding_make_no_difference(make, draw):
    model = make(bidirectional=True)
    batch = draw(model, 8)
    shortest = int(batch.source_lengths.argmin())
    alone = batch.pick(slice(shortest, shortest + 1))
    assert alone.sources.shape[1] < batch.sources.shape[1]
    steps = int(alone.target_lengths[0])
    with torch.no_grad():
        assert torch.allclose(model(alone)[0], model(batch)[shortest, :steps], atol=1e-6)


def test_an_answer_depends_on_nothing_it_has_not_said_yet(make, draw):
    model = make()
    batch = draw(model, 2)
    before = model.shifted(batch.targets)
    other = before.clone()
    other[:, 3:] = 1
    with torch.no_grad():
        one, two = model(batch, before), model(batch, other)
    assert torch.equal(one[:, :3], two[:, :3]) and not torch.equal(one[:, 3], two[:, 3])


def test_weights_begin_as_pytorch_begins_them(make):
    model = make("prefix", seed=7)
    before = torch.random.get_rng_state()
    torch.manual_seed(7)
    expected = {}
    for name, module in model.named_modules():
        if isinstance(module, nn.Embedding):
            fresh = nn.Embedding(module.num_embeddings, module.embedding_dim)
        elif isinstance(module, nn.LSTM):
            fresh = nn.LSTM(module.input_size, module.hidden_size)
        elif isinstance(module, nn.Linear):
            fresh = nn.Linear(module.in_features, module.out_features, bias=module.bias is not None)
        else:
            continue
        expected |= {f"{name}.{key}": weight for key, weight in fresh.state_dict().items()}
    torch.random.set_rng_state(before)
    assert expected.keys() == model.state_dict().keys()
    assert all(torch.equal(expected[name], weight) for name, weight in model.state_dict().items())


def test_the_global_generator_is_not_used(make):
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    make("picture", look="convolution")
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_convolution_looks_with_filters(make, draw):
    model = make("picture", look="convolution")
    batch = draw(model, 3)
    look = model.look
    by_hand = nn.Sequential(look.filters, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), look.linear, nn.ReLU())
    with torch.no_grad():
        assert torch.allclose(look(batch.sources), by_hand(batch.sources[:, None]))
    assert look.filters.weight.shape == (16, 1, 3, 3)


def test_weights_come_back_and_foreign_ones_are_refused(make):
    experiment = EncoderDecoderExperiment(task="spelled", hidden=8, embedding=4)
    model = build_model(experiment)
    again = load_model(experiment, to_bytes(model))
    assert all(torch.equal(one, two) for one, two in zip(model.parameters(), again.parameters(), strict=True))
    with pytest.raises(ValueError, match="another architecture"):
        load_model(experiment.replace(hidden=10), to_bytes(model))


def test_the_default_network_has_about_200_000_weights():
    model = build_model(EncoderDecoderExperiment())
    assert 180_000 < sum(weight.numel() for weight in model.parameters()) < 230_000
