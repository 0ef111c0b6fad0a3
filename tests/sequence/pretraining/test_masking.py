"""What a BERT has to guess: as many pieces as asked, shown as Devlin et al. show them."""

import pytest
import torch

from explorer.sequence.pretraining.masking import IGNORED, hide

MASK = 50


def hidden(share, rows=400, steps=40, ids=None):
    generator = torch.Generator().manual_seed(0)
    ids = torch.randint(1, MASK, (rows, steps), generator=generator) if ids is None else ids
    return ids, *hide(ids, share, MASK, generator)


@pytest.mark.parametrize("share", [0.05, 0.15, 0.5])
def test_as_many_as_asked(share):
    ids, seen, asked = hidden(share)
    places = asked != IGNORED
    assert (places.sum(1) == round(40 * share)).all()
    assert torch.equal(asked[places], ids[places]) and torch.equal(seen[~places], ids[~places])


def test_eight_in_ten_are_masks_one_is_strange_and_one_as_it_was():
    ids, seen, asked = hidden(0.5)
    places = asked != IGNORED
    masked, kept = seen[places] == MASK, seen[places] == ids[places]
    assert masked.float().mean() == pytest.approx(0.8, abs=0.02)
    # A random piece is the right one by chance in one of 49 cases.
    assert kept.float().mean() == pytest.approx(0.1 + 0.1 / 49, abs=0.02)
    strange = seen[places][~masked & ~kept]
    assert strange.min() >= 1 and strange.max() < MASK and len(strange.unique()) > 40


def test_every_place_is_asked_about_equally_often():
    _, _, asked = hidden(0.15, rows=2000)
    share = (asked != IGNORED).float().mean(0)
    assert share.min() > 0.12 and share.max() < 0.18


def test_unknown_words_are_not_asked_about():
    ids = torch.zeros(3, 40, dtype=torch.long)
    _, seen, asked = hidden(0.5, ids=ids)
    assert (asked == IGNORED).all() and torch.equal(seen, ids)


def test_a_short_text_has_one_hidden_piece():
    _, _, asked = hidden(0.05, rows=5, steps=4)
    assert ((asked != IGNORED).sum(1) == 1).all()
