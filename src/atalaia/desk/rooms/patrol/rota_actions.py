"""Say who is on duty, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import workers
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import Deed, acting
from atalaia.desk.rooms.patrol.errors import (
    NoSuchDayError,
    NotWorkingThereError,
    WrongSpanError,
)
from atalaia.desk.rooms.patrol.models import Duty
from atalaia.desk.shell.trade import trade
from atalaia.domain.clocks import local_date
from atalaia.domain.patrol_codes import DutyDays
from atalaia.domain.working_time import office_of

__all__ = ["LONGEST_SPAN_DAYS", "DutyWish", "set_duty"]

WORK = Right.WORK_CASES
LONGEST_SPAN_DAYS = 62
Slot = tuple[str, date]
"""A market and one of its days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWish:
    """Who is to be on duty.

    Attributes:
        markets: the codes; none for all in which whoever wishes it and whoever is to be
            on duty both work.
        to: the person's id; None for nobody.
        start, end: the first and the last day, in each market.
    """

    markets: tuple[str, ...]
    to: int | None
    start: date
    end: date
    days: DutyDays


def set_duty(wish: DutyWish, *, by: Actor, now: datetime) -> int:
    """Put somebody, or nobody, on duty in the place of who was; return how many days.

    Raises:
        ForbiddenError: whoever wishes it does not work on a market.
        NotWorkingThereError: whoever is to be on duty does not.
        WrongSpanError, NoSuchDayError: the days cannot be so.
    """
    markets = _markets(wish, by=by)
    _must_be_ahead(wish, markets=markets, now=now)
    wanted = {slot for market in markets for slot in _slots(wish, market)}
    if not wanted:
        raise NoSuchDayError(start=wish.start, end=wish.end)
    with acting("duty.set", by=by, right=WORK, now=now) as deed:
        return _put(wanted, to=wish.to, deed=deed)


def _put(wanted: set[Slot], *, to: int | None, deed: Deed) -> int:
    markets, days = {m for m, _ in wanted}, {d for _, d in wanted}
    there = Duty.objects.select_for_update().filter(market__in=markets, day__in=days)
    standing = {(row.market, row.day): row for row in there}
    changed = sorted(
        slot
        for slot in wanted
        if (standing[slot].person_id if slot in standing else None) != to
    )
    gone = [standing[slot].pk for slot in changed if slot in standing]
    Duty.objects.filter(pk__in=gone).delete()
    if to is not None:
        given = {"person_id": to, "set_at": deed.now, "set_by": deed.by.name}
        Duty.objects.bulk_create(
            [Duty(market=market, day=day, **given) for market, day in changed]
        )
    for market in sorted(markets):
        dates = sorted(str(day) for where, day in wanted if where == market)
        content = {"person": to, "days": dates}
        deed.noted("duty", market, market=market, content=content)
    return len(changed)


def _markets(wish: DutyWish, *, by: Actor) -> tuple[str, ...]:
    known = trade().reference.markets
    mine = by.markets(WORK, known=known.codes)
    asked = tuple(known.of(code).code for code in wish.markets) or mine
    for market in asked:
        by.must(WORK, market=market)
    if wish.to is None:
        return asked
    theirs = {each.id: each.markets for each in workers(WORK, markets=asked)}
    shared = theirs.get(wish.to, ())
    missing = [market for market in asked if market not in shared]
    if not shared or (wish.markets and missing):
        raise NotWorkingThereError(person=wish.to, market=missing or "?")
    return shared


def _must_be_ahead(wish: DutyWish, *, markets: tuple[str, ...], now: datetime) -> None:
    known = trade().reference.markets
    today = min(local_date(now, zone=known.of(m).principal_zone) for m in markets)
    last = today + timedelta(days=LONGEST_SPAN_DAYS)
    if not today <= wish.start <= wish.end <= last:
        raise WrongSpanError(days=LONGEST_SPAN_DAYS)


def _slots(wish: DutyWish, market: str) -> Iterator[Slot]:
    reference = trade().reference
    office = office_of(reference.markets.of(market), calendar=reference.calendar)
    for at in range((wish.end - wish.start).days + 1):
        day = wish.start + timedelta(days=at)
        kind = DutyDays.WORKING if office.works_on(day) else DutyDays.OFF
        if wish.days in {DutyDays.EVERY, kind}:
            yield market, day
