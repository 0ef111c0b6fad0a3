"""One statement of each field serves widgets, links, JSON and messages."""

import pytest
from pydantic import ValidationError

from explorer.experiment import about, bounds, default, explain, from_link, to_link
from explorer.sequence import SequenceExperiment


def test_a_link_gives_the_experiment_back():
    one = SequenceExperiment(
        task="adding", cell="gru", length=40, learning_rate=0.003, clip=0.0, seed=7, bidirectional=True
    )
    assert from_link(SequenceExperiment, to_link(one)) == (one, [])


def test_a_link_says_only_what_differs_from_the_tasks_own_defaults():
    assert to_link(SequenceExperiment()) == {"task": "rose"}
    assert to_link(SequenceExperiment(task="adding")) == {"task": "adding"}


def test_private_fields_never_stand_in_a_link():
    one = SequenceExperiment(task="characters", corpus="own", text="a secret letter " * 40)
    assert "secret" not in str(to_link(one)) and "secret" not in repr(one)
    assert from_link(SequenceExperiment, {"task": "characters", "text": "planted"})[0].text == ""


@pytest.mark.parametrize(
    "field, value",
    [
        ("hidden", "1e9"),
        ("hidden", "-1"),
        ("cell", "<script>"),
        ("learning_rate", "nan"),
        ("seed", "x" * 10_000),
        ("layers", ""),
    ],
)
def test_a_bad_value_falls_back_and_is_named(field, value):
    experiment, notices = from_link(SequenceExperiment, {"task": "digits", field: value})
    assert experiment == SequenceExperiment(task="digits")
    assert len(notices) == 1 and f"({field})" in notices[0] and len(notices[0]) < 200


def test_values_that_do_not_go_together_fall_back_to_the_tasks_defaults():
    experiment, notices = from_link(SequenceExperiment, {"task": "characters", "bidirectional": "true"})
    assert experiment == SequenceExperiment(task="characters")
    assert "see the answer" in " ".join(notices)


def test_every_field_says_what_it_is():
    for name, info in SequenceExperiment.model_fields.items():
        assert info.title and info.description and info.description[-1] == ".", name
        assert about(SequenceExperiment, name)["group"] in ("task", "architecture", "training")


def test_bounds_are_those_that_pydantic_holds():
    low, high = bounds(SequenceExperiment, "hidden")
    for value in (low - 1, high + 1):
        with pytest.raises(ValidationError) as caught:
            SequenceExperiment(hidden=value)
        assert "hidden" in explain(caught.value)[0]


DIARY = "Dear diary, today " * 40


@pytest.mark.parametrize(
    "settings",
    [
        {"task": "rose"},
        {"task": "rose", "corpus": "own", "series": "own"},
        {"task": "characters", "corpus": "lee", "series": "own"},
        {"task": "series", "corpus": "own"},
    ],
)
def test_what_a_visitor_brought_stays_only_where_it_is_read(settings):
    one = SequenceExperiment(**settings, text=DIARY, values=(1.5, 2.5))
    assert one == SequenceExperiment(**settings) and hash(one) == hash(SequenceExperiment(**settings))
    assert "diary" not in one.model_dump_json() and one.values == ()


def test_where_it_is_read_it_stays():
    for task in ("characters", "words"):
        own = SequenceExperiment(task=task, corpus="own", text=DIARY, values=(1.5,), vocabulary=100)
        assert (own.text, own.values) == (DIARY, ())
    own = SequenceExperiment(task="series", series="own", text=DIARY, values=(1.5,))
    assert (own.text, own.values) == ("", (1.5,))


def test_what_is_wrong_is_told_without_what_was_given():
    for wrong in (
        {"corpus": "own", "text": 99, "task": DIARY},
        {"hidden": DIARY},
        {"bidirectional": True, "text": DIARY},
    ):
        with pytest.raises(ValidationError) as caught:
            SequenceExperiment(**wrong)
        assert "diary" not in str(caught.value) and "diary" not in repr(caught.value)
    with pytest.raises(ValidationError) as caught:
        SequenceExperiment.model_validate_json('{"text": ["Dear diary"]}')
    assert "diary" not in str(caught.value)


def test_suggestions_are_only_taken_where_nothing_is_said():
    assert SequenceExperiment(task="adding").length == default(SequenceExperiment, "length", "adding")
    assert SequenceExperiment(task="adding", length=10).length == 10


def test_only_live_fields_change_mid_run():
    assert SequenceExperiment.check_change("learning_rate", 0.001) == 0.001
    with pytest.raises(ValueError, match="hidden"):
        SequenceExperiment.check_change("hidden", 8)
    with pytest.raises(ValueError, match="learning_rate"):
        SequenceExperiment.check_change("learning_rate", float("nan"))


def test_equal_experiments_are_one_value():
    assert len({SequenceExperiment(), SequenceExperiment(task="rose")}) == 1


def test_one_value_too_many_costs_only_itself():
    experiment, notices = from_link(
        SequenceExperiment, {"task": "speech", "cell": "gru", "bidirectional": "true", "layers": "3"}
    )
    assert (experiment.cell, experiment.bidirectional, experiment.layers) == ("gru", True, 1)
    assert len(notices) == 1 and "(layers)" in notices[0]
