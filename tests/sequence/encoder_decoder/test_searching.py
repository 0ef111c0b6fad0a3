"""Greedy against beam, counted question by question."""

from explorer.sequence.encoder_decoder import EncoderDecoderExperiment
from explorer.sequence.encoder_decoder.answering import answer_pair
from explorer.sequence.encoder_decoder.beam import beam_pair
from explorer.sequence.encoder_decoder.model import load_model
from explorer.sequence.encoder_decoder.searching import LIKELIER, SearchExperiment

TRAINING = EncoderDecoderExperiment(
    task="numbers", limit=100, hidden=24, embedding=8, learning_rate=0.02, steps=30, batch=16, seed=1
)
QUESTIONS = 5


def test_it_counts_what_asking_one_by_one_counts():
    for frame in TRAINING.frames(wanted=lambda step: False):
        last = frame
    found = [
        one
        for one in SearchExperiment(given=TRAINING, weights=last.weights, width=4, questions=QUESTIONS).slices()
        if one
    ]
    assert [one.step for one in found] == list(range(QUESTIONS + 1))
    model = load_model(TRAINING, last.weights)
    pairs, counts = model.task.held_out(), dict.fromkeys(found[0].metrics, 0)
    for i in range(QUESTIONS):
        pair = pairs.pick(slice(i, i + 1))
        greedy, best = answer_pair(model, pair), beam_pair(model, pair, 4)[0]
        right = model.task.write(pair.targets[0].tolist())
        counts["greedy"] += greedy.text == right
        counts["beam"] += best.text == right
        counts["likelier"] += best.log_probability > greedy.log_probability + LIKELIER
        counts["helped"] += best.text == right != greedy.text
        counts["harmed"] += greedy.text == right != best.text
    assert found[-1].metrics == counts
    narrow = [
        one for one in SearchExperiment(given=TRAINING, weights=last.weights, width=1, questions=2).slices() if one
    ]
    assert narrow[-1].metrics["likelier"] == 0
