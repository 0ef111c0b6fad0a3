import pytest
import torch
from pydantic import ValidationError

from explorer.sequence import SequenceExperiment, make_task
from explorer.sequence.tasks.sentiment import KNOWN, MOST, read_reviews

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def own(rows, **more):
    return SequenceExperiment(task="sentiment", opinions="own", reviews=tuple(rows), hidden=4, batch=4, **more)


def rows(n=40, labels=("good", "bad")):
    return [
        (f"{WORDS[i % 10]} {WORDS[i // 10 % 10]} is {labels[i % len(labels)]}", labels[i % len(labels)])
        for i in range(n)
    ]


@pytest.fixture(scope="module")
def films():
    return make_task(SequenceExperiment(task="sentiment"))


def read(task, batch):
    return {tuple(batch.inputs[i, : int(batch.lengths[i])].tolist()) for i in range(len(batch))}


def test_the_shipped_lines_are_two_hundred_with_as_many_of_each():
    reviews = read_reviews()
    assert len(reviews) == 200 and sum(label == "positive" for _, label in reviews) == 100
    assert reviews[0] == ("simplistic , silly and tedious .", "negative")
    assert not any(text.startswith("__label__") for text, _ in reviews)


def test_a_quarter_is_held_out_and_never_learned(films):
    assert len(films.training) == 150 and len(films.held_out()) == 50
    assert torch.bincount(films.held_out().targets).tolist() == [25, 25]
    assert not read(films, films.training) & read(films, films.held_out())
    assert films.baseline.score == 0.5


def test_only_words_that_come_twice_are_known_so_that_the_unknown_one_is_learned(films):
    assert len(films.vocabulary) <= KNOWN + 1
    tokens = films.training.inputs[torch.arange(films.training.inputs.shape[1]) < films.training.lengths[:, None]]
    counts = torch.bincount(tokens, minlength=films.inputs)
    assert counts.min() >= 2 and counts[0] > 100


def test_the_score_of_a_frame_has_its_range():
    frame = next(SequenceExperiment(task="sentiment").frames())
    low, score, high = (frame.metrics[name] for name in ("score_low", "score", "score_high"))
    assert 0 < low < score < high < 1 and high - low > 0.2


def test_own_texts_count_only_where_they_are_read():
    films, mine = SequenceExperiment(task="sentiment", reviews=tuple(rows())), own(rows())
    assert films.reviews == () and make_task(films) is make_task(SequenceExperiment(task="sentiment"))
    assert make_task(mine) is make_task(mine.replace(steps=7))
    assert make_task(mine) is not make_task(own(rows(44)))
    assert SequenceExperiment(task="kinds", opinions="own", reviews=tuple(rows())).reviews == ()


def test_own_labels_are_the_classes():
    task = make_task(own(rows(60, ("good", "bad", "so so"))))
    assert task.labels == ("bad", "good", "so so") and task.outputs == 3
    assert len(task.training) == 45 and len(task.held_out()) == 15
    assert task.expected(task.held_out())[-1] == "bad" and "3" not in task.story.split("text")[0]


def test_a_text_that_comes_again_is_not_both_learned_and_held_out():
    task = make_task(own(rows(40) * 5))
    assert len(task.training) + len(task.held_out()) == 40
    assert not read(task, task.training) & read(task, task.held_out())


def test_long_texts_are_cut_and_many_are_judged_by_an_even_part():
    long = [(f"{WORDS[i % 10]} {i} " + "word " * 300, label) for i, (_, label) in enumerate(rows(1200))]
    task = make_task(own(long))
    assert int(task.training.lengths.max()) == MOST and len(task.held_out()) == 128
    assert torch.bincount(task.held_out().targets).tolist() == [64, 64]


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        ([], "no texts of your own yet"),
        ([("a", "good")] * 9, "nothing to tell apart"),
        ([("A fine film", "good"), ("a  bore", "bad")] * 9, "Only 1 different text has the label “good”"),
        ([("word " * 70 + str(i), "good" if i % 2 else "bad") for i in range(20)], "nothing to tell apart"),
        (rows(8)[:3], "needs at least 4"),
        ([(f"{i}", f"{i}") for i in range(99)], "99 different labels"),
    ],
)
def test_what_cannot_be_learned_from_says_why(reviews, said):
    with pytest.raises(ValueError, match=said):
        make_task(own(reviews))


def test_sizes_are_limited_before_anything_is_made():
    with pytest.raises(ValidationError, match="at most 20000"):
        own([("a", "b")] * 20_001)
    with pytest.raises(ValidationError, match="at most 20000 char"):
        own([("a" * 20_001, "b")])
    with pytest.raises(ValidationError, match="at most 30 char"):
        own([("a", "b" * 31)])


def test_own_texts_are_never_shown_in_links_or_reprs():
    from explorer.experiment import to_link

    mine = own(rows())
    assert "reviews" not in to_link(mine) and "one" not in repr(mine)


def test_typed_reviews(films):
    batch = films.encode("A funny film, with heart.")
    assert films.steps(batch)[0] == "a" and films.expected(batch) == [""] * len(films.steps(batch))
