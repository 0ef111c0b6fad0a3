"""What holds for every task."""

import pytest
import torch

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.experiment import SHAPES
from explorer.sequence.tasks import IGNORED

EXPERIMENTS = {
    "rose": SequenceExperiment(task="rose"),
    "characters": SequenceExperiment(task="characters", corpus="lee", length=20),
    "words": SequenceExperiment(task="words", corpus="lee", length=10, vocabulary=200),
    "adding": SequenceExperiment(task="adding", length=12),
    "recall": SequenceExperiment(task="recall", length=5),
    "rows": SequenceExperiment(task="digits"),
    "pixels": SequenceExperiment(task="digits", reading="pixels"),
    "airline": SequenceExperiment(task="series"),
    "lynx": SequenceExperiment(task="series", series="lynx", length=12),
    "speech": SequenceExperiment(task="speech"),
    "picture": SequenceExperiment(task="picture"),
    "every row": SequenceExperiment(task="rows"),
    "kinds": SequenceExperiment(task="kinds"),
    "topics": SequenceExperiment(task="topics"),
    "sentiment": SequenceExperiment(task="sentiment"),
    "tagging": SequenceExperiment(task="tagging"),
    "order": SequenceExperiment(task="order", length=9),
    "future": SequenceExperiment(task="future", length=9),
}


@pytest.fixture(params=EXPERIMENTS)
def task(request):
    return make_task(EXPERIMENTS[request.param])


TYPED = {"rose", "characters", "words", "kinds", "topics", "sentiment", "tagging", "order", "future"}


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def random_outputs(task, batch, dtype=torch.float64, seed=3) -> torch.Tensor:
    steps = batch.inputs.shape[:2] if task.topology == "many-to-many" else batch.inputs.shape[:1]
    return torch.randn(*steps, task.outputs, dtype=dtype, generator=seeded(seed))


def batches(task):
    return [batch for batch in (task.sample(9, seeded(1)), task.held_out(), task.watched(), task.scored()) if batch]


def test_inputs_have_the_promised_shape_and_type(task):
    for batch in batches(task):
        n, steps = batch.inputs.shape[:2]
        assert len(batch) == n == len(batch.targets) and batch.lengths.dtype == torch.int64
        assert int(batch.lengths.max()) == steps and int(batch.lengths.min()) >= 1
        if task.vocabulary is None:
            assert batch.inputs.dtype == torch.float32 and batch.inputs.shape[2] == task.inputs
        else:
            assert batch.inputs.dtype == torch.int64 and batch.inputs.dim() == 2
            assert len(task.vocabulary) == task.inputs
            assert int(batch.inputs.min()) >= 0 and int(batch.inputs.max()) < task.inputs


def test_targets_have_the_promised_shape_and_type(task):
    for batch in batches(task):
        shape = batch.inputs.shape[:2] if task.topology == "many-to-many" else batch.inputs.shape[:1]
        assert batch.targets.shape == shape
        if task.labels is None:
            assert batch.targets.dtype == torch.float32 and task.outputs == 1
        else:
            assert batch.targets.dtype == torch.int64 and task.outputs == len(task.labels)
            scored = batch.targets[batch.targets != IGNORED]
            assert len(scored) and int(scored.min()) >= 0 and int(scored.max()) < task.outputs


def test_padding_is_zero_and_never_scored(task):
    for batch in batches(task):
        padded = torch.arange(batch.inputs.shape[1]) >= batch.lengths[:, None]
        assert not batch.inputs[padded].any()
        if task.topology == "many-to-many":
            assert (batch.targets[padded] == IGNORED).all()


def test_the_same_seed_gives_the_same_batch_and_leaves_the_global_generator_alone(task):
    before = torch.random.get_rng_state()
    one, same, other = task.sample(16, seeded(5)), task.sample(16, seeded(5)), task.sample(16, seeded(6))
    assert torch.equal(one.inputs, same.inputs) and torch.equal(one.targets, same.targets)
    assert one.inputs.shape != other.inputs.shape or not torch.equal(one.inputs, other.inputs)
    assert torch.equal(before, torch.random.get_rng_state())


def test_held_out_and_watched_are_always_the_same(task):
    assert torch.equal(task.watched().inputs, task.watched().inputs)
    held_out = task.held_out()
    if held_out is None:
        assert len(task.no_held_out) > 20
    else:
        assert 1 <= len(held_out) <= 128
        assert torch.equal(held_out.inputs, task.held_out().inputs) and task.no_held_out is None


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_losses_are_finite_scalars_with_a_gradient(task, dtype):
    for batch in batches(task):
        for loss in (task.loss, task.answer_loss):
            outputs = random_outputs(task, batch, dtype).requires_grad_()
            value = loss(outputs, batch)
            value.backward()
            assert value.shape == () and value.dtype == dtype
            assert torch.isfinite(value) and outputs.grad.abs().sum() > 0


def test_the_answer_loss_touches_one_step_of_each_sequence(task):
    if task.topology == "many-to-one":
        pytest.skip("there is one answer only")
    batch = task.sample(9, seeded(2))
    outputs = random_outputs(task, batch).requires_grad_()
    task.answer_loss(outputs, batch).backward()
    touched = (outputs.grad.abs().sum(-1) > 0).sum(dim=1)
    assert touched.tolist() == [1] * 9


def test_steps_and_expected_have_one_entry_for_each_step(task):
    for batch in batches(task):
        for i in (0, len(batch) - 1):
            assert len(task.steps(batch, i)) == len(task.expected(batch, i)) == int(batch.lengths[i])
            assert all(isinstance(label, str) and label for label in task.steps(batch, i))
            assert any(task.expected(batch, i))


def test_what_is_expected_is_written_as_the_labels_are(task):
    """A picture judges an answer by comparing the two."""
    if task.labels is not None:
        for batch in batches(task):
            assert set(task.expected(batch)) <= {"", *task.labels}
        assert task.vocabulary is None or set(task.steps(batch)) <= set(task.vocabulary)


def test_perfect_answers_get_the_best_score(task):
    batch = task.scored()
    if task.labels is None:
        outputs = batch.targets[..., None].double()
        assert task.score(outputs, batch) == pytest.approx(0, abs=1e-3)
        return
    hits = batch.targets.clamp(min=0)
    outputs = 200.0 * torch.nn.functional.one_hot(hits, task.outputs).double()
    best = {"accuracy": 1.0, "bits per character": 0.0, "perplexity": 1.0}[task.metric]
    assert task.score(outputs, batch) == pytest.approx(best)


def test_scores_of_parts_pool_to_the_score_of_the_whole(task):
    batch = task.sample(10, seeded(4))
    outputs = random_outputs(task, batch)
    whole = task.score(outputs, batch)
    parts = []
    for rows in (slice(0, 3), slice(3, 10)):
        part = type(batch)(batch.inputs[rows], batch.targets[rows], batch.lengths[rows])
        parts.append((task.score(outputs[rows], part), part))
    assert task.pooled_score(parts) == pytest.approx(whole)


def test_the_page_gets_its_words(task):
    assert task.title and task.story.endswith(".") and task.answer_sentence.startswith("the loss")
    assert task.better in ("higher", "lower") and task.metric
    assert task.baseline.loss > 0 and task.baseline.sentence.endswith(".")
    assert 0 < len(task.baseline.name) <= 28 and task.baseline.name == task.baseline.name.lower()
    assert "  " not in task.story + task.baseline.sentence
    assert not task.baselines or task.baseline.name in {baseline.name for baseline in task.baselines}


def test_its_shape_is_known_before_it_is_made(task):
    once = task.topology == "many-to-one"
    longest = int(task.scored().lengths.max())
    assert SHAPES[task.name] == ("in step" if not once else "many-to-one" if longest > 1 else "one-to-one")


def test_typed_examples_are_offered_where_they_are_taken(task):
    assert task.accepts_text == (task.name in TYPED)


def test_text_is_encoded_or_refused_with_a_reason(task):
    if not task.accepts_text:
        with pytest.raises(ValueError, match="takes no typed example"):
            task.encode("rose is")
        return
    batch = task.encode(task.example_hint)
    assert len(batch) == 1 and batch.inputs.dtype == torch.int64
    assert task.vocabulary == task.labels or not task.samples_text
    assert torch.isfinite(task.loss(random_outputs(task, batch), batch))
    assert torch.isfinite(task.answer_loss(random_outputs(task, batch), batch))


def test_nothing_scored_gives_a_loss_of_zero_that_can_be_differentiated():
    task = make_task(EXPERIMENTS["characters"])
    batch = task.encode("T")
    outputs = random_outputs(task, batch).requires_grad_()
    loss = task.loss(outputs, batch) + task.answer_loss(outputs, batch)
    loss.backward()
    assert loss.item() == 0 and not outputs.grad.any()
