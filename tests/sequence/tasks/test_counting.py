import numpy as np
import pytest
import torch
from sklearn.naive_bayes import MultinomialNB

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.interval import wilson
from explorer.sequence.tasks.counting import counting_words, naive_bayes


def counted(batch, tokens):
    """How often each token is in each text, (n, tokens)."""
    rows = [
        np.bincount(row[:length], minlength=tokens)
        for row, length in zip(batch.inputs.numpy(), batch.lengths, strict=True)
    ]
    return np.stack(rows)


@pytest.mark.parametrize("name", ["topics", "sentiment"])
def test_it_is_the_naive_bayes_of_scikit_learn(name):
    task = make_task(SequenceExperiment(task=name))
    reference = MultinomialNB().fit(counted(task.training, task.inputs), task.training.targets.numpy())
    texts = counted(task.held_out(), task.inputs)
    mine = naive_bayes(task.training, task.held_out(), task.inputs, task.outputs)
    np.testing.assert_allclose(torch.log_softmax(mine, dim=1).numpy(), reference.predict_log_proba(texts), atol=1e-8)
    share = reference.score(texts, task.held_out().targets.numpy())
    low, high = wilson(share, len(texts))
    assert f"{share:.0%}" in counting_words(task) and f"{low:.0%} to {high:.0%}" in counting_words(task)
    assert counting_words(task) in task.story
    assert ("chance alone" in counting_words(task)) == (low <= task.baseline.score) == (name == "sentiment")


def test_padding_counts_for_nothing():
    task = make_task(SequenceExperiment(task="sentiment"))
    long = task.held_out()
    one = long.pick(torch.tensor([int(long.lengths.argmin())]))
    padded = type(one)(torch.nn.functional.pad(one.inputs, (0, 9)), one.targets, one.lengths)
    both = [naive_bayes(task.training, batch, task.inputs, task.outputs) for batch in (one, padded)]
    torch.testing.assert_close(*both, rtol=0, atol=1e-12)
