"""The clocks of a case: when an answer is due, what pauses move, how a clock stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from atalaia.domain.case_codes import ClockState
from atalaia.domain.work_codes import CasePriority
from atalaia.domain.working_time import (
    ROUND_THE_CLOCK,
    Office,
    after_office_hours,
    office_hours,
)

__all__ = [
    "URGENT",
    "WARNING_SHARE",
    "Clock",
    "Standstill",
    "deadline",
    "office_for",
]

URGENT = frozenset({CasePriority.P0, CasePriority.P1})
"""Priorities that run at night, at week-ends and on holidays."""
WARNING_SHARE = 0.75
"""The share of the time allowed after which a clock warns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A time in which a clock stood; `end` is None while it still stands."""

    start: datetime
    end: datetime | None = None


def office_for(priority: CasePriority, *, office: Office) -> Office:
    """Return the hours that count: the office's own, or all of them where urgent."""
    return ROUND_THE_CLOCK if priority in URGENT else office


def deadline(
    start: datetime,
    *,
    hours: float,
    office: Office,
    pauses: Iterable[Standstill] = (),
) -> datetime:
    """Return when so many working hours have passed, pauses left out.

    A pause moves the deadline by the working time that it took, no more: one over a
    week-end moves nothing. One that has not ended counts from its end only.
    """
    left, at = hours, start
    for pause in sorted(pauses, key=lambda each: each.start):
        if pause.end is None or pause.end <= at:
            continue
        run = office_hours(at, pause.start, office=office)
        if run >= left:
            break
        left -= run
        at = pause.end
    return after_office_hours(at, left, office=office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One promise of a case: when it is due, and whether and when it was kept.

    Attributes:
        due_at: None where nothing was promised, or the clock has not begun.
        warn_at: from then on it is due soon.
        stopped_at: when what was promised was done.
        paused_at: since when it stands; None where it runs.
    """

    due_at: datetime | None
    warn_at: datetime | None = None
    stopped_at: datetime | None = None
    paused_at: datetime | None = None

    def state(self, now: datetime) -> ClockState:
        """Return how the clock stands at a moment."""
        if self.due_at is None:
            return ClockState.NOT_RUNNING
        if self.stopped_at is not None:
            is_kept = self.stopped_at <= self.due_at
            return ClockState.MET if is_kept else ClockState.MISSED
        if self.paused_at is not None:
            is_late = self.paused_at > self.due_at
            return ClockState.BREACHED if is_late else ClockState.PAUSED
        if now > self.due_at:
            return ClockState.BREACHED
        is_soon = self.warn_at is not None and now >= self.warn_at
        return ClockState.DUE_SOON if is_soon else ClockState.ON_TIME
