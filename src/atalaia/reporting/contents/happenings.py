"""What the calendar holds: the next 72 hours, and the marks over past trends."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from atalaia.domain.calendars import CalendarEvent
from atalaia.domain.clocks import local_date
from atalaia.domain.codes import EventKind
from atalaia.domain.reference import Reference
from atalaia.reporting.contents.brief import Happening

__all__ = [
    "LONGEST_MARK_DAYS",
    "coming",
    "coming_in",
    "marks_between",
]

HOURS_AHEAD = 72
LONGEST_MARK_DAYS = 4
"""A season of weeks is no thin line; only short events are drawn over a trend."""


def coming(
    reference: Reference, *, market: str | None, now: datetime
) -> tuple[Happening, ...]:
    """Return what touches the next 72 hours, in local days, soonest first."""
    return coming_in(reference, markets=_codes(reference, market), now=now)


def coming_in(
    reference: Reference, *, markets: Collection[str], now: datetime
) -> tuple[Happening, ...]:
    """Return what touches the next 72 hours in these markets, and in no others."""
    found = [event for code in markets for event in _ahead(reference, code, now=now)]
    return _merged(found, reference=reference)


def _ahead(
    reference: Reference, code: str, *, now: datetime
) -> tuple[CalendarEvent, ...]:
    zone = reference.markets.of(code).principal_zone
    first = local_date(now, zone=zone)
    last = local_date(now + timedelta(hours=HOURS_AHEAD), zone=zone)
    return reference.calendar.events(code, first, last)


def marks_between(
    reference: Reference,
    *,
    market: str | None,
    kinds: Collection[EventKind],
    start: date,
    end: date,
) -> tuple[Happening, ...]:
    """Return the short events of these kinds that began between two days, inclusive."""
    found = [
        event
        for code in _codes(reference, market)
        for event in reference.calendar.events(code, start, end)
        if event.kind in kinds
        and start <= event.start
        and (event.end - event.start).days < LONGEST_MARK_DAYS
    ]
    return _merged(found, reference=reference)


def _codes(reference: Reference, market: str | None) -> tuple[str, ...]:
    return (market,) if market else tuple(reference.markets.codes)


def _merged(
    events: Iterable[CalendarEvent], *, reference: Reference
) -> tuple[Happening, ...]:
    """Tell one event that several markets share once, naming them."""
    shared: dict[tuple[str, date], list[CalendarEvent]] = {}
    for event in events:
        shared.setdefault((event.id, event.start), []).append(event)
    told = [
        Happening(
            start=same[0].start,
            end=max(event.end for event in same),
            name=same[0].name,
            kind=reference.names.of(same[0].kind),
            markets=tuple(event.market for event in same),
        )
        for same in shared.values()
    ]
    return tuple(sorted(told, key=lambda event: (event.start, event.end)))
