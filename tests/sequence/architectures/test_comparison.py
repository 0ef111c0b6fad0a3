"""What all comparison networks promise: padding makes no difference, causal ones never look ahead, and seeds decide all."""

import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from explorer.sequence import build_model, load_model
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.comparison import last_step
from explorer.sequence.architectures.experiment import COMPARISONS
from explorer.sequence.weights import to_bytes

ALONG_TIME = ("window", "average", "tcn", "transformer")
MAY_LOOK_AHEAD = ("average", "tcn", "transformer")
BOTH = [pytest.param(cell, causal, id=f"{cell}-{'causal' if causal else 'free'}") for cell in ALONG_TIME for causal in (True, False)]


@pytest.fixture(params=["letters", "numbers"])
def task(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("cell, causal", BOTH)
def test_a_padded_batch_gives_what_each_sequence_gives_alone(make_network, task, cell, causal):
    model, batch = make_network(cell, task, causal=causal), task.watched()
    with torch.no_grad():
        together = model(batch.inputs, batch.lengths)
        for i, length in enumerate(batch.lengths.tolist()):
            alone = model(batch.inputs[i : i + 1, :length])[0]
            own = together[i, :length] if model.reads == "every" else together[i]
            torch.testing.assert_close(own, alone, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cell, causal", BOTH)
def test_what_stands_in_the_padding_makes_no_difference(make_network, task, cell, causal):
    model, batch = make_network(cell, task, causal=causal), task.watched()
    padding = torch.arange(batch.inputs.shape[1]) >= batch.lengths[:, None]
    other = batch.inputs.clone()
    other[padding] = 4
    with torch.no_grad():
        one, two = model(batch.inputs, batch.lengths), model(other, batch.lengths)
    if model.reads == "every":
        one, two = one[~padding], two[~padding]
    assert torch.equal(one, two)


@pytest.mark.parametrize("cell", ALONG_TIME)
def test_a_later_input_never_changes_an_earlier_output(make_network, letters, cell):
    model, inputs = make_network(cell, letters), letters.watched().inputs[:1]
    with torch.no_grad():
        before = model(inputs)
        for step in range(inputs.shape[1]):
            other = inputs.clone()
            other[0, step] = (inputs[0, step] + 1) % 5
            after = model(other)
            assert torch.equal(after[0, :step], before[0, :step])
            assert not torch.equal(after[0, step], before[0, step])


@pytest.mark.parametrize("cell", MAY_LOOK_AHEAD)
def test_without_causal_a_later_input_does(make_network, letters, cell):
    model, inputs = make_network(cell, letters, causal=False), letters.watched().inputs[:1]
    other = inputs.clone()
    other[0, 1] = (inputs[0, 1] + 1) % 5
    with torch.no_grad():
        assert not torch.equal(model(inputs)[0, 0], model(other)[0, 0])


@pytest.mark.parametrize("cell", ALONG_TIME)
def test_the_answer_over_time_ends_with_the_answer(make_network, numbers, cell):
    model, batch = make_network(cell, numbers), numbers.watched()
    with torch.no_grad():
        embedded = model.embed(batch.inputs)
        assert torch.equal(model(batch.inputs, batch.lengths), model.from_embedded(embedded, batch.lengths))
        over_time = model.over_time(embedded, batch.lengths)
        torch.testing.assert_close(last_step(over_time, batch.lengths), model(batch.inputs, batch.lengths))
        for stop in (1, 4):
            torch.testing.assert_close(over_time[:, stop - 1], model(batch.inputs[:, :stop]), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cell", COMPARISONS)
def test_weights_depend_on_the_seed_and_on_nothing_else(cell):
    experiment = ArchitectureExperiment(task="digits", cell=cell, positions="learned", dropout=0.2)
    torch.rand(3)
    before = torch.random.get_rng_state()
    one, two, other = build_model(experiment), build_model(experiment), build_model(experiment.replace(seed=1))
    assert torch.equal(torch.random.get_rng_state(), before)
    for name, weight in one.named_parameters():
        assert torch.isfinite(weight).all()
        assert torch.equal(weight, two.get_parameter(name))
    assert not all(torch.equal(weight, other.get_parameter(name)) for name, weight in one.named_parameters())


@pytest.mark.parametrize("cell", ["window", "transformer", "cnn"])
def test_linear_maps_begin_as_pytorchs_do(cell):
    """Uniform between plus and minus 1 / sqrt(inputs), which gives a deviation of that over sqrt(3)."""
    model = build_model(ArchitectureExperiment(task="digits", cell=cell, hidden=64, layers=1, window=8))
    checked = 0
    for module in model.modules():
        weight = getattr(module, "weight", None)
        if weight is not None and weight.dim() > 1 and weight.numel() > 500:
            bound = weight[0].numel() ** -0.5
            assert weight.abs().max() <= bound and module.bias.abs().max() <= bound
            assert weight.std().item() == pytest.approx(bound / 3**0.5, rel=0.06)
            checked += 1
    assert checked


@pytest.mark.parametrize("cell", COMPARISONS)
def test_weights_make_the_round_trip(cell):
    experiment = ArchitectureExperiment(task="digits", cell=cell, hidden=8, positions="learned", seed=9)
    model = build_model(experiment)
    loaded = load_model(experiment.replace(seed=1), to_bytes(model))
    inputs = model.task.watched().inputs
    assert torch.equal(model(inputs), loaded(inputs)) and not loaded.training
    with pytest.raises(ValueError, match="another architecture"):
        load_model(experiment.replace(hidden=9), to_bytes(model))


@pytest.mark.parametrize("cell", COMPARISONS)
def test_dropout_has_a_generator_of_its_own(cell):
    experiment = ArchitectureExperiment(task="digits", cell=cell, dropout=0.5)
    first, second = build_model(experiment).train(), build_model(experiment).train()
    inputs = first.task.watched().inputs
    one = first(inputs)
    torch.rand(7)
    assert torch.equal(one, second(inputs))
    assert not torch.equal(one, first(inputs))
    assert torch.equal(first.eval()(inputs), second.eval()(inputs))


@pytest.mark.parametrize("cell", ALONG_TIME)
def test_sequences_of_one_step_are_read(make_network, letters, cell):
    assert make_network(cell, letters)(torch.tensor([[2]])).shape == (1, 1, 5)


def test_the_stand_in_tasks_are_padded(letters, numbers):
    """Or the tests above would prove nothing."""
    for batch in (letters.watched(), numbers.watched()):
        assert len(set(batch.lengths.tolist())) > 1
        assert batch.inputs.shape[1] == int(batch.lengths.max())
        assert pad_sequence([torch.ones(n) for n in batch.lengths.tolist()], batch_first=True).sum() < batch.lengths.numel() * 7
