"""How long all 19,544 analogy questions take against 400,000 words on one thread, and how long gensim takes for one.

    python tests/benchmarks/analogies.py [--sample 100] [--rounds 3]

Both are asked in turn, in several rounds, so that a busy machine disturbs both alike. gensim answers a sample of the
questions, spread evenly over the file, with ``evaluate_word_analogies(restrict_vocab=400000)``; its time for all is
extrapolated from that. What gensim spends once, looking up the vocabulary, is measured apart and not extrapolated.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from threadpoolctl import threadpool_limits

from explorer.embedding import Vectors, pretrained
from explorer.embedding.analogies import evaluate_analogies
from explorer.embedding.questions import Question, read_questions


def sampled(number: int) -> list[Question]:
    """Questions spread evenly over the file."""
    every = [question for section in read_questions() for question in section.questions]
    return [every[i * len(every) // number] for i in range(number)]


def gensim_seconds(known, questions: list[Question]) -> tuple[float, float]:
    """Seconds and accuracy of gensim's own evaluation of these questions."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(": sample\n" + "\n".join(" ".join(question) for question in questions) + "\n")
        file.flush()
        began = time.perf_counter()
        accuracy, _ = known.evaluate_word_analogies(file.name, restrict_vocab=len(known))
        return time.perf_counter() - began, accuracy


def keyed(vectors: Vectors):
    """The same vectors as gensim holds them, their lengths computed."""
    from gensim.models import KeyedVectors

    made = KeyedVectors(vectors.dimensions)
    made.add_vectors(list(vectors.words), vectors.matrix.copy())
    made.fill_norms()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    vectors = pretrained()
    known, questions = keyed(vectors), sampled(options.sample)
    evaluate_analogies(vectors.head(1000))  # compiles
    ours, theirs = [], []
    with threadpool_limits(1):
        for _ in range(options.rounds):
            began = time.perf_counter()
            report = evaluate_analogies(vectors)
            ours.append(time.perf_counter() - began)
            once, _ = gensim_seconds(known, questions[:1])
            many, accuracy = gensim_seconds(known, questions)
            theirs.append((many - once) / (len(questions) - 1))
    print(f"accuracy: {report.correct():,} of {report.covered():,} = {100 * report.accuracy():.2f} %")
    print(f"gensim on its {len(questions)} questions: {100 * accuracy:.0f} %")
    total, each = min(ours), min(theirs)
    print(f"all {report.covered():,} questions: {total:.1f} s ({', '.join(f'{one:.1f}' for one in ours)})")
    print(
        f"a question: {1e3 * total / report.covered():.2f} ms, gensim {1e3 * each:.1f} ms: {each * report.covered() / total:.0f} times"
    )
    print(f"gensim on all, extrapolated from {len(questions)}: {each * report.covered():.0f} s")


if __name__ == "__main__":
    main()
