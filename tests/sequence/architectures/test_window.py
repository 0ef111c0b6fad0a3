"""The window against a loop over the steps."""

import pytest
import torch
from torch import nn


@pytest.mark.parametrize("window", [1, 3, 20])
@pytest.mark.parametrize("layers", [1, 3])
def test_it_is_a_perceptron_over_the_last_steps(make_network, letters, window, layers):
    model = make_network("window", letters, window=window, layers=layers)
    batch = letters.watched()
    embedded, maps = model.embed(batch.inputs), [one for one in model.perceptron if isinstance(one, nn.Linear)]
    assert len(maps) == layers + 1
    with torch.no_grad():
        outputs = model(batch.inputs, batch.lengths)
        for i in range(3):
            for t in range(int(batch.lengths[i])):
                seen = [embedded[i, t - back] if t >= back else torch.zeros(8) for back in range(window)]
                # Of each embedded number, the values at the last steps side by side, the latest first.
                x = torch.stack(seen, dim=1).flatten()
                for linear in maps[:-1]:
                    x = linear(x).relu()
                torch.testing.assert_close(outputs[i, t], maps[-1](x), rtol=1e-5, atol=1e-6)


def test_what_lies_before_the_window_is_unknown(make_network, letters):
    model, inputs = make_network("window", letters, window=3), letters.watched().inputs[:1]
    other = inputs.clone()
    other[0, 2] = (inputs[0, 2] + 1) % 5
    with torch.no_grad():
        changed = (model(inputs) != model(other)).any(dim=-1)[0].tolist()
    assert changed == [False, False, True, True, True, False, False]
