"""Transfer: honest texts, equal chances for every method, intervals as the formulas say, the same bits again."""

import itertools
from functools import lru_cache

import numpy as np
import pytest
import torch

from explorer.applications.transfer import METHODS, TransferExperiment, readout
from explorer.applications.transfer.experiment import NETWORKS, PARTS
from explorer.applications.transfer.material import ARTICLES, material_of
from explorer.applications.transfer.measuring import Standing
from explorer.applications.transfer.network import Fit, Labeller, answers, layered_averages, padded
from explorer.applications.transfer.plan import AVAILABLE, Fitting, plan, sizes
from explorer.applications.transfer.words import fitted
from explorer.frame import same_bits
from explorer.sequence.interval import wilson
from explorer.sequence.pace import run_through
from explorer.sequence.pretraining import PretrainingExperiment, build_model, read_corpus
from explorer.sequence.weights import to_bytes
from explorer.text.corpora import wikipedia_articles

TEXT = "The cat sat on the mat and the dog lay near it. " * 12 + "A rose is red, and the violet is blue. " * 12
REVIEWS = tuple((f"{word} number {i} is here again", label) for i in range(10) for word, label in
                (("cat", "animal"), ("dog", "animal"), ("rose", "flower"), ("violet", "flower")))  # fmt: skip


def base(objective="gpt", units="words"):
    return PretrainingExperiment(
        objective=objective, units=units, corpus="own", text=TEXT, width=16, layers=1, heads=2, context=16, seed=3
    )


@lru_cache
def experiment():
    return TransferExperiment(
        pretrained=base().model_dump_json(), weights=to_bytes(build_model(base())), task="own", reviews=REVIEWS, most=16, repeats=2,
        updates=10,
    )  # fmt: skip


@lru_cache
def measured():
    return list(experiment().frames())


def test_pretraining_has_read_no_sentence_of_the_topics():
    material = material_of(TransferExperiment(task="topics"))
    read = read_corpus(PretrainingExperiment())
    articles = dict(wikipedia_articles())
    assert all(articles[title] in read.held_out and articles[title] not in read.training for title in ARTICLES)
    assert not {text for text, _ in material.training} & {text for text, _ in material.tested}
    assert not any(word in text.lower().split() for text, _ in material.tested for word in ("einstein", "alaska", "achilles"))


@pytest.mark.parametrize("task", ["topics", "sentiment"])
def test_there_are_as_many_texts_as_the_plan_counts_on(task):
    material = material_of(TransferExperiment(task=task))
    assert len(material.training) >= AVAILABLE[task]
    order = material.order(7)
    first = np.bincount([material.training[i][1] for i in order[:8]], minlength=len(material.labels))
    assert sorted(order) == list(range(len(order))) and first.max() - first.min() <= 1


def test_a_measurement_fills_its_table_step_by_step():
    frames = measured()
    assert [frame.step for frame in frames] == list(range(experiment().steps + 1))
    assert np.isnan(frames[0].arrays["accuracy"]).all() and frames[0].metrics["done"] == 0.0
    last = frames[-1]
    assert last.metrics["done"] == 1.0 and last.metrics["tested"] == 10 and last.metrics["majority"] == 0.5
    assert last.arrays["accuracy"].shape == (len(METHODS), len(sizes(experiment()))) and not np.isnan(last.arrays["runs"]).any()
    np.testing.assert_allclose(last.arrays["accuracy"], last.arrays["runs"].mean(axis=-1), rtol=1e-6)
    assert last.arrays["accuracy"][METHODS.index("glove_mean"), -1] >= 0.9  # cat and dog against rose and violet: GloVe knows


def test_the_same_again_to_the_bit_also_while_another_measures():
    other = experiment().replace(seed=5).frames()
    again = [frame for frame, _ in zip(experiment().frames(), other, strict=False)]
    assert all(same_bits(one, two) for one, two in zip(again, measured(), strict=True))


def test_untrained_weights_give_what_starting_from_scratch_gives():
    """The two differ in the weights they begin with, and in nothing else."""
    scratch = base()  # its own seed, which is that of draw 0
    one = TransferExperiment(**{**dict(experiment()), "repeats": 1, "most": 8, "seed": scratch.seed})
    accuracy = list(one.frames())[-1].arrays["accuracy"]
    assert accuracy[METHODS.index("tuned"), 0] == accuracy[METHODS.index("scratch"), 0]


@pytest.mark.parametrize("objective", ["gpt", "bert"])
def test_padding_changes_nothing(objective):
    body = build_model(base(objective))
    texts = [np.array(ids) for ids in ([1, 2, 3], [4, 5, 6, 7, 8, 9, 2], [3])]
    together = run_through(layered_averages(body, texts))
    apart = np.concatenate([run_through(layered_averages(body, [text])) for text in texts])
    np.testing.assert_allclose(together, apart, atol=1e-5)
    model = Labeller(body, 5, torch.Generator().manual_seed(1))
    one_by_one = [run_through(answers(model, [text]))[0] for text in texts]
    assert run_through(answers(model, texts)).tolist() == one_by_one


def test_an_update_in_pieces_follows_the_gradient_of_the_whole_batch(monkeypatch):
    texts = [np.array([1 + i % 5, 2, 3 + i % 3]) for i in range(16)]
    labels, found = np.arange(16) % 3, []
    for n in (16, 5):
        monkeypatch.setattr("explorer.applications.transfer.network.at_once", lambda body, places, n=n: n)
        model = Labeller(build_model(base()), 3, torch.Generator().manual_seed(1))
        fit = Fit(model, texts, labels, 10, 0.01, torch.Generator().manual_seed(2))
        losses = [run_through(fit.update()) for _ in range(3)]
        found.append((losses, model.head.weight.detach().numpy()))
    np.testing.assert_allclose(found[0][0], found[1][0], rtol=1e-4)
    np.testing.assert_allclose(found[0][1], found[1][1], atol=1e-4)
    ids, lengths = padded(texts, 16)
    reference = torch.nn.functional.cross_entropy(
        Labeller(build_model(base()), 3, torch.Generator().manual_seed(1))(ids, lengths), torch.from_numpy(labels)
    )
    assert found[0][0][0] == pytest.approx(reference.item(), rel=1e-5)


def test_the_readout_is_logistic_regression_on_scaled_features():
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    generator = np.random.default_rng(0)
    labels = np.arange(90) % 3
    rows = generator.normal(size=(90, 8)) + np.eye(8)[labels] * 2
    reference = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=300)).fit(rows[:60], labels[:60])
    assert readout.answers(rows[:60], labels[:60], rows[60:]).tolist() == reference.predict(rows[60:]).tolist()


def test_intervals_and_gain_as_their_formulas_say():
    standing = Standing((8,), 1, 20)
    tuned, scratch = np.arange(20) < 15, np.arange(20) % 2 == 0
    standing.enter(Fitting(0, 0, METHODS.index("tuned"), 8, PARTS), tuned)
    standing.enter(Fitting(0, 0, METHODS.index("scratch"), 8, PARTS), scratch)
    found = standing.arrays()
    assert found["accuracy"][0, 0] == pytest.approx(0.75)
    assert (found["low"][0, 0], found["high"][0, 0]) == pytest.approx(wilson(0.75, 20), rel=1e-5)
    difference = tuned.astype(float) - scratch
    assert found["gain"][0] == pytest.approx(0.25)
    half = 1.959964 * difference.std(ddof=1) / np.sqrt(20)
    assert found["gain_high"][0] - found["gain"][0] == pytest.approx(half, rel=1e-4)
    assert np.isnan(found["accuracy"][1, 0])


def test_glove_keeps_its_angles_in_a_wider_network():
    vectors = np.vstack([np.zeros(50), np.random.default_rng(1).normal(size=(20, 50))]).astype(np.float32)
    turned = fitted(vectors, 64, 0.02, np.random.default_rng(0)).astype(np.float64)

    def cosines(rows):
        unit = rows[1:] / np.linalg.norm(rows[1:], axis=1, keepdims=True)
        return unit @ unit.T

    np.testing.assert_allclose(cosines(turned), cosines(vectors.astype(np.float64)), atol=1e-5)
    assert turned[1:].std() == pytest.approx(0.02, rel=1e-3) and not turned[0].any()
    assert fitted(vectors, 16, 0.02, np.random.default_rng(0)).shape == (21, 16)


def test_the_plan_gives_every_method_every_size():
    fittings = plan(experiment())
    assert len({(one.draw, one.size, one.method) for one in fittings}) == len(fittings) == 2 * len(sizes(experiment())) * len(METHODS)
    assert sum(one.parts for one in fittings if METHODS[one.method] in NETWORKS) == PARTS * 2 * len(sizes(experiment())) * 3
    assert all(a < b for a, b in itertools.pairwise(sizes(experiment())))


@pytest.mark.parametrize("kinds, copies, counted", [(40, 1, (8, 30)), (40, 40, (8, 30)), (8, 5, (6,))])
def test_own_texts_are_counted_once_each(kinds, copies, counted):
    reviews = tuple((f"text number {i}", "ab"[i % 2]) for i in range(kinds)) * copies
    one = TransferExperiment(task="own", reviews=reviews, most=2048)
    assert sizes(one) == counted and counted[-1] == len(material_of(one).training)


def test_own_texts_that_are_alike_leave_no_second_label():
    reviews = tuple((f"text number {i}", label) for label in "ab" for i in range(20))
    with pytest.raises(ValueError, match="nothing to tell apart"):
        material_of(TransferExperiment(task="own", reviews=reviews))


def test_settings_travel_as_json_and_never_in_a_link():
    from explorer.experiment import to_link

    one = experiment()
    assert TransferExperiment.model_validate_json(one.model_dump_json()) == one
    assert not {"weights", "pretrained", "reviews"} & set(to_link(one))
    with pytest.raises(ValueError, match="heads"):
        TransferExperiment(pretrained=base().model_dump_json().replace('"heads":2', '"heads":3'))


def test_own_texts_are_asked_for():
    with pytest.raises(ValueError, match="csv"):
        list(TransferExperiment(task="own").frames())
