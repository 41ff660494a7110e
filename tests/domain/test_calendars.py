"""The team knows what is coming in every market."""

from datetime import date
from pathlib import Path

import holidays
import pytest

from atalaia.domain.calendars import Calendar, UnnamedHolidayError, load_calendar
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.markets import UnknownMarketError, load_markets
from atalaia.domain.recurrence import NthWeekday, easter

MARKETS = load_markets()


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(MARKETS)


def ids_on(calendar: Calendar, market: str, day: date) -> set[str]:
    return {event.id for event in calendar.events(market, day, day)}


@pytest.mark.parametrize(
    ("market", "day", "event"),
    [
        ("BR", date(2026, 2, 17), "carnival"),
        ("BR", date(2027, 2, 9), "carnival"),
        ("MX", date(2027, 3, 28), "holy_week"),
        ("MX", date(2026, 4, 30), "childrens_day_mx"),
        ("AR", date(2026, 8, 16), "childrens_day_august"),
        ("BR", date(2026, 10, 12), "childrens_day_br"),
        ("BR", date(2026, 6, 24), "festa_junina"),
        ("MX", date(2026, 11, 2), "day_of_the_dead"),
        ("MX", date(2026, 12, 24), "posadas"),
        ("PE", date(2026, 12, 25), "takanakuy"),
        ("BR", date(2026, 10, 25), "elections_br_2026"),
        ("CO", date(2026, 6, 21), "elections_co_2026"),
        ("BR", date(2026, 11, 27), "black_friday"),
        ("EC", date(2027, 1, 1), "new_year"),
        ("CO", date(2026, 4, 25), "childrens_day_co"),
        ("DO", date(2026, 5, 31), "mothers_day_do"),
        ("PA", date(2026, 12, 8), "mothers_day_pa"),
    ],
)
def test_event_falls_on_its_day(calendar: Calendar, market: str, day: date, event: str):
    """Fixed, n-th weekday, Easter-relative and dated events, over New Year too."""
    assert event in ids_on(calendar, market, day)


@pytest.mark.parametrize("market", MARKETS.codes)
def test_every_market_has_its_mothers_day_once_a_year(calendar: Calendar, market: str):
    """The day differs by country, and no market of ours goes without it."""
    events = calendar.events(market, date(2026, 1, 1), date(2026, 12, 31))
    assert sum(event.id.startswith("mothers_day") for event in events) == 1


def test_event_stays_in_its_markets(calendar: Calendar):
    """Takanakuy is Peru's alone."""
    assert "takanakuy" not in ids_on(calendar, "MX", date(2026, 12, 25))


def test_public_holiday_has_its_name_in_three_languages(calendar: Calendar):
    """The package knows Spanish or Portuguese, never both; we do."""
    (holiday,) = (
        event
        for event in calendar.events("BR", date(2026, 9, 7), date(2026, 9, 7))
        if event.kind == "public_holiday"
    )
    assert holiday.name.pt == "Dia da Independência"
    assert holiday.name.es == "Día de la Independencia"


@pytest.mark.parametrize("market", MARKETS.codes)
def test_every_holiday_of_every_market_is_named(calendar: Calendar, market: str):
    """From 2015, where old case logs begin, to 2045 no day stops for want of a name."""
    events = calendar.events(market, date(2015, 1, 1), date(2045, 12, 31))
    assert any(event.kind == "public_holiday" for event in events)


def test_moved_holiday_says_so(calendar: Calendar):
    """Colombia moves Epiphany to the Monday."""
    (event,) = calendar.events("CO", date(2026, 1, 12), date(2026, 1, 12))
    assert event.name.es == "Día de Reyes (trasladado)"


def test_range_includes_both_its_ends(calendar: Calendar):
    """An event that ends on the first day or begins on the last one counts."""
    events = calendar.events("BR", date(2026, 2, 17), date(2026, 3, 8))
    assert {"carnival", "womens_day"} <= {event.id for event in events}


def test_holiday_of_a_newer_package_is_not_passed_over(calendar: Calendar):
    """A name that nobody translated stops with what to add."""
    bare = Calendar(
        markets=MARKETS, rules=(), holiday_names={}, observed=calendar.observed
    )
    with pytest.raises(UnnamedHolidayError, match="holiday_names"):
        bare.events("BR", date(2026, 9, 7), date(2026, 9, 7))


def test_unknown_market_is_refused(calendar: Calendar):
    """No market means no calendar, not an empty one."""
    with pytest.raises(UnknownMarketError):
        calendar.events("XX", date(2026, 1, 1), date(2026, 1, 2))


def test_easter_agrees_with_the_holidays_package():
    """Good Friday is two days before Easter Sunday, 1990 to 2060."""
    years = range(1990, 2061)
    fridays = holidays.country_holidays("CO", years=years, language="en_US").get_named(
        "Good Friday"
    )
    assert [(easter(day.year) - day).days for day in fridays] == [2] * len(years)


@pytest.mark.parametrize(("nth", "day"), [(1, 7), (2, 14), (3, 21), (4, 28), (-1, 28)])
def test_nth_weekday_counts_from_either_end(nth: int, day: int):
    """February 2027 has its Sundays on 7, 14, 21 and 28."""
    rule = NthWeekday(month=2, weekday=7, nth=nth, shift=0, days=1)
    assert list(rule.in_year(2027)) == [(date(2027, 2, day), date(2027, 2, day))]


def test_last_weekday_of_december_stays_in_its_year():
    """The month after December is next year's."""
    rule = NthWeekday(month=12, weekday=7, nth=-1, shift=0, days=1)
    assert next(rule.in_year(2026))[0] == date(2026, 12, 27)


EVENT = """\
observed: {en: '{name}', es: '{name}', pt: '{name}'}
holiday_names: {}
events:
  party:
    name: {en: Party, es: Fiesta, pt: Festa}
    kind: festival
    markets: [MX]
    when: {fixed: {month: 2, day: 2, days: 1}}
    policies: []
    direction: up
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[MX]", "[MEX]"),
        ("day: 2", "day: 30"),
        ("fixed: {month", "fixd: {month"),
        ("days: 1}}", "days: 1}, easter: {shift: 1, days: 1}}"),
        ("fixed: {month: 2, day: 2, days: 1}", "nth: {month: 2, weekday: 8, nth: 1}"),
        (
            "fixed: {month: 2, day: 2, days: 1}",
            "dates: [{first: 2026-02-02, last: 2026-02-01}]",
        ),
        ("festival", "party"),
        ("direction: up", "direction: north"),
        ("pt: Festa", "pt: ''"),
        ("holiday_names: {}", "holiday_names: {X: {es: Y}}"),
    ],
)
def test_wrong_calendar_shows_its_line(tmp_path: Path, old: str, new: str):
    """Each rule that can be broken names file and line."""
    path = tmp_path / "calendar.yaml"
    path.write_text(EVENT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"calendar\.yaml:\d"):
        load_calendar(MARKETS, path)
