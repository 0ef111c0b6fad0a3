"""Counts, costs and speed beside the programs of the GloVe release, on the same text.

    python tests/benchmarks/glove_reference.py FOLDER [--dimensions 50 100] [--threads 2] [--epochs 10] [--rounds 5]

FOLDER holds the four programs ``vocab_count``, ``cooccur``, ``shuffle`` and ``glove``, built from their release with
``gcc -O3 -march=native -pthread -lm``. The text is the Wikipedia articles, written to a temporary folder. Compared are
every cell of the matrix, the cost of every epoch (one thread each), and the time of an epoch, alternately: some epochs of
the program, as many here, and again. The time of the program is what passes between two of the lines it prints at the
end of an epoch; here it includes the shuffling, which the program does once and before.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding import count_kernels
from explorer.embedding.counts import cooccurrence
from explorer.embedding.glove import GloVe, compile_ahead
from explorer.text.sentences import read_documents
from explorer.text.words import cut_words, is_word

WINDOW, MIN_COUNT, X_MAX, RATE = 10, 5, 10.0, 0.05
RECORD = np.dtype([("row", "i4"), ("column", "i4"), ("value", "f8")])


def read_sentences() -> list[list[str]]:
    sentences = (
        [token.lower() for token in cut_words(sentence) if is_word(token)]
        for document in read_documents("wikipedia")
        for sentence in document.sentences
    )
    return [sentence for sentence in sentences if sentence]


class Reference:
    """The programs, at work in a folder."""

    def __init__(self, programs: Path, folder: Path, sentences: list[list[str]]) -> None:
        self.programs, self.folder = programs.resolve(), folder
        (folder / "text").write_text("".join(" ".join(sentence) + "\n" for sentence in sentences), encoding="utf-8")

    def run(self, program: str, source: str, target: str, **options: object) -> float:
        """Run a program that reads one file and writes another; seconds."""
        arguments = [str(part) for name, value in options.items() for part in (f"-{name.replace('_', '-')}", value)]
        with (self.folder / source).open("rb") as given, (self.folder / target).open("wb") as out:
            begin = time.perf_counter()
            subprocess.run(
                [self.programs / program, *arguments, "-verbose", "0"],
                stdin=given,
                stdout=out,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                check=True,
            )
        return time.perf_counter() - begin

    def count(self) -> float:
        """Vocabulary, matrix and shuffled matrix; seconds without the shuffling."""
        seconds = self.run("vocab_count", "text", "vocab", min_count=MIN_COUNT)
        seconds += self.run("cooccur", "text", "cells", vocab_file="vocab", window_size=WINDOW)
        self.run("shuffle", "cells", "shuffled", seed=1)
        return seconds

    def vocabulary(self) -> dict[str, int]:
        lines = (self.folder / "vocab").read_text(encoding="utf-8").splitlines()
        return {word: int(count) for word, count in (line.rsplit(" ", 1) for line in lines)}

    def matrix(self, words: list[str]) -> csr_matrix:
        """The counted matrix with its rows in the order of `words`: the program sorts equally frequent words by signed bytes."""
        cells = np.fromfile(self.folder / "cells", dtype=RECORD)
        number = {word: row for row, word in enumerate(words)}
        row_of = np.array([number[word] for word in self.vocabulary()])
        places = row_of[cells["row"] - 1], row_of[cells["column"] - 1]
        matrix = csr_matrix((cells["value"], places), shape=(len(words), len(words)))
        matrix.sort_indices()
        return matrix

    def train(self, dimensions: int, threads: int, epochs: int) -> tuple[list[float], list[float]]:
        """Costs of the epochs, and the seconds of all but the first."""
        options = f"-vector-size {dimensions} -threads {threads} -iter {epochs} -x-max {X_MAX} -eta {RATE} -seed 1"
        files = "-input-file shuffled -vocab-file vocab -save-file vectors"
        command = [self.programs / "glove", *options.split(), *files.split()]
        costs, ends = [], []
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=self.folder) as process:
            for line in process.stderr:
                if "cost:" in line:
                    ends.append(time.perf_counter())
                    costs.append(float(line.split("cost:")[1]))
        return costs, list(np.diff(ends))


def train_here(matrix: csr_matrix, dimensions: int, threads: int, epochs: int) -> tuple[list[float], list[float]]:
    model = GloVe(matrix, dimensions, x_max=X_MAX, learning_rate=RATE, threads=threads, seed=1)
    costs, seconds = [], []
    for epoch in range(epochs):
        begin = time.perf_counter()
        model.shuffle(epoch)
        model.train(0, model.cells)
        seconds.append(time.perf_counter() - begin)
        costs.append(model.cost)
    return costs, seconds[1:]


def compare_cells(reference: Reference, sentences: list[list[str]]) -> csr_matrix:
    theirs = reference.count()
    count_kernels.compile_ahead()
    begin = time.perf_counter()
    matrix, vocabulary = cooccurrence(sentences, WINDOW, MIN_COUNT)
    here = time.perf_counter() - begin
    other = reference.matrix(list(vocabulary))
    same_words = vocabulary == reference.vocabulary()
    same = all(np.array_equal(getattr(matrix, part), getattr(other, part)) for part in ("indptr", "indices", "data"))
    print(
        f"{sum(map(len, sentences)):,} words, {len(vocabulary):,} different, {matrix.nnz:,} cells: "
        f"words {'equal' if same_words else 'DIFFER'}, cells {'equal to the bit' if same else 'DIFFER'}; "
        f"counted in {here:.2f} s, by the programs in {theirs:.2f} s"
    )
    return matrix


def compare_costs(reference: Reference, matrix: csr_matrix, dimensions: int, epochs: int) -> None:
    theirs, _ = reference.train(dimensions, 1, epochs)
    here, _ = train_here(matrix, dimensions, 1, epochs)
    away = np.abs(np.array(here) / theirs - 1)
    print(f"d = {dimensions}: cost of each epoch, largest difference {away.max():.2%} in epoch {away.argmax() + 1}")
    for name, costs in (("program", theirs), ("here", here)):
        print(f"  {name:8}" + "".join(f"{cost:9.5f}" for cost in costs))


def compare_speed(
    reference: Reference, matrix: csr_matrix, dimensions: int, threads: int, epochs: int, rounds: int
) -> None:
    theirs: list[float] = []
    here: list[float] = []
    ratios: list[float] = []
    for _ in range(rounds):
        one, other = reference.train(dimensions, threads, epochs)[1], train_here(matrix, dimensions, threads, epochs)[1]
        ratios.append(median(one) / median(other))
        theirs += one
        here += other
    print(
        f"d = {dimensions}, threads {threads}: seconds of an epoch, program min {min(theirs):.3f} median {median(theirs):.3f}, "
        f"here min {min(here):.3f} median {median(here):.3f}; faster by the minima {min(theirs) / min(here):.2f}, "
        f"by the medians of {rounds} rounds {min(ratios):.2f} to {max(ratios):.2f}, median {median(ratios):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dimensions", type=int, nargs="*", default=[50, 100])
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    compile_ahead()
    sentences = read_sentences()
    with tempfile.TemporaryDirectory() as folder:
        reference = Reference(options.folder, Path(folder), sentences)
        matrix = compare_cells(reference, sentences)
        for dimensions in options.dimensions:
            compare_costs(reference, matrix, dimensions, options.epochs)
        for dimensions in options.dimensions:
            for threads in options.threads:
                compare_speed(reference, matrix, dimensions, threads, options.epochs, options.rounds)


if __name__ == "__main__":
    main()
