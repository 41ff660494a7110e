"""The rota: who is on duty on each day to come, and where nobody is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.patrol.models import Duty
from atalaia.desk.shell.trade import trade
from atalaia.domain.clocks import local_date
from atalaia.domain.patrol_codes import DutyKind
from atalaia.domain.working_time import Office, office_of

__all__ = ["ROTA_DAYS", "DutyLine", "RotaDay", "rota"]

ROTA_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """Somebody's duty on one day; `name` is "" where nobody has it."""

    kind: DutyKind
    name: str
    is_mine: bool
    markets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaDay:
    """One day: the patrol, then who is on call, and where nobody is at the end."""

    day: date
    lines: tuple[DutyLine, ...]

    @property
    def without(self) -> tuple[str, ...]:
        """The markets in which nobody is on duty."""
        gaps = (line.markets for line in self.lines if not line.name)
        return tuple(sorted(market for each in gaps for market in each))


def rota(
    *, by: Actor, now: datetime, markets: Iterable[str] = (), days: int = ROTA_DAYS
) -> tuple[RotaDay, ...]:
    """Return the days from today on, for some markets or for all that are seen.

    A working day asks for a patrol, a week-end or a public holiday for somebody on
    call. Whose account is closed is nobody.
    """
    reference = trade().reference
    mine = by.markets(Right.SEE_PATROL, known=reference.markets.codes)
    asked = tuple(markets) or mine
    if not asked:
        return ()
    offices = {
        code: office_of(reference.markets.of(code), calendar=reference.calendar)
        for code in asked
    }
    first = min(local_date(now, zone=office.zone) for office in offices.values())
    span = [first + timedelta(days=at) for at in range(days)]
    rows = seen(Duty, by=by, right=Right.SEE_PATROL).select_related("person")
    standing = {
        (row.market, row.day): (row.person_id, row.person.name)
        for row in rows.filter(day__in=span, person__is_active=True)
    }
    me = person_id_of(by)
    return tuple(_day(day, offices, standing=standing, me=me) for day in span)


def _day(
    day: date,
    offices: dict[str, Office],
    *,
    standing: dict[tuple[str, date], tuple[int, str]],
    me: int | None,
) -> RotaDay:
    found: dict[tuple[DutyKind, int, str], list[str]] = defaultdict(list)
    for market, office in offices.items():
        kind = DutyKind.PATROL if office.works_on(day) else DutyKind.ON_CALL
        person, name = standing.get((market, day), (0, ""))
        found[kind, person, name].append(market)
    order = list(DutyKind)
    lines = [
        DutyLine(kind=kind, name=name, is_mine=person == me, markets=tuple(codes))
        for (kind, person, name), codes in found.items()
    ]
    lines.sort(key=lambda line: (not line.name, order.index(line.kind), line.name))
    return RotaDay(day=day, lines=tuple(lines))
