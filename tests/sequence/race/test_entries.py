import pytest

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.experiment import TASK_TITLES
from explorer.sequence.race.entries import ENTRIES, admitted, read_entries, why_not


@pytest.mark.parametrize("task", TASK_TITLES)
def test_what_is_admitted_can_be_trained_and_what_is_not_cannot(task):
    """`admitted` says in advance what the experiments themselves decide."""
    for name, entry in ENTRIES.items():
        try:
            made = ArchitectureExperiment(task=task, cell=entry.cell, bidirectional=entry.bidirectional, hidden=8)
        except ValueError:
            assert name not in admitted(task), f"{name} on {task}"
            continue
        # Reading from both ends is silently given up where it means nothing.
        assert (made.bidirectional == entry.bidirectional) == (name in admitted(task)), f"{name} on {task}"


def test_a_reason_is_given_in_words():
    assert "right" in why_not("bidirectional", "rose") and "pictures" in why_not("cnn", "adding")
    assert why_not("gru", "adding") == ""


def test_entries_are_read_in_one_order_and_once():
    assert read_entries("tcn, rnn,rnn ,gru") == ("rnn", "gru", "tcn")


@pytest.mark.parametrize(
    "text, said",
    [("rnn", "2 to 7"), ("", "2 to 7"), (",".join(ENTRIES), "2 to 7"), ("rnn,<b>", "'<b>' is no architecture")],
)
def test_bad_entries_are_explained(text, said):
    with pytest.raises(ValueError, match=said):
        read_entries(text)
