import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks import Task
from explorer.sequence.tasks.making import CLASSES, Once
from explorer.sequence.tasks.rose import Rose

POEM = "The rose is red, the violet's blue, the honey's sweet, and so are you. " * 8


def test_there_is_a_class_for_every_task_of_the_experiment():
    from explorer.experiment import choices

    assert set(CLASSES) == set(choices(SequenceExperiment, "task"))


def test_architecture_and_training_make_no_difference():
    task = make_task(SequenceExperiment(task="adding", length=20))
    assert isinstance(task, Task)
    assert task is make_task(SequenceExperiment(task="adding", length=20, hidden=8, seed=5, cell="rnn", batch=7))
    assert task is not make_task(SequenceExperiment(task="adding", length=21))


def test_own_text_counts_only_where_it_is_read():
    lee = SequenceExperiment(task="characters", corpus="lee")
    assert make_task(lee) is make_task(lee.replace(text=POEM))
    own = lee.replace(corpus="own", text=POEM, length=10)
    assert make_task(own) is make_task(own.replace(hidden=9))
    assert make_task(own) is not make_task(own.replace(text=POEM + "!"))


def test_own_numbers_count_only_where_they_are_read():
    lynx = SequenceExperiment(task="series", series="lynx")
    assert make_task(lynx) is make_task(lynx.replace(values=(1.0, 2.0), season=3))
    own = lynx.replace(series="own", values=tuple(map(float, range(99))))
    assert make_task(own) is not make_task(own.replace(season=5))


def test_the_vocabulary_matters_to_words_alone():
    own = SequenceExperiment(task="words", corpus="own", text=POEM, length=5)
    assert make_task(own) is not make_task(own.replace(vocabulary=60))
    characters = own.replace(task="characters")
    assert make_task(characters) is make_task(characters.replace(vocabulary=60))


def test_asked_by_eight_at_once_computed_once():
    once, calls, gate = Once(4), [], threading.Barrier(8)

    def compute():
        calls.append(1)
        threading.Event().wait(0.05)
        return object()

    def ask(_):
        gate.wait()
        return once.get("key", compute)

    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(ask, range(8)))
    assert len(calls) == 1
    assert len(set(map(id, values))) == 1


def test_the_unused_go_first():
    once = Once(2)
    for key in "abac":
        once.get(key, lambda key=key: key.upper())
    assert len(once) == 2
    assert once.get("a", lambda: "computed anew") == "A"
    assert once.get("b", lambda: "computed anew") == "computed anew"


def test_a_failure_is_raised_and_not_kept():
    once = Once(2)
    with pytest.raises(ZeroDivisionError):
        once.get("key", lambda: 1 / 0)
    assert once.get("key", lambda: 3) == 3


def test_tasks_stay_bounded(monkeypatch):
    from explorer.sequence.tasks import making

    monkeypatch.setattr(making, "_tasks", Once(16))
    for length in range(2, 60):
        make_task(SequenceExperiment(task="adding", length=length))
    assert len(making._tasks) == 16


def test_a_task_can_be_made_without_the_cache():
    assert Rose().name == "rose"
