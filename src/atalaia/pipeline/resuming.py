"""Whether an earlier run of a date may be gone on with, and from which step on."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from atalaia.pipeline.record import RunRecord, new_record, read_record
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import NoSnapshotError, latest

__all__ = ["RunPlan", "begun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """What a run would do, if nothing of it were done yet.

    Attributes:
        names: its steps in order; `told` are those that make and write the briefs,
            `counted` those that also rest on how the metrics are computed.
        markets: whose briefs it writes, "" for the region.
        made_by: the code and the metric catalogue.
    """

    day: date
    names: tuple[str, ...]
    counted: tuple[str, ...]
    told: tuple[str, ...]
    markets: tuple[str, ...]
    made_by: str


def begun(
    plan: RunPlan, *, place: Place, now: datetime | None, clock: datetime
) -> RunRecord:
    """Return the record to go on with, or that of a run that has done nothing yet.

    Args:
        now: the moment asked for; None goes on with a run of the date that was
            stopped, at its own moment, and else takes the clock's.
    """
    known = read_record(place, plan.day)
    if known is not None and _goes_on(known, plan, place=place, now=now):
        return _brought_up(known, plan)
    return new_record(
        plan.day,
        now=now or clock,
        names=plan.names,
        markets=plan.markets,
        made_by=plan.made_by,
    )


def _goes_on(
    known: RunRecord, plan: RunPlan, *, place: Place, now: datetime | None
) -> bool:
    if tuple(step.name for step in known.steps) != plan.names:
        return False
    if now is not None:
        return known.now == now.isoformat()
    return not known.is_finished and not _came_later(known, place=place)


def _came_later(known: RunRecord, *, place: Place) -> bool:
    """Whether facts were published since, which a run of that moment cannot see."""
    try:
        return latest(place).taken_at > datetime.fromisoformat(known.now)
    except NoSnapshotError:
        return False


def _brought_up(known: RunRecord, plan: RunPlan) -> RunRecord:
    """Have done again what other markets, code or metrics make out of date."""
    if known.made_by != plan.made_by:
        known = known.waiting(plan.counted)
    if known.markets != plan.markets:
        known = known.waiting(plan.told)
    return replace(known, markets=plan.markets, made_by=plan.made_by)
