"""Run steps in order, and go on where a killed run stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from atalaia.pipeline.record import RunRecord, StepRecord, StepState, write_record
from atalaia.warehouse.place import Place

__all__ = ["Outcome", "Progress", "Quiet", "Step", "run_steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a step did; `is_new` makes every later step run again."""

    result: Mapping[str, str]
    is_new: bool = True


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

    def ended(self, step: Step, *, result: Mapping[str, str]) -> None:
        """Note that a step is done, now or in an earlier run."""


class Quiet:
    """Nobody watches."""

    def began(self, step: Step) -> None:
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
        is_done = known.state is StepState.DONE
        if is_done and not step.always_looks:
            progress.ended(step, result=known.result or {})
            continue
        progress.began(step)
        begun = replace(known, state=StepState.RUNNING, started_at=clock().isoformat())
        if not is_done:
            record = record.with_step(begun)
            write_record(place, record)
        outcome = step.work(record)
        done = replace(
            begun,
            state=StepState.DONE,
            ended_at=clock().isoformat(),
            result=outcome.result,
        )
        record = record.with_step(done)
        if outcome.is_new:
            # In the same write, or a kill here would leave later steps out of date.
            record = _waiting(record, after=steps[place_in_order + 1 :])
        write_record(place, record)
        progress.ended(step, result=outcome.result)
    return record


def _waiting(record: RunRecord, *, after: Sequence[Step]) -> RunRecord:
    for step in after:
        record = record.with_step(StepRecord(name=step.name))
    return record
