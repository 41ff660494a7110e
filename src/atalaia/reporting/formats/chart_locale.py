"""A region's way with numbers and dates, in the form the chart engine reads."""

from collections.abc import Mapping

from babel import Locale
from babel.numbers import format_percent, get_decimal_symbol, get_group_symbol

__all__ = ["number_locale", "time_locale"]

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


def number_locale(locale: Locale) -> Mapping[str, object]:
    """Return separators and the percent sign, as d3-format names them."""
    return {
        "decimal": get_decimal_symbol(locale),
        "thousands": get_group_symbol(locale),
        "grouping": [3],
        "currency": ["", ""],
        "percent": format_percent(0, locale=locale).removeprefix("0"),
    }


def time_locale(locale: Locale) -> Mapping[str, object]:
    """Return the names of days and months, as d3-time-format names them."""
    days, months = locale.days["stand-alone"], locale.months["stand-alone"]
    short_days, short_months = locale.days["format"], locale.months["format"]
    return {
        "dateTime": "%x, %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [days["wide"][day] for day in _SUNDAY_FIRST],
        "shortDays": [short_days["abbreviated"][day] for day in _SUNDAY_FIRST],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [short_months["abbreviated"][month] for month in range(1, 13)],
    }
