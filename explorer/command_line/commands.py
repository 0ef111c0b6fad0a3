"""The commands."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from explorer.command_line.embedding import embed
from explorer.command_line.evaluation import evaluate
from explorer.command_line.options import ChangeType, Grouped, experiment_options
from explorer.command_line.preparing import CAME_APART, STOPPED, prepare, target_file
from explorer.command_line.settings import asked_for, experiment_from, in_order
from explorer.frame import Change
from explorer.sequence import SequenceExperiment
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.experiment import COMPARISONS

if TYPE_CHECKING:
    from explorer.command_line.training import Outcome
    from explorer.runs.opening import Opened

DIFFERENT = 1
"""Exit code of a replay that gives other numbers."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Train small sequence models and word vectors, test vectors, look at saved runs, and compute them again."""


main.add_command(embed)
main.add_command(evaluate)


@main.command(cls=Grouped, experiment=ArchitectureExperiment)
@experiment_options(ArchitectureExperiment, plain=SequenceExperiment)
@click.option(
    "--change",
    "changes",
    type=ChangeType(SequenceExperiment),
    multiple=True,
    help="Change a setting mid-run; may be repeated.",
)
@click.option("--from-link", "link", metavar="ADDRESS", help="Begin with the settings of a link copied from the app.")
@click.option("--experiment", "file", type=click.Path(exists=True, dir_okay=False), help="Begin with settings as JSON.")
@click.option("--out", type=click.Path(dir_okay=False), help="Keep everything in this file (.safetensors).")
@click.option("--quiet", is_flag=True, help="No progress bar, only the result.")
def train(changes: tuple[Change, ...], link: str | None, file: str | None, out: str | None, quiet: bool, **typed: Any):
    """Train one network. Ctrl-C ends it early and keeps what there is.

    Exit code 0: trained; 2: a mistake in the options; 3: the training came apart; 130: ended early.
    """
    experiment = experiment_from(_kind(typed, link, file), typed, link, file)
    changes = in_order(experiment, changes)
    target = target_file(out, "run.safetensors")
    prepare(experiment, quiet)
    from explorer.command_line.training import Bar, listening, train_here
    from explorer.sequence.training import evenly

    with listening() as stop, Bar(experiment.steps, quiet) as bar:
        outcome = train_here(experiment, changes, bar, stop, evenly(experiment.steps))
    _tell_outcome(experiment, outcome)
    if target is not None:
        _save(target, experiment, changes, outcome)
    if outcome.problem:
        click.echo(outcome.problem, err=True)
    sys.exit(CAME_APART if outcome.problem else STOPPED if outcome.stopped else 0)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--quiet", is_flag=True, help="No progress bar, only the result.")
def replay(file: str, quiet: bool) -> None:
    """Compute a saved run again, with its changes, and compare every kept frame to the last bit.

    Exit code 0: equal; 1: different.
    """
    run = _open(file)
    from explorer.command_line.training import Bar
    from explorer.sequence.replay import replay as again

    different: list[int] = []
    with Bar(run.frames[-1].step, quiet) as bar:
        for frame, equal in again(run.experiment, run.changes, run.frames):
            different += [] if equal else [frame.step]
            bar.show(frame.step, f"{len(different)} differ", time.monotonic())
    kept = len(run.frames)
    if not different:
        last, changes = run.frames[-1].step, len(run.changes)
        click.echo(f"Equal to the bit: all {kept:,} kept frames up to step {last:,}, with {changes} changes mid-run.")
        return
    click.echo(f"Different: {len(different):,} of {kept:,} kept frames, the first at step {different[0]:,}.")
    click.echo("Another processor or another version of PyTorch may round differently.", err=True)
    sys.exit(DIFFERENT)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Only the settings, as JSON for `train --experiment`.")
def show(file: str, as_json: bool) -> None:
    """Print the settings, the changes and the final numbers of a saved run."""
    run = _open(file)
    if as_json:
        click.echo(run.experiment.model_dump_json(indent=2))
        return
    from explorer.command_line.tables import show_changes, show_metrics, show_settings
    from explorer.sequence.tasks import make_task

    console = Console()
    show_settings(console, run.experiment)
    show_changes(console, run.changes)
    show_metrics(console, run.experiment, make_task(run.experiment), run.frames)
    drawn = sum(1 for frame in run.frames if frame.arrays)
    weights = sum(1 for frame in run.frames if frame.weights is not None)
    click.echo(f"kept: {len(run.frames):,} frames, {drawn} with pictures, {weights} with weights")


def _kind(typed: dict[str, Any], link: str | None, file: str | None) -> type[SequenceExperiment]:
    """Networks that are not recurrent have settings of their own; a link to their page need not name the first of them."""
    cell = asked_for("cell", typed, link, file)
    theirs = cell in COMPARISONS or (cell is None and "/architectures?" in (link or ""))
    return ArchitectureExperiment if theirs else SequenceExperiment


def _tell_outcome(experiment: SequenceExperiment, outcome: Outcome) -> None:
    from explorer.command_line.tables import show_metrics
    from explorer.sequence.tasks import make_task

    frames = outcome.history.since(-1, outcome.history.tip)
    show_metrics(Console(), experiment, make_task(experiment), frames)
    pace = outcome.history.tip / max(outcome.seconds, 1e-9)
    click.echo(f"{outcome.seconds:.1f} s, {pace:,.0f} steps/s" + (", ended early" if outcome.stopped else ""))


def _save(target: Path, experiment: SequenceExperiment, changes: tuple[Change, ...], outcome: Outcome) -> None:
    """Write the whole file or none: an interruption must not leave half of one."""
    from explorer.runs.archive import to_bytes
    from explorer.sequence import opening
    from explorer.sequence.architectures import opening as others

    kind = others.KIND if isinstance(experiment, ArchitectureExperiment) else opening.KIND
    frames = outcome.history.since(-1, outcome.history.tip)
    data = to_bytes(kind, experiment.model_dump_json(), changes, frames)
    beside = target.with_name(f"{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        raise click.ClickException(f"The run could not be saved: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    click.echo(f"Saved to {target} ({len(data) / 1e6:.1f} MB, {len(frames):,} frames).")


def _open(file: str) -> Opened:
    console = Console(stderr=True)
    with console.status("Opening ..."):
        from explorer.runs.archive import read
        from explorer.sequence import opening
        from explorer.sequence.architectures import opening as others

        try:
            data = Path(file).read_bytes()
            return (others if read(data).kind == others.KIND else opening).open_run(data)
        except (OSError, ValueError) as error:
            raise click.BadParameter(str(error), param_hint="'FILE'") from None
