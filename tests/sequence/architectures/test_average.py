"""The average against NumPy's mean; it knows no order."""

import pytest
import torch


@pytest.mark.parametrize("causal", [True, False])
def test_it_is_a_perceptron_over_the_mean(make_network, letters, causal):
    model, batch = make_network("average", letters, causal=causal), letters.watched()
    embedded = model.embed(batch.inputs).detach()
    with torch.no_grad():
        outputs = model(batch.inputs, batch.lengths)
        for i, length in enumerate(batch.lengths.tolist()):
            for t in range(length):
                mean = embedded[i, : t + 1 if causal else length].numpy().mean(axis=0)
                torch.testing.assert_close(outputs[i, t], model.perceptron(torch.from_numpy(mean)), rtol=1e-5, atol=1e-6)


def test_the_order_makes_no_difference(make_network, numbers):
    model, batch = make_network("average", numbers), numbers.watched()
    with torch.no_grad():
        one = model(batch.inputs[:1])
        torch.testing.assert_close(model(batch.inputs[:1].flip(1)), one, rtol=1e-5, atol=1e-6)
        assert (model(batch.inputs[:1] * 0.5) - one).abs().max() > 1e-3
