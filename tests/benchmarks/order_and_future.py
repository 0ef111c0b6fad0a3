"""Who passes the limits? The tasks on order, on the future, and on tags, for each architecture they are made for.

    python tests/benchmarks/order_and_future.py [--task order future tagging] [--steps 2500] [--seeds 3]

Trains each network for the task's suggested steps (or those given) and prints its held-out score and loss beside the limit that
is computed for its kind. Expected: on "order" the average stays at 50 % and every recurrent network passes it; on "future" and
"tagging" one-way networks stay at the limit of reading one way, bidirectional ones pass it.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.tasks import make_task

NETWORKS = {
    "order": [{"cell": cell} for cell in ("average", "window", "rnn", "lstm", "gru", "tcn", "transformer")],
    "future": [{"cell": cell, "bidirectional": both} for cell in ("rnn", "lstm", "gru") for both in (False, True)],
    "tagging": [{"cell": cell, "bidirectional": both} for cell in ("rnn", "lstm", "gru") for both in (False, True)],
}
LIMITED = {"order": lambda settings: settings["cell"] == "average"}
"""Whom the limit binds: for the other tasks those that read one way."""


def measure(experiment: ArchitectureExperiment) -> tuple[float, float, float]:
    """Held-out score and loss after the last update, and seconds."""
    started = time.perf_counter()
    *_, last = experiment.frames(wanted=lambda step: False)
    return last.metrics["score"], last.metrics["held_out"], time.perf_counter() - started


def report(task: str, settings: dict, options: argparse.Namespace) -> None:
    more = {"steps": options.steps} if options.steps else {}
    for seed in range(options.seeds):
        experiment = ArchitectureExperiment(task=task, **settings, **more, seed=seed)
        score, loss, seconds = measure(experiment)
        limit = make_task(experiment).baseline
        bound = LIMITED.get(task, lambda settings: not settings["bidirectional"])(settings)
        name = settings["cell"] + (" both ways" if settings.get("bidirectional") else "")
        verdict = "passes it" if score > limit.score + 0.1 else "stays at or below it"
        told = "bound" if bound else "free"
        print(
            f"{task:9}{name:18}{seed:5}{score:9.3f}{limit.score:9.3f}{loss:9.3f}{limit.loss:9.3f}{seconds:9.1f}  {told}: {verdict}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", nargs="*", default=[*NETWORKS], choices=[*NETWORKS])
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'task':9}{'network':18}{'seed':>5}{'score':>9}{'limit':>9}{'loss':>9}{'limit':>9}{'seconds':>9}")
    for task in options.task:
        for settings in NETWORKS[task]:
            report(task, settings, options)


if __name__ == "__main__":
    main()
