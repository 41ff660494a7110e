"""The record of one daily run: which steps are done, so that a killed run goes on."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = [
    "RECORD_FORMAT",
    "RefusedFile",
    "RunRecord",
    "StepRecord",
    "StepState",
    "UnreadableRunError",
    "new_record",
    "read_record",
    "record_file",
    "write_record",
]

RECORD_FORMAT = 1


class UnreadableRunError(StateError):
    """A run record that this version cannot read."""

    message = "The run record '{file}' cannot be read: {problem}."
    next_step = "Move the file away and run 'atalaia daily' again: no fact is lost."


class StepState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that ingest refused whole: `code` is the error's name for programs."""

    file: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """One step of a run; `result` is what later steps and people need to know.

    `attempts` above one says that the step was begun again after a kill. `reason` in
    `refused` says in English what is wrong and what to do next.
    """

    name: str
    state: StepState = StepState.WAITING
    attempts: int = 0
    started_at: str | None = None
    ended_at: str | None = None
    result: Mapping[str, str] | None = None
    refused: tuple[RefusedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run for one date; `now` is the instant that every step works with.

    `markets` are those whose briefs it writes, "" for the region. `made_by` names the
    code and the metric catalogue whose numbers they hold.
    """

    date: str
    now: str
    markets: tuple[str, ...]
    made_by: str
    steps: tuple[StepRecord, ...]
    format: int = RECORD_FORMAT

    @property
    def is_finished(self) -> bool:
        """Whether every step is done."""
        return all(step.state is StepState.DONE for step in self.steps)

    def step(self, name: str) -> StepRecord:
        """Return the record of one step; raises KeyError."""
        return {step.name: step for step in self.steps}[name]

    def with_step(self, changed: StepRecord) -> "RunRecord":
        """Return the record with one step replaced."""
        steps = tuple(
            changed if step.name == changed.name else step for step in self.steps
        )
        return replace(self, steps=steps)

    def waiting(self, names: Collection[str]) -> "RunRecord":
        """Return the record with these steps yet to be done."""
        steps = tuple(
            StepRecord(name=step.name) if step.name in names else step
            for step in self.steps
        )
        return replace(self, steps=steps)


def new_record(
    day: date,
    *,
    now: datetime,
    names: tuple[str, ...],
    markets: tuple[str, ...],
    made_by: str,
) -> RunRecord:
    """Return the record of a run that has done nothing yet."""
    return RunRecord(
        date=day.isoformat(),
        now=now.isoformat(),
        markets=markets,
        made_by=made_by,
        steps=tuple(StepRecord(name=name) for name in names),
    )


def record_file(place: Place, day: date) -> Path:
    """Return where the record of a date's run lies."""
    return place.records / "runs" / f"{day.isoformat()}.json"


def read_record(place: Place, day: date) -> RunRecord | None:
    """Return the record of a date's run, or None when there was none."""
    path = record_file(place, day)
    if not path.exists():
        return None
    try:
        return _parsed(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableRunError(file=path, problem=error) from error


def _parsed(found: Mapping[str, Any]) -> RunRecord:
    if found["format"] != RECORD_FORMAT:
        raise ValueError(found["format"])
    steps = found["steps"]
    if not isinstance(steps, list):
        raise TypeError(steps)
    return RunRecord(
        date=str(found["date"]),
        now=str(found["now"]),
        # Records of before lack both: their briefs are written anew.
        markets=tuple(found.get("markets", ())),
        made_by=str(found.get("made_by", "")),
        steps=tuple(_step(step) for step in steps),
    )


def _step(found: Mapping[str, Any]) -> StepRecord:
    refused = tuple(RefusedFile(**file) for file in found.get("refused", ()))
    state = StepState(found["state"])
    return StepRecord(**{**found, "state": state, "refused": refused})


def write_record(place: Place, record: RunRecord) -> None:
    """Replace the record as a whole; a reader sees the old one or the new."""
    path = record_file(place, date.fromisoformat(record.date))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(record), indent=1, ensure_ascii=False)
    replace_file(path, f"{text}\n".encode())
