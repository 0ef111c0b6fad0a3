"""``evaluate``: similarity and analogy tests of word vectors, as tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from explorer.embedding.analogy_report import AnalogyReport, SectionScore
    from explorer.embedding.similarity import SimilarityScore
    from explorer.embedding.vectors import Vectors

PRETRAINED = "glove-6b-50d"


@click.command()
@click.argument("source", metavar="VECTORS")
@click.option(
    "--method", type=click.Choice(["add", "mul"]), default="add", show_default=True, help="3CosAdd or 3CosMul."
)
@click.option("--restrict", type=click.IntRange(1), metavar="N", help="Use only the N most frequent (first) words.")
@click.option(
    "--include-question-words", "include", is_flag=True, help="Let a question's own words count as answers to it."
)
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON instead of tables.")
@click.option("--quiet", is_flag=True, help="No progress bar, only the result.")
def evaluate(source: str, method: str, restrict: int | None, include: bool, as_json: bool, quiet: bool) -> None:
    """Test word vectors: WordSim-353, SimLex-999, and 19,544 analogies section by section.

    VECTORS is a file (GloVe or word2vec text, word2vec or fastText binary, ...) or glove-6b-50d, which is installed.
    """
    vectors = _vectors(source, quiet)
    vectors = vectors.head(restrict) if restrict else vectors
    from explorer.embedding.similarity import TITLES, evaluate_similarity

    scores = [evaluate_similarity(vectors, name) for name in TITLES]
    report = _asked(vectors, method, not include, quiet)
    if as_json:
        click.echo(json.dumps(_document(vectors, scores, report), indent=2, allow_nan=False))
        return
    console = Console()
    console.print(Text(f"{vectors.name or source}: {len(vectors):,} words, {vectors.dimensions} dimensions\n"))
    console.print(similarity_table(scores))
    _tell_missing(scores)
    console.print(analogy_table(report))
    console.print(Text(_told(report)))


def similarity_table(scores: list[SimilarityScore]) -> Table:
    """Correlation with people, its interval, and how many pairs it rests on."""
    from explorer.embedding.similarity import TITLES

    table = _table("Similarity, as people judge it", "", "Spearman", "95 % interval", "pairs")
    for score in scores:
        interval = f"{score.low:.3f} to {score.high:.3f}"
        rho, interval = (f"{score.correlation:.4f}", interval) if score.correlation == score.correlation else ("-", "-")
        table.add_row(Text(TITLES[score.name]), rho, interval, f"{score.pairs:,} of {score.total:,}")
    return table


def analogy_table(report: AnalogyReport) -> Table:
    """Each section and all together, with the two baselines that put the accuracy into perspective."""
    other = "own words\nallowed" if report.exclude else "own words\nbarred"
    table = _table("Analogies, right answers in %", "", "right", "95 %", "asked", "of", other, "nearest\nto c")
    for section in report.sections:
        table.add_row(Text(section.title), *_cells(report, section))
    table.add_section()
    table.add_row(Text("All"), *_cells(report, None))
    return table


def _vectors(source: str, quiet: bool) -> Vectors:
    from explorer.embedding import pretrained

    with Console(stderr=True, quiet=quiet).status("Reading the vectors ..."):
        try:
            if source == PRETRAINED:
                return pretrained()
            if not Path(source).is_file():
                raise click.BadParameter(
                    f"There is no file {source!r}; name one, or {PRETRAINED}.", param_hint="VECTORS"
                )
            from explorer.embedding import read_vectors

            return read_vectors(Path(source))
        except (OSError, ValueError) as error:
            raise click.BadParameter(str(error), param_hint="VECTORS") from None


def _asked(vectors: Vectors, method: Any, exclude: bool, quiet: bool) -> AnalogyReport:
    from explorer.embedding.analogies import analogy_slices

    columns = (TextColumn("Analogies"), BarColumn(), TextColumn("{task.percentage:.0f} %"))
    with Progress(*columns, console=Console(stderr=True, quiet=quiet), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        for report in analogy_slices(vectors, method, exclude):
            bar.update(task, completed=report.done)
    return report


def _cells(report: AnalogyReport, section: SectionScore | None) -> list[str]:
    asked = [f"{report.covered(section):,}", f"{report.total(section):,}"]
    if not report.covered(section):
        return ["-", "-", *asked, "-", "-"]
    low, high = (100 * end for end in report.interval(section))
    other = report.share("including" if report.exclude else "excluding", section)
    shares = [f"{100 * share:.1f}" for share in (report.accuracy(section), other, report.share("nearest", section))]
    return [shares[0], f"{low:.1f}–{high:.1f}", *asked, *shares[1:]]


def _told(report: AnalogyReport) -> str:
    if not report.covered():
        return "None of the questions has all its words in this vocabulary."
    method = {"add": "3CosAdd", "mul": "3CosMul"}[report.method]
    own = "a question's own words are no answers" if report.exclude else "a question's own words count as answers"
    return (
        f"{report.correct():,} of {report.covered():,} right = {100 * report.accuracy():.2f} % ({method}; {own}). "
        "“Nearest to c” ignores a and b. Questions share words, so the true intervals are wider."
    )


def _tell_missing(scores: list[SimilarityScore]) -> None:
    lost = {word for score in scores for word in score.missing}
    if lost:
        click.echo(f"{len(lost):,} of their words have no vector; --json lists them.\n")


def _document(vectors: Vectors, scores: list[SimilarityScore], report: AnalogyReport) -> dict[str, Any]:
    """Everything the tables say; what is not a number is null."""
    return {
        "vectors": {"name": vectors.name, "words": len(vectors), "dimensions": vectors.dimensions},
        "similarity": {
            one.name: {
                "spearman": _finite(one.correlation), "interval": [_finite(one.low), _finite(one.high)],
                "pairs": one.pairs, "total": one.total, "missing": list(one.missing),
            }
            for one in scores
        },
        "analogies": {
            "method": report.method, "question_words_excluded": report.exclude, "all": _numbers(report, None),
            "sections": {section.name: _numbers(report, section) for section in report.sections},
        },
    }  # fmt: skip


def _numbers(report: AnalogyReport, section: SectionScore | None) -> dict[str, Any]:
    kinds = {kind: _finite(report.share(kind, section)) for kind in ("excluding", "including", "nearest")}
    counts = {"correct": report.correct(section), "asked": report.covered(section), "total": report.total(section)}
    return {**counts, "interval": list(report.interval(section)), "accuracy": kinds}


def _finite(value: float) -> float | None:
    return value if value == value else None


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
