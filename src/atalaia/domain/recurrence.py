"""When an event falls: fixed, the n-th weekday, from Easter, or on given dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from atalaia.domain.marked_entry import Entry

__all__ = ["Dates", "EasterRelative", "Fixed", "NthWeekday", "Recurrence", "Span"]

Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """The same day every year, for some days."""

    month: int
    day: int
    days: int

    def in_year(self, year: int) -> Iterator[Span]:
        """Yield the first and last day."""
        yield _span(date(year, self.month, self.day), days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class NthWeekday:
    """The n-th ISO weekday of a month, -1 for the last, moved by `shift` days."""

    month: int
    weekday: int
    nth: int
    shift: int
    days: int

    def in_year(self, year: int) -> Iterator[Span]:
        """Yield the first and last day."""
        if self.nth > 0:
            first = date(year, self.month, 1)
            ahead = (self.weekday - first.isoweekday()) % 7 + 7 * (self.nth - 1)
        else:
            first = _last_day(year, self.month)
            ahead = -((first.isoweekday() - self.weekday) % 7) + 7 * (self.nth + 1)
        yield _span(first + timedelta(days=ahead + self.shift), days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class EasterRelative:
    """So many days from Easter Sunday, for some days."""

    shift: int
    days: int

    def in_year(self, year: int) -> Iterator[Span]:
        """Yield the first and last day."""
        yield _span(easter(year) + timedelta(days=self.shift), days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Only these spans of days."""

    spans: tuple[Span, ...]

    def in_year(self, year: int) -> Iterator[Span]:
        """Yield the spans that begin in a year."""
        return (span for span in self.spans if span[0].year == year)


Recurrence = Fixed | NthWeekday | EasterRelative | Dates


def easter(year: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian algorithm (Meeus, 1991).

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    century, within = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    )
    moon = (epact + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def read_recurrence(entry: Entry) -> Recurrence:
    """Read a `when` block, which says one way of recurring."""
    ways: dict[str, Callable[[Entry], Recurrence]] = {
        "fixed": _fixed,
        "nth": _nth,
        "easter": _easter_relative,
        "dates": _dates,
    }
    entry.only(*ways)
    if len(entry.fields()) != 1:
        raise entry.wrong_type("fixed | nth | easter | dates")
    (way,) = entry.fields()
    return ways[way.key](way)


def _fixed(entry: Entry) -> Fixed:
    entry.only("month", "day", "days")
    month, day = entry.whole("month"), entry.whole("day")
    _check_day(entry, month=month, day=day)
    return Fixed(month=month, day=day, days=entry.whole("days"))


def _nth(entry: Entry) -> NthWeekday:
    entry.only("month", "weekday", "nth", "shift", "days")
    found = NthWeekday(
        month=entry.whole("month"),
        weekday=entry.whole("weekday"),
        nth=entry.whole("nth"),
        shift=entry.whole("shift") if entry.has("shift") else 0,
        days=entry.whole("days") if entry.has("days") else 1,
    )
    _check_day(entry, month=found.month, day=1)
    if found.weekday not in range(1, 8) or found.nth not in (-1, 1, 2, 3, 4):
        raise entry.wrong_type("weekday: 1…7, nth: 1…4 | -1")
    return found


def _easter_relative(entry: Entry) -> EasterRelative:
    entry.only("shift", "days")
    return EasterRelative(shift=entry.whole("shift"), days=entry.whole("days"))


def _dates(entry: Entry) -> Dates:
    spans = []
    for item in entry.items():
        item.only("first", "last")
        first, last = item.day("first"), item.day("last")
        if last < first:
            raise item.wrong_type("first ≤ last")
        spans.append((first, last))
    return Dates(spans=tuple(spans))


def _check_day(entry: Entry, *, month: int, day: int) -> None:
    try:
        date(2027, month, day)
    except ValueError as error:
        raise entry.wrong_type("month: 1…12, day: 1…31") from error


def _span(first: date, *, days: int) -> Span:
    return first, first + timedelta(days=days - 1)


def _last_day(year: int, month: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)
