"""The central teams' own office: where they are, when they work, their holidays."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

import holidays

from atalaia.domain.clocks import known_zones
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.markets import BusinessHours
from atalaia.domain.working_time import Office

__all__ = ["Central", "load_central"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Central:
    """Where the central teams are; `country` decides their public holidays."""

    zone: str
    country: str
    hours: BusinessHours

    @property
    def office(self) -> Office:
        """Their office, for clocks by their working time."""
        return _office(self)


def load_central(source: Traversable | str = "central.yaml") -> Central:
    """Read the central teams' office; raises ReferenceDataError with the line."""
    root = root_of(read_marked(source))
    root.only("zone", "country", "business_hours")
    root.child("zone").one_of(known_zones(), kind="zones")
    countries = holidays.list_supported_countries()
    root.child("country").one_of(countries, kind="countries")
    return Central(
        zone=root.text("zone"),
        country=root.text("country"),
        hours=_hours(root.child("business_hours")),
    )


def _hours(entry: Entry) -> BusinessHours:
    entry.only("opens", "closes", "weekdays")
    hours = BusinessHours(
        opens=entry.whole("opens"),
        closes=entry.whole("closes"),
        weekdays=tuple(day.whole() for day in entry.items("weekdays")),
    )
    if not 0 <= hours.opens < hours.closes <= 24:
        raise entry.child("closes").wrong_type("opens < closes ≤ 24")
    if not hours.weekdays or not set(hours.weekdays) <= set(range(1, 8)):
        raise entry.child("weekdays").wrong_type("[1, 2, 3, 4, 5]")
    return hours


@cache
def _office(central: Central) -> Office:
    @cache
    def of_year(year: int) -> frozenset[date]:
        return frozenset(holidays.country_holidays(central.country, years=year))

    return Office(zone=central.zone, hours=central.hours, holidays=of_year)
