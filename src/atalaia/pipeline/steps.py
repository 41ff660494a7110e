"""Run steps in order, and go on where a killed run stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from atalaia.pipeline.record import (
    RefusedFile,
    RunRecord,
    StepRecord,
    StepState,
    write_record,
)
from atalaia.warehouse.ingest.receipts import FileReport
from atalaia.warehouse.place import Place

__all__ = ["Outcome", "Progress", "Quiet", "Step", "run_steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a step did; `is_new` makes every later step run again."""

    result: Mapping[str, str]
    is_new: bool = True
    refused: tuple[RefusedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: `message` is an English catalogue key, `work` may be run again safely.

    A step that `always_looks` runs even when its record says that it is done: it finds
    for itself that nothing came, as ingest does.
    """

    name: str
    message: str
    work: Callable[[RunRecord], Outcome]
    always_looks: bool = False


class Progress(Protocol):
    """Who watches a run."""

    def began(self, step: Step) -> None:
        """Note that a step begins."""

    def refused(self, report: FileReport) -> None:
        """Note a file that the step at work refused, with its error."""

    def ended(self, step: Step, *, result: Mapping[str, str]) -> None:
        """Note that a step is done, now or in an earlier run."""


class Quiet:
    """Nobody watches."""

    def began(self, step: Step) -> None:
        """Do nothing."""

    def refused(self, report: FileReport) -> None:
        """Do nothing."""

    def ended(self, step: Step, *, result: Mapping[str, str]) -> None:
        """Do nothing."""


def run_steps(
    steps: Sequence[Step],
    *,
    record: RunRecord,
    place: Place,
    clock: Callable[[], datetime],
    progress: Progress,
) -> RunRecord:
    """Run what is not done yet; the record is replaced before and after each step.

    A step that a kill stopped half-way is run again from its start: every step leaves
    the old state or the new.
    """
    for place_in_order, step in enumerate(steps):
        known = record.step(step.name)
        if known.state is StepState.DONE and not step.always_looks:
            progress.ended(step, result=known.result or {})
            continue
        progress.began(step)
        begun = _begun(known, at=clock())
        record = record.with_step(begun)
        write_record(place, record)
        outcome = step.work(record)
        record = record.with_step(_done(begun, outcome, at=clock()))
        # Nobody can tell whether a step that was cut short had found something new.
        if outcome.is_new or known.state is StepState.RUNNING:
            # In the same write, or a kill here would leave later steps out of date.
            later = [step.name for step in steps[place_in_order + 1 :]]
            record = record.waiting(later)
        write_record(place, record)
        progress.ended(step, result=outcome.result)
    return record


def _begun(known: StepRecord, *, at: datetime) -> StepRecord:
    """Return a step at work, with how often it was begun since it was last done."""
    before = 0 if known.state is StepState.DONE else known.attempts
    return replace(
        known,
        state=StepState.RUNNING,
        attempts=before + 1,
        started_at=at.isoformat(),
        ended_at=None,
    )


def _done(begun: StepRecord, outcome: Outcome, *, at: datetime) -> StepRecord:
    return replace(
        begun,
        state=StepState.DONE,
        ended_at=at.isoformat(),
        result=outcome.result,
        refused=outcome.refused,
    )
