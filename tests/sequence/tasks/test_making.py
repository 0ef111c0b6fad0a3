import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

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
        return Thing("now")

    def ask(_):
        gate.wait()
        return once.get("key", compute)

    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(ask, range(8)))
    assert len(calls) == 1
    assert len(set(map(id, values))) == 1


class Thing:
    """A value, with the word that says when it was made."""

    def __init__(self, made: str) -> None:
        self.made = made


def made(once, key, when="anew", **given):
    return once.get(key, lambda: Thing(when), **given).made


def test_the_unused_go_first():
    once = Once(2)
    for key in "abac":
        made(once, key, "before")
    assert len(once) == 2
    assert made(once, "a") == "before" and made(once, "b") == "anew"


def test_what_somebody_uses_is_never_made_twice():
    once = Once(2)
    used = [once.get(key, lambda: Thing("before")) for key in "abcdef"]
    assert [made(once, key) for key in "abcdef"] == ["before"] * 6 and len(once) == 2
    del used
    assert [made(once, key) for key in "abcd"] == ["anew"] * 4


def test_the_heavy_make_room_for_each_other():
    once = Once(99, heaviest=10)
    for key in "abcd":
        made(once, key, "before", weight=4)
    assert len(once) == 2 and made(once, "d", weight=4) == "before" and made(once, "a", weight=4) == "anew"
    assert made(once, "too heavy", weight=99) == made(once, "too heavy", weight=99) == "anew" and len(once) == 1


def test_another_length_of_a_text_costs_nothing(monkeypatch):
    from explorer.text.tokens import Vocabulary

    encoded, encode = [], Vocabulary.encode
    monkeypatch.setattr(Vocabulary, "encode", lambda self, tokens: (encoded.append(1), encode(self, tokens))[1])
    text = "the cat sat on the mat and the dog sat on the cat. " * 60
    for task in ("characters", "words"):
        own = SequenceExperiment(task=task, corpus="own", text=text, length=5, hidden=8, batch=4)
        tasks = [make_task(own.replace(length=length)) for length in range(5, 45)]
        assert len({one.training.data_ptr() for one in tasks}) == 1 and len(encoded) == 1
        assert [one.sample(1, torch.Generator().manual_seed(0)).inputs.shape[1] for one in tasks] == list(range(5, 45))
        encoded.clear()


def test_short_texts_hold_out_a_window_whatever_was_read_before():
    own = SequenceExperiment(task="characters", corpus="own", text=POEM[:400], length=5)
    for length in (5, 60, 5, 45):
        assert len(make_task(own.replace(length=length)).rest) == max(len(POEM[:400].strip()) // 10, length + 1)


def test_a_failure_is_raised_and_not_kept():
    once = Once(2)
    with pytest.raises(ZeroDivisionError):
        once.get("key", lambda: 1 / 0)
    assert made(once, "key") == "anew"


def test_tasks_stay_bounded(monkeypatch):
    from explorer.sequence.tasks import making

    monkeypatch.setattr(making, "_tasks", Once(16))
    for length in range(2, 60):
        make_task(SequenceExperiment(task="adding", length=length))
    assert len(making._tasks) == 16


def test_a_task_can_be_made_without_the_cache():
    assert Rose().name == "rose"
