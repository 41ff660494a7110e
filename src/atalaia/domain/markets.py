"""The markets: names, time zones, languages and the settings that differ by market."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

from atalaia.domain.errors import InputError
from atalaia.domain.invariants import (
    market_languages_are_codes,
    market_zones_exist,
)
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "BusinessHours",
    "Market",
    "Markets",
    "UnknownMarketError",
    "load_markets",
]

REGIONS = ("BR", "es-419")


class UnknownMarketError(InputError):
    """A market that the reference data does not hold."""

    message = "The market '{market}' is not known."
    next_step = "Did you mean: {nearest}? Known markets: {known}."


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """Local working hours [opens, closes) on ISO weekdays (1 is Monday)."""

    opens: int
    closes: int
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """One country of the team; `region` decides the language of its people's pages."""

    code: str
    name: Trilingual
    region: str
    zones: tuple[str, ...]
    languages: tuple[str, ...]
    currency: str
    shop_available_from: date | None
    appeal_days: int
    retention_days: int
    business_hours: BusinessHours

    @property
    def principal_zone(self) -> str:
        """The zone whose date counts where the creator's own is unknown."""
        return self.zones[0]


@dataclass(frozen=True, slots=True)
class Markets:
    """All markets in the order of the team's attention."""

    by_code: Mapping[str, Market]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all markets."""
        return tuple(self.by_code)

    def of(self, code: str) -> Market:
        """Return a market by its ISO code; raises UnknownMarketError."""
        if code not in self.by_code:
            raise UnknownMarketError(
                market=code, nearest=nearest(code, self.codes), known=self.codes
            )
        return self.by_code[code]

    def __iter__(self) -> Iterator[Market]:
        return iter(self.by_code.values())


def load_markets(source: Traversable | str = "markets.yaml") -> Markets:
    """Read the markets from a YAML file and check it."""
    root = root_of(read_marked(source))
    root.only("defaults", "markets")
    market_zones_exist.check(root)
    market_languages_are_codes.check(root)
    defaults = root.child("defaults")
    found = [_market(entry, defaults=defaults) for entry in root.fields("markets")]
    return Markets({market.code: market for market in found})


def _market(entry: Entry, *, defaults: Entry) -> Market:
    entry.only(*Market.__dataclass_fields__)

    def setting(field: str) -> Entry:
        return entry.child(field) if entry.has(field) else defaults.child(field)

    entry.child("region").one_of(REGIONS, kind="regions")
    opened = "shop_available_from"
    return Market(
        code=entry.key,
        name=entry.trilingual("name"),
        region=entry.text("region"),
        zones=entry.texts("zones"),
        languages=entry.texts("languages"),
        currency=entry.text("currency"),
        shop_available_from=entry.day(opened) if entry.has(opened) else None,
        appeal_days=setting("appeal_days").whole(),
        retention_days=setting("retention_days").whole(),
        business_hours=_hours(setting("business_hours")),
    )


def _hours(entry: Entry) -> BusinessHours:
    entry.only("opens", "closes", "weekdays")
    return BusinessHours(
        opens=entry.whole("opens"),
        closes=entry.whole("closes"),
        weekdays=tuple(day.whole() for day in entry.items("weekdays")),
    )
