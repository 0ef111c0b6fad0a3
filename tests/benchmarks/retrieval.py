"""Retrieval and answers: recall at k and MRR of the four methods, milliseconds of a search, and how good answers are.

``python tests/benchmarks/retrieval.py [--answers]``; with ``--answers`` all questions are answered anew, which takes a minute.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from explorer.applications.answering.confidence import order_quality
from explorer.applications.answering.experiment import AnsweringExperiment
from explorer.applications.answering.measured import Measured, measured
from explorer.applications.retrieval.evaluation import mean_reciprocal_rank, recall_at
from explorer.applications.retrieval.experiment import ASKED, RetrievalExperiment
from explorer.applications.retrieval.library import wikipedia_methods
from explorer.applications.retrieval.questions import questions
from explorer.applications.retrieval.ranking import METHODS


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--answers", action="store_true")
    given = arguments.parse_args()
    for asked in ASKED:
        _recall(asked)
    _search()
    _answers(given.answers)
    _world()


def _recall(asked: str) -> None:
    experiment = RetrievalExperiment(asked=asked)
    experiment.prepare()
    *_, last = experiment.frames()
    ranks = dict(zip(METHODS, last.arrays["ranks"], strict=True))
    print(f"\n{ASKED[asked]}: {experiment.steps}, 4,691 paragraphs (95 % ranges)")
    for name, own in ranks.items():
        shares = "  ".join(f"recall@{k} {_told(recall_at(own, k))}" for k in (1, 5, 10))
        print(f"  {METHODS[name]:15} {shares}  MRR {_told(mean_reciprocal_rank(own))}")


def _told(share) -> str:
    return f"{share.value:.3f} ({share.low:.2f}-{share.high:.2f})"


def _search() -> None:
    methods, spent = wikipedia_methods(), []
    for question in questions()[:60]:
        begin, work = time.perf_counter(), time.process_time()
        for method in methods.values():
            method.scores(question.text)
        spent.append((1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - work)))
    wall, work = np.array(spent).T
    print(f"\nA search with all four methods, 60 questions: median {np.median(wall):.0f} ms, 95 % within {np.percentile(wall, 95):.0f} ms, "
          f"longest {wall.max():.0f} ms; of processor time {np.median(work):.0f} ms")  # fmt: skip


def _answers(anew: bool) -> None:
    made = measured()
    if anew:
        work = time.process_time()
        *_, last = AnsweringExperiment().frames()
        made = Measured(last.arrays["evidence"], last.arrays["judged"])
        print(f"\n{len(made.judged)} answers, {1000 * (time.process_time() - work) / len(made.judged):.0f} ms of processor time each")
    able, chances = made.answerable, made.chances()
    print(f"\nAnswers ({'anew' if anew else 'as shipped'}), {able.sum()} questions with an answer, {(~able).sum()} without")
    for name in ("paragraph", "sentence", "exact", "overlap"):
        print(f"  {name:10} {made.column(name)[able].mean():.3f}")
    print(f"  said to be not found, where there is no answer {(chances[~able] < 0.5).mean():.2f}; given, where the sentence is right "
          f"{(chances[made.right] >= 0.5).mean():.2f}; right, where given {made.right[chances >= 0.5].mean():.2f}; "
          f"right above wrong {order_quality(chances, made.right):.2f} of the pairs (leave one out)")  # fmt: skip


def _world() -> None:
    from explorer.applications.answering.world_experiment import WorldExperiment
    from explorer.applications.answering.world_training import baselines

    print("\nThe small world, 256 held-out stories, after 1,500 updates")
    for settings in ({"needs": "one"}, {"needs": "one", "reader": "gru"}, {"needs": "two"}, {"needs": "two", "shown": True}):
        experiment, work = WorldExperiment(**settings, steps=1500), time.process_time()
        *_, last = experiment.frames((), lambda step, end=experiment.steps: step == end)
        pointing = f", at {100 * last.metrics['pointing']:.0f} % of what is needed" if "pointing" in last.metrics else ""
        rules = ", ".join(f"{name} {100 * share:.0f} %" for name, share in baselines(experiment).items())
        print(f"  {settings}: {100 * last.metrics['score']:.0f} %{pointing}; {time.process_time() - work:.0f} s ({rules})")


if __name__ == "__main__":
    main()
