"""A fact belongs to one local day, the same on every machine."""

from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.domain.clocks import (
    NaiveInstantError,
    UnknownZoneError,
    Week,
    business_date,
    local_date,
    offset_changes,
    tzdata_version,
    week_of,
    zone_named,
)

SANTIAGO = "America/Santiago"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        # Summer time (UTC-3) ends at 24:00 of 4 April 2026, which is repeated.
        ("2026-04-05 02:59", date(2026, 4, 4)),
        ("2026-04-05 03:30", date(2026, 4, 4)),
        ("2026-04-05 04:00", date(2026, 4, 5)),
        # It starts at 24:00 of 5 September 2026: 6 September begins at 01:00.
        ("2026-09-06 03:59", date(2026, 9, 5)),
        ("2026-09-06 04:00", date(2026, 9, 6)),
    ],
)
def test_chile_changes_its_clocks_at_midnight(instant: str, day: date):
    """The hour that Chile repeats or skips at midnight stays on its own day."""
    assert local_date(utc(instant), zone=SANTIAGO) == day


def test_mexico_no_longer_changes_its_clocks():
    """Mexico City is at UTC-6 in July too, since 2022."""
    assert local_date(utc("2026-07-02 05:59"), zone="America/Mexico_City") == date(
        2026, 7, 1
    )
    assert local_date(utc("2026-07-02 06:00"), zone="America/Mexico_City") == date(
        2026, 7, 2
    )


def test_paraguay_keeps_summer_time_since_2024():
    """Asunción stays at UTC-3 in winter; older databases say UTC-4."""
    assert local_date(utc("2026-07-02 03:00"), zone="America/Asuncion") == date(
        2026, 7, 2
    )


def test_business_date_prefers_the_creators_home_zone():
    """A creator in Manaus starts at 23:30 while it is past midnight in São Paulo."""
    started = utc("2026-03-11 03:30")
    zones = {"principal_zone": "America/Sao_Paulo"}
    at_home = business_date(started, home_zone="America/Manaus", **zones)
    unknown = business_date(started, home_zone=None, **zones)
    assert (at_home, unknown) == (date(2026, 3, 10), date(2026, 3, 11))


def test_time_without_zone_is_refused():
    """A naive time would be read in the machine's zone; it is refused."""
    with pytest.raises(NaiveInstantError):
        local_date(datetime(2026, 1, 1), zone=SANTIAGO)  # noqa: DTZ001 the case tested


@pytest.mark.parametrize("naive", ["start", "end"])
def test_a_column_of_times_without_zone_is_refused(naive: str):
    """Either end of a naive range would be read in the machine's zone."""
    ends = {"start": utc("2026-01-01 00:00"), "end": utc("2026-02-01 00:00")}
    ends[naive] = ends[naive].replace(tzinfo=None)
    with pytest.raises(NaiveInstantError):
        offset_changes(SANTIAGO, **ends)


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        # The border keeps the clocks of the United States; the rest of Mexico none.
        ("America/Tijuana", ["2026-03-08T10:00:00+00:00", "2026-11-01T09:00:00+00:00"]),
        ("America/Ojinaga", ["2026-03-08T08:00:00+00:00", "2026-11-01T07:00:00+00:00"]),
        ("America/Mexico_City", []),
        ("America/Sao_Paulo", []),
        ("America/Asuncion", []),
        # Easter Island changes at the same moment as Santiago, two hours behind it.
        ("Pacific/Easter", ["2026-04-05T03:00:00+00:00", "2026-09-06T04:00:00+00:00"]),
        ("America/Punta_Arenas", []),
    ],
)
def test_clocks_change_where_and_when_the_law_says(zone: str, changes: list[str]):
    """The whole of 2026: who still changes clocks in the region, to the second."""
    found = offset_changes(
        zone, start=utc("2026-01-01 00:00"), end=utc("2027-01-01 00:00")
    )
    assert [change.start.isoformat() for change in found[1:]] == changes


def test_unknown_zone_is_answered_with_the_nearest():
    """A misspelt zone stops with the one that was meant."""
    with pytest.raises(UnknownZoneError, match="America/Sao_Paulo"):
        zone_named("America/Sao_Paolo")


def test_offset_changes_give_the_same_dates_as_the_zone():
    """Converting a column by offsets equals converting each instant."""
    start, end = utc("2026-03-01 00:00"), utc("2026-10-01 00:00")
    changes = offset_changes(SANTIAGO, start=start, end=end)
    assert [change.start.isoformat() for change in changes[1:]] == [
        "2026-04-05T03:00:00+00:00",
        "2026-09-06T04:00:00+00:00",
    ]
    for change in changes:
        for around in (timedelta(), timedelta(hours=1)):
            instant = change.start + around
            assert (instant + change.offset).date() == local_date(
                instant, zone=SANTIAGO
            )


def test_iso_week_of_new_years_day_may_be_last_years():
    """1 January 2027 is a Friday of week 53 of 2026."""
    week = week_of(date(2027, 1, 1))
    assert week == Week(year=2026, week=53)
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))


def test_database_version_is_stated():
    """The version names year and letter, to be stored beside business dates."""
    assert tzdata_version()[:4].isdigit()
