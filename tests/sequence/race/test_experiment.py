import subprocess
import sys

import pytest
from pydantic import ValidationError

from explorer.experiment import from_link, to_link
from explorer.sequence import SequenceExperiment
from explorer.sequence.architectures.parameters import count
from explorer.sequence.experiment import TASK_TITLES
from explorer.sequence.model import build_model
from explorer.sequence.race import Race
from explorer.sequence.race.contestant import Contestant
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.experiment import RATES


def test_all_contestants_have_about_equally_many_parameters():
    race = Race(entries="rnn,lstm,gru,bidirectional,window,tcn,transformer", budget=5000)
    counts = {
        name: sum(w.numel() for w in build_model(one).parameters()) for name, one in race.lineup().contestants.items()
    }
    assert len(counts) == 7
    assert all(abs(total - 5000) <= 0.08 * 5000 for total in counts.values()), counts
    assert all(counts[name] == count(one) for name, one in race.lineup().contestants.items())


def test_contestants_differ_in_nothing_but_architecture_width_and_rate():
    race = Race(seed=5, batch=8, steps=77, weight_decay=0.001)
    for name, one in race.lineup().contestants.items():
        assert (one.task, one.length, one.batch, one.steps, one.seed, one.weight_decay) == (
            "adding",
            100,
            8,
            77,
            5,
            0.001,
        )
        assert (one.cell, one.bidirectional) == (ENTRIES[name].cell, ENTRIES[name].bidirectional)
        assert one.learning_rate == pytest.approx(0.005 * RATES.get(one.cell, 1.0))


def test_one_rate_for_all_if_wished():
    assert {one.learning_rate for one in Race(rates="shared", learning_rate=0.002).contestants()} == {0.002}


def test_a_recurrent_contestant_is_the_experiment_of_the_page_train_live():
    one = Race().lineup().contestants["gru"]
    alone = SequenceExperiment(**{name: getattr(one, name) for name in SequenceExperiment.model_fields})
    assert alone.cell == "gru" and alone.hidden == one.hidden


@pytest.mark.parametrize("task", TASK_TITLES)
def test_every_task_has_a_race_that_its_link_leads_back_to(task):
    race = Race(task=task)
    again, notices = from_link(Race, to_link(race))
    assert again == race and not notices


def test_a_link_that_does_not_go_together_says_so():
    race, notices = from_link(Race, {"task": "adding", "entries": "cnn,rnn"})
    assert race == Race(task="adding") and "CNN" in notices[0]
    race, notices = from_link(Race, {"entries": "rnn,lstm,marvin", "budget": "7"})
    assert race.names == Race().names and len(notices) == 2


def test_own_data_stays_only_where_it_is_learned_from():
    text = "to be or not to be " * 40
    assert Race(task="characters", corpus="own", text=text).text == text
    assert Race(task="characters", corpus="own", text=text).replace(task="adding").text == ""


def test_who_would_be_too_slow_is_left_out_and_the_others_start():
    race = Race(length=200, budget=100_000, batch=128, entries="window,gru")
    lineup = race.lineup()
    assert "window" in lineup.contestants and "What fits" in lineup.left_out["gru"]


def test_fields_mean_something_where_an_architecture_uses_them():
    assert Race.applies("heads", "adding", "rnn,transformer") and not Race.applies("heads", "adding", "rnn,lstm")
    assert Race.applies("budget", "adding", "rnn,lstm") and not Race.applies("reading", "adding", "rnn,lstm")
    assert not Race(entries="rnn,lstm").uses("kernel") and Race(entries="rnn,tcn").uses("kernel")


def test_seeds_wrap_around():
    one = Contestant(task="adding", cell="rnn", seeds=3, seed=2**31 - 2)
    assert [member.seed for member in one.members()] == [2**31 - 2, 2**31 - 1, 0]


def test_a_race_is_light():
    code = (
        "import sys; from explorer.sequence.race import Race; Race().lineup(); Race(task='digits', reading='pixels').lineup(); "
        "loaded = [m for m in ('torch', 'sklearn', 'pandas', 'babel', 'num2words', 'streamlit') if m in sys.modules]; "
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_race_refuses_what_cannot_run():
    with pytest.raises(ValidationError, match="Bi-LSTM cannot run on the task 'rose'"):
        Race(task="rose", entries="bidirectional,lstm")
