"""Four ways and more to tell texts apart, with 95 % ranges; the pieces the work is cut into.

    python tests/benchmarks/classification.py [--texts topics films] [--methods tfidf,glove,lstm,minilm] [--articles 8] [--draws 3]

Prints the learning curve of each method on held-out texts, the majority baseline, seconds of processor time, and the longest
piece of work. Expected: on eight Wikipedia articles every method's range lies above the majority (12.5 %).
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer.applications.classification import METHOD_TITLES, ClassificationExperiment
from explorer.frame import Frame


def run(experiment: ClassificationExperiment) -> tuple[Frame, float, list[float]]:
    """The last frame, seconds of processor time, and those of each piece."""
    experiment.prepare()
    pieces, last, slices = [], None, experiment.slices()
    while True:
        started = time.thread_time()
        try:
            frame = next(slices)
        except StopIteration:
            return last, sum(pieces), pieces
        pieces.append(time.thread_time() - started)
        last = frame or last


def report(experiment: ClassificationExperiment) -> None:
    from explorer.applications.classification.texts import labelled_texts

    data = labelled_texts(experiment)
    last, seconds, pieces = run(experiment)
    arrays, majority = last.arrays, last.metrics["baseline"]
    tested = int((arrays["predicted"] >= 0).any(axis=(0, 1)).sum())
    print(f"{experiment.texts}: {len(data.texts):,} texts, {len(data.labels)} labels, {tested} held-out texts asked about, {experiment.draws} draws")
    print(f"{'labelled':>16}" + "".join(f"{size:>9,}" for size in arrays["sizes"] if size))
    for m, name in enumerate(experiment.names):
        scores = "".join(f"{100 * value:8.1f}%" for value in arrays["accuracy"][m] if value == value)
        k = int((arrays["sizes"] > 0).sum()) - 1
        low, high = 100 * arrays["low"][m, k], 100 * arrays["high"][m, k]
        verdict = "above" if arrays["low"][m, k] > majority else "NOT clearly above"
        print(f"{METHOD_TITLES[name]:>16}{scores}   range at the end {low:.1f} to {high:.1f} %, {verdict} the majority")
    longest = sorted(pieces)[-3:][::-1]
    print(f"{'majority':>16}{100 * majority:8.1f}%")
    print(f"  {seconds:.0f} s of processor time; longest pieces {', '.join(f'{1000 * one:.0f}' for one in longest)} ms of {len(pieces):,}\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", nargs="*", default=["topics", "films"], choices=["topics", "films"])
    parser.add_argument("--methods", default="tfidf,glove,lstm,minilm")
    parser.add_argument("--vectors", default="glove", choices=["glove", "own"])
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--draws", type=int, default=0)
    parser.add_argument("--most", type=int, default=0)
    options = parser.parse_args()
    given = {name: value for name, value in (("draws", options.draws), ("most", options.most)) if value}
    for texts in options.texts:
        report(ClassificationExperiment(texts=texts, methods=options.methods, vectors=options.vectors, articles=options.articles, **given))


if __name__ == "__main__":
    main()
