"""Working hours of a market between two instants, for clocks by office time."""

from datetime import UTC, date, datetime, time, timedelta

from atalaia.domain.calendars import Calendar
from atalaia.domain.clocks import local_date, zone_named
from atalaia.domain.codes import EventKind
from atalaia.domain.markets import Market

__all__ = ["working_hours"]


def working_hours(
    start: datetime, end: datetime, *, market: Market, calendar: Calendar
) -> float:
    """Return the hours of [start, end) within the market's working time.

    Holidays and other weekdays do not count; hours are real ones, so a working day on
    which the clocks change is as long as it was. An end before the start gives 0.
    """
    zone = market.principal_zone
    first, last = local_date(start, zone=zone), local_date(end, zone=zone)
    if end <= start:
        return 0.0
    holidays = {
        event.start
        for event in calendar.events(market.code, first, last)
        if event.kind is EventKind.PUBLIC_HOLIDAY
    }
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    worked = timedelta()
    for day in days:
        if day.isoweekday() in market.business_hours.weekdays and day not in holidays:
            opens, closes = _opening(day, market=market)
            worked += max(min(end, closes) - max(start, opens), timedelta())
    return worked / timedelta(hours=1)


def _opening(day: date, *, market: Market) -> tuple[datetime, datetime]:
    """Return the instants when work begins and ends, in UTC: clocks may change."""
    zone = zone_named(market.principal_zone)
    hours = market.business_hours
    opens, closes = (
        (datetime.combine(day, time(), tzinfo=None) + timedelta(hours=hour))
        .replace(tzinfo=zone)
        .astimezone(UTC)
        for hour in (hours.opens, hours.closes)
    )
    return opens, closes
