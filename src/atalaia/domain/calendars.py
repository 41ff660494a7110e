"""What happens when: public holidays and the team's own events, by market."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

import holidays

from atalaia.domain.codes import Direction, EventKind
from atalaia.domain.errors import InputError
from atalaia.domain.invariants import calendar_markets_exist
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.markets import Markets
from atalaia.domain.recurrence import Recurrence, read_recurrence
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "Calendar",
    "CalendarEvent",
    "EventRule",
    "UnnamedHolidayError",
    "load_calendar",
]

OBSERVED = " (observed)"
ALL_MARKETS = "all"


class UnnamedHolidayError(InputError):
    """A public holiday that has no name in Spanish and Portuguese yet."""

    message = "The public holiday '{name}' of {market} has no name in three languages."
    next_step = "Add it to holiday_names in calendar.yaml."


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event in one market, from its first to its last local day."""

    id: str
    name: Trilingual
    kind: EventKind
    market: str
    start: date
    end: date
    policies: tuple[str, ...]
    expected_direction: Direction
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """One of the team's own events: when it recurs, where, and what it moves."""

    id: str
    name: Trilingual
    kind: EventKind
    markets: tuple[str, ...]
    recurrence: Recurrence
    policies: tuple[str, ...]
    expected_direction: Direction
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The team's rules and the names of public holidays, by their English name."""

    markets: Markets
    rules: tuple[EventRule, ...]
    holiday_names: Mapping[str, Trilingual]
    observed: Trilingual

    def events(self, market: str, start: date, end: date) -> tuple[CalendarEvent, ...]:
        """Return what touches the days from `start` to `end`, both included."""
        self.markets.of(market)
        found = [
            event
            for event in [
                *self._own(market, start, end),
                *self._holidays(market, start, end),
            ]
            if event.start <= end and event.end >= start
        ]
        return tuple(sorted(found, key=lambda event: (event.start, event.id)))

    def _own(self, market: str, start: date, end: date) -> Iterator[CalendarEvent]:
        for rule in self.rules:
            if market in rule.markets:
                # An event that runs over New Year began in the year before.
                for year in range(start.year - 1, end.year + 1):
                    for first, last in rule.recurrence.in_year(year):
                        yield _event(rule, market=market, first=first, last=last)

    def _holidays(self, market: str, start: date, end: date) -> Iterator[CalendarEvent]:
        years = range(start.year, end.year + 1)
        known = holidays.country_holidays(market, years=years, language="en_US")
        for day in sorted(day for day in known if start <= day <= end):
            for name in known.get_list(day):
                yield CalendarEvent(
                    id=f"holiday.{name}",
                    name=self._named(name, market=market),
                    kind=EventKind.PUBLIC_HOLIDAY,
                    market=market,
                    start=day,
                    end=day,
                    policies=(),
                    expected_direction=Direction.UNCLEAR,
                    is_confirmed=True,
                )

    def _named(self, name: str, *, market: str) -> Trilingual:
        plain = name.removesuffix(OBSERVED)
        if plain not in self.holiday_names:
            raise UnnamedHolidayError(name=name, market=market)
        known = self.holiday_names[plain]
        if plain == name:
            return known
        return Trilingual(
            en=self.observed.en.format(name=known.en),
            es=self.observed.es.format(name=known.es),
            pt=self.observed.pt.format(name=known.pt),
        )


def load_calendar(
    markets: Markets,
    source: Traversable | str = "calendar.yaml",
    *,
    own: Traversable | str = "events.yaml",
) -> Calendar:
    """Read events and the names of holidays, and check them.

    `own` holds the installation's events; one with a known id stands in its place.
    """
    root, added = root_of(read_marked(source)), root_of(read_marked(own))
    root.only("events", "observed", "holiday_names")
    added.only("events")
    for each in (root, added):
        calendar_markets_exist.check(each, codes=markets.codes)
    rules = {
        entry.key: _rule(entry, markets=markets)
        for each in (root, added)
        for entry in each.fields("events")
    }
    return Calendar(
        markets=markets,
        rules=tuple(rules.values()),
        holiday_names={
            entry.key: _holiday_name(entry) for entry in root.fields("holiday_names")
        },
        observed=root.trilingual("observed"),
    )


def _rule(entry: Entry, *, markets: Markets) -> EventRule:
    entry.only("name", "kind", "markets", "when", "confirmed", "policies", "direction")
    everywhere = entry.child("markets").value == ALL_MARKETS
    return EventRule(
        id=entry.key,
        name=entry.trilingual("name"),
        kind=entry.choice("kind", EventKind),
        markets=markets.codes if everywhere else entry.texts("markets"),
        recurrence=read_recurrence(entry.child("when")),
        policies=entry.texts("policies"),
        expected_direction=entry.choice("direction", Direction),
        is_confirmed=entry.yes("confirmed") if entry.has("confirmed") else True,
    )


def _holiday_name(entry: Entry) -> Trilingual:
    entry.only("es", "pt")
    return Trilingual(en=entry.key, es=entry.text("es"), pt=entry.text("pt"))


def _event(rule: EventRule, *, market: str, first: date, last: date) -> CalendarEvent:
    return CalendarEvent(
        id=rule.id,
        name=rule.name,
        kind=rule.kind,
        market=market,
        start=first,
        end=last,
        policies=rule.policies,
        expected_direction=rule.expected_direction,
        is_confirmed=rule.is_confirmed,
    )
