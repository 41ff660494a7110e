"""Numbers, dates and lists as the reader's language and market write them."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, localedata
from babel.dates import format_date, format_interval, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

__all__ = ["BASE_LOCALE", "Language", "Voice"]

Language = Literal["en", "es", "pt"]
BASE_LOCALE: dict[Language, str] = {"en": "en", "es": "es_419", "pt": "pt_BR"}
NOTHING = "–"
UNITS: dict[Language, dict[str, str]] = {
    "en": {"d": "d", "h": "h", "min": "min", "s": "s", "pp": "pp"},
    "es": {"d": "d", "h": "h", "min": "min", "s": "s", "pp": "p. p."},
    "pt": {"d": "d", "h": "h", "min": "min", "s": "s", "pp": "p.p."},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one reader is written to: their language, and their market's conventions.

    Spanish follows the market (Mexico 1,234.5; Colombia 1.234,5) and es-419 where no
    market is given or Babel has no locale for it; Portuguese and English have one form.
    A missing value is written as a dash.
    """

    language: Language
    market: str | None = None

    @property
    def locale(self) -> Locale:
        """The Babel locale that decides separators and the order of dates."""
        own = f"es_{self.market}"
        if self.language == "es" and self.market and localedata.exists(own):
            return Locale.parse(own)
        return Locale.parse(BASE_LOCALE[self.language])

    def number(self, value: float | None, digits: int = 0) -> str:
        """Write a number with that many decimals.

        >>> Voice(language="pt").number(1234.5, 1)
        '1.234,5'
        """
        if value is None:
            return NOTHING
        shown = format_decimal(
            _rounded(value, digits), format=_pattern(digits), locale=self.locale
        )
        return _minus(shown)

    def signed(self, value: float | None, digits: int = 0) -> str:
        """Write a change with its sign; no sign where it rounds to zero."""
        if value is None:
            return NOTHING
        shown = _rounded(value, digits)
        sign = "" if shown.is_nan() or shown <= 0 else "+"
        return sign + self.number(value, digits)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """Write a share (0.015) as a percentage (1.5%).

        >>> Voice(language="es", market="MX").percent(0.0153)
        '1.5%'
        """
        if share is None:
            return NOTHING
        pattern = self.locale.percent_formats[None].pattern
        shape = pattern.replace("#,##0", _pattern(digits))
        shown = format_percent(
            _rounded(share, digits + 2), format=shape, locale=self.locale
        )
        return _minus(shown)

    def points(self, share: float | None, digits: int = 1) -> str:
        """Write a difference of two shares in percentage points, with its sign."""
        if share is None:
            return NOTHING
        return f"{self.signed(share * 100, digits)} {UNITS[self.language]['pp']}"

    def per(self, share: float | None, digits: int = 1, *, base: int = 1000) -> str:
        """Write a share as so many per 1,000 (or another base)."""
        if share is None:
            return NOTHING
        return f"{self.number(share * base, digits)} / {self.number(base)}"

    def date(self, day: dt.date | None) -> str:
        """Write a date in full words, without the weekday: 22 de nov. de 2026."""
        return NOTHING if day is None else format_date(day, "long", locale=self.locale)

    def short_date(self, day: dt.date | None) -> str:
        """Write a date in figures, in the market's order."""
        return NOTHING if day is None else format_date(day, "short", locale=self.locale)

    def day_and_month(self, day: dt.date) -> str:
        """Write a date without its year, for axes and lists."""
        return format_date(day, _skeleton(self.locale, "MMMd"), locale=self.locale)

    def day_in_words(self, day: dt.date) -> str:
        """Write a date without its year in full words, for sentences.

        >>> Voice(language="es", market="MX").day_in_words(dt.date(2026, 11, 11))
        '11 de noviembre'
        """
        return format_date(day, _skeleton(self.locale, "MMMMd"), locale=self.locale)

    def weekday(self, day: dt.date) -> str:
        """Write the day of the week."""
        return str(get_day_names("wide", locale=self.locale)[day.weekday()])

    def date_range(self, first: dt.date, last: dt.date) -> str:
        """Write a range of days, saying what they share once."""
        if first == last:
            return self.date(first)
        return self._interval(first, last, fields="yMMMd")

    def days(self, first: dt.date, last: dt.date) -> str:
        """Write a range of days without its year, where the reader knows it."""
        if first == last:
            return self.day_and_month(first)
        return self._interval(first, last, fields="MMMd")

    def _interval(self, first: dt.date, last: dt.date, *, fields: str) -> str:
        # For Argentina alone the locale data turn a range's month into a figure.
        locale = Locale.parse(BASE_LOCALE[self.language])
        return str(format_interval(first, last, skeleton=fields, locale=locale))

    def time(self, instant: dt.datetime, zone: str) -> str:
        """Write the hour and minute of an instant in a zone."""
        return str(
            format_time(instant, "short", tzinfo=ZoneInfo(zone), locale=self.locale)
        )

    def moment(self, instant: dt.datetime, zone: str) -> str:
        """Write date and time of an instant in a zone."""
        local = instant.astimezone(ZoneInfo(zone))
        return f"{self.date(local.date())}, {self.time(instant, zone)}"

    def duration(self, hours: float | None) -> str:
        """Write a length of time by its two largest units: 2 d 4 h, 1 h 30 min, 45 s.

        >>> Voice(language="es").duration(1.5)
        '1 h 30 min'
        """
        if hours is None:
            return NOTHING
        seconds = round(abs(hours) * 3600)
        sign = "−" if hours < 0 and seconds else ""
        return sign + " ".join(self._units(seconds))

    def listed(self, items: Sequence[str]) -> str:
        """Write a list with its 'and': a, b y c."""
        return format_list(list(items), locale=self.locale) if items else NOTHING

    def _units(self, seconds: int) -> list[str]:
        minutes, hours = round(seconds / 60), round(seconds / 3600)
        if seconds < 3600:
            amounts = {"min": seconds // 60, "s": seconds % 60}
        elif minutes < 1440:
            amounts = {"h": minutes // 60, "min": minutes % 60}
        else:
            amounts = {"d": hours // 24, "h": hours % 24}
        names = UNITS[self.language]
        shown = [f"{self.number(n)} {names[unit]}" for unit, n in amounts.items() if n]
        return shown or [f"0 {names['s']}"]


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def _rounded(value: float, digits: int) -> Decimal:
    """Round half away from zero, and never to a negative zero.

    A float's digits past the thirteenth depend on the order of a sum, and must not
    decide how a half is rounded.
    """
    if not math.isfinite(value):
        return Decimal(value)
    is_whole = value == int(value)
    told = Decimal(int(value)) if is_whole else Decimal(f"{value:.13g}")
    with localcontext(prec=60):
        shown = told.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return shown or abs(shown)


def _minus(shown: str) -> str:
    return shown.replace("-", "−")


def _skeleton(locale: Locale, fields: str) -> str:
    return str(locale.datetime_skeletons[fields].pattern)
