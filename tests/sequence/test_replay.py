"""An experiment and its changes are the whole run: driven by the engine, saved, opened, it comes out equal to the bit."""

from collections.abc import Callable
from itertools import islice

import pytest

from explorer.experiment import from_link, to_link
from explorer.frame import Change, Frame, same_bits
from explorer.runs import Engine, Report
from explorer.runs.archive import to_bytes
from explorer.sequence import SequenceExperiment
from explorer.sequence.opening import KIND, Opened, open_run
from explorer.sequence.replay import replay
from explorer.sequence.trainer import Trainer

SMALL = SequenceExperiment(task="rose", hidden=8, layers=2, batch=4, dropout=0.3, steps=80)


class Page:
    """A visit with one run; the engine's turns are taken while it waits."""

    def __init__(self, engine: Engine, experiment: SequenceExperiment, visit: str = "me", **given) -> None:
        self.engine, self.visit, self.experiment = engine, visit, experiment
        self.name = engine.start(experiment, visit, **given)
        while engine.prepare_next():
            pass

    def poll(self) -> Report:
        return self.engine.frames_since(self.name, self.visit)

    def do(self, action: str, **details) -> None:
        self.engine.command(self.name, self.visit, action, **details)

    def until(self, reached: Callable[[Report], bool]) -> Report:
        for _ in range(20_000):
            report = self.poll()
            if reached(report):
                return report
            self.engine.turn()
        raise AssertionError("it never got there")

    def pause_at(self, step: int) -> Report:
        self.do("play")
        self.until(lambda report: report.position >= step)
        self.do("pause")
        return self.until(lambda report: not report.pending)

    def step(self) -> Report:
        """One step by hand, which always has a picture."""
        self.do("step")
        return self.until(lambda report: not report.pending)

    def saved(self) -> Opened:
        report = self.poll()
        return open_run(to_bytes(KIND, self.experiment.model_dump_json(), report.changes, report.frames))


@pytest.fixture
def engine():
    made = Engine(quantum=0.003)
    yield made
    made.close()


@pytest.fixture
def changed(engine) -> Page:
    """A run paused with three changes behind it: two at rest, one while it goes."""
    page = Page(engine, SMALL)
    page.pause_at(20)
    page.do("change", field="learning_rate", value=0.002)
    page.do("change", field="clip", value=0.1)
    page.step()
    page.do("play")
    page.until(lambda report: report.position >= 35)
    page.do("change", field="learning_rate", value=0.03)
    page.pause_at(50)
    page.step()
    return page


def frames_of(experiment, changes=(), count=None) -> list[Frame]:
    return list(islice(experiment.frames(changes, lambda step: True), count))


def like(frame: Frame, full: Frame) -> Frame:
    """A full frame with no more than what another has kept."""
    metrics = {name: full.metrics[name] for name in frame.metrics}
    return Frame(full.step, metrics, full.arrays if frame.arrays else {}, full.weights if frame.weights else None)


def test_a_run_with_changes_is_saved_opened_and_replayed(changed):
    opened = changed.saved()
    assert opened.experiment == SMALL
    assert [change.field for change in opened.changes] == ["learning_rate", "clip", "learning_rate"]
    assert opened.now == SMALL.replace(learning_rate=0.03, clip=0.1)
    assert opened.frames[-1].step >= 50 and len(opened.frames) >= 51
    results = list(replay(opened.experiment, opened.changes, opened.frames))
    assert [frame.step for frame, equal in results if not equal] == []
    assert sum(1 for frame, _ in results if frame.arrays and frame.weights) >= 3


def test_without_its_changes_it_is_another_run(changed):
    opened = changed.saved()
    first = opened.changes[0].step
    different = [frame.step for frame, equal in replay(SMALL, (), opened.frames) if not equal]
    assert different[0] == first and len(different) == len([f for f in opened.frames if f.step >= first])


def test_an_opened_run_goes_on_as_if_it_had_never_been_closed(changed, engine):
    opened = changed.saved()
    again = Page(Engine(quantum=0.003), opened.experiment, changes=opened.changes, frames=opened.frames)
    assert again.poll().position == opened.frames[-1].step
    again.do("play")
    report = again.until(lambda report: report.state == "finished")
    again.engine.close()
    alone = {frame.step: frame for frame in frames_of(SMALL, report.changes)}
    assert report.frames[-1].step == SMALL.steps and report.changes == opened.changes
    for frame in report.frames:
        assert same_bits(frame, like(frame, alone[frame.step])), frame.step


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_training_that_came_apart_goes_on_with_the_advised_remedy(engine):
    wild = SequenceExperiment(
        task="adding", cell="rnn", activation="relu", initialisation="identity", optimizer="sgd",
        learning_rate=0.003, clip=0.0, length=60, hidden=32, batch=32, steps=40,
    )  # fmt: skip
    page = Page(engine, wild)
    page.do("play")
    failed = page.until(lambda report: report.state == "failed")
    assert "clip gradients at 1" in failed.error and failed.position < 10
    page.do("change", field="clip", value=1.0)
    page.do("play")
    report = page.until(lambda report: report.state in ("finished", "failed"))
    assert (report.state, report.position) == ("finished", 40)
    assert report.changes == (Change(failed.position - 1, "clip", 1.0),)
    alone = {frame.step: frame for frame in frames_of(wild, report.changes)}
    assert len(report.frames) == 41
    for frame in report.frames:
        assert same_bits(frame, like(frame, alone[frame.step])), frame.step


def test_interleaved_runs_of_one_seed_are_equal_to_runs_alone(engine):
    one, other = SMALL, SMALL.replace(cell="gru")
    pages = [Page(engine, one, "one"), Page(engine, other, "other")]
    for page in pages:
        page.do("play")
    for page in pages:
        page.until(lambda report: report.position >= 30 and all(one.poll().position >= 30 for one in pages))
    for page, experiment in zip(pages, (one, other), strict=True):
        alone = {frame.step: frame for frame in frames_of(experiment)}
        kept = page.poll().frames
        assert len(kept) >= 31
        assert all(same_bits(frame, like(frame, alone[frame.step])) for frame in kept)


def test_thirty_visits_to_one_link_cost_one_computation(engine, monkeypatch):
    updates: list[int] = []
    update = Trainer.update
    monkeypatch.setattr(Trainer, "update", lambda self, settings: (updates.append(1), update(self, settings))[1])
    link = to_link(SMALL)
    experiments = [from_link(SequenceExperiment, link)[0] for _ in range(30)]
    pages = [Page(engine, experiment, f"visit {k}") for k, experiment in enumerate(experiments)]
    for page in pages:
        page.do("play")
    # The last to come to the end have followed the first: nobody's steps were computed twice.
    reports = [page.until(lambda report: report.state == "finished") for page in pages]
    assert len(updates) == SMALL.steps
    assert engine.stats().runs == 30 and engine.stats().courses == 1
    for report in reports[1:]:
        assert len(report.frames) == len(reports[0].frames)
        assert all(one is other for one, other in zip(report.frames, reports[0].frames, strict=True))
