"""Numbers, dates and lists read as the reader's market writes them."""

import math
from datetime import UTC, date, datetime

import pytest

from atalaia.language.format import Voice

EN = Voice(language="en")
ES = Voice(language="es")
PT = Voice(language="pt", market="BR")
MX = Voice(language="es", market="MX")
CO = Voice(language="es", market="CO")


@pytest.mark.parametrize(
    ("voice", "number", "share"),
    [
        (EN, "1,234.5", "1.5%"),
        (ES, "1,234.5", "1.5%"),
        (MX, "1,234.5", "1.5%"),
        (CO, "1.234,5", "1,5%"),
        (Voice(language="es", market="AR"), "1.234,5", "1,5%"),
        (Voice(language="es", market="CL"), "1.234,5", "1,5%"),
        (Voice(language="es", market="PE"), "1,234.5", "1.5%"),
        (PT, "1.234,5", "1,5%"),
    ],
)
def test_market_decides_separators(voice: Voice, number: str, share: str):
    """Mexico and Peru write a decimal point, Colombia and Brazil a comma."""
    shown = voice.percent(0.0153).replace("\N{NO-BREAK SPACE}", "")
    assert (voice.number(1234.5, 1), shown) == (number, share)


def test_market_without_a_locale_of_its_own_falls_back_to_the_region():
    """A Spanish reader of an unknown market reads es-419."""
    assert str(Voice(language="es", market="ZZ").locale) == "es_419"


def test_portuguese_and_english_do_not_follow_a_spanish_market():
    """A Portuguese reader looking at Mexico still reads Portuguese numbers."""
    assert Voice(language="pt", market="MX").number(1.5, 1) == "1,5"


def test_negative_value_has_a_minus_sign_and_zero_has_none():
    """A real minus, and never minus zero."""
    assert EN.number(-3.26, 1) == "−3.3"
    assert EN.number(-0.01, 1) == "0.0"


def test_order_of_a_sum_does_not_show():
    """A half is rounded up, whichever way the last bit of the float fell."""
    below, above = math.nextafter(17.05, 0), math.nextafter(17.05, 18)
    assert {EN.number(x, 1) for x in (below, 17.05, above)} == {"17.1"}
    assert EN.number(0.125, 2) == "0.13"


def test_large_count_keeps_every_digit():
    """A whole number is never shortened."""
    assert EN.number(12_345_678_901_234_567) == "12,345,678,901,234,567"
    assert EN.number(123_456_789_012_345.0) == "123,456,789,012,345"


def test_unbounded_end_is_written():
    """An interval may have no upper end; the page is written all the same."""
    assert EN.number(math.inf, 1) == "∞"
    assert EN.signed(math.inf, 1) == "+∞"


def test_change_has_its_sign():
    """A change says plus or minus; one that rounds to nothing says neither."""
    shown = [EN.signed(x, 1) for x in (2.0, -2.0, 0.01)]
    assert shown == ["+2.0", "−2.0", "0.0"]


def test_difference_of_shares_is_in_points():
    """A share that falls from 2 % to 1.7 % lost 0.3 points, not 0.3 %."""
    assert (EN.points(-0.003), PT.points(0.003)) == ("−0.3 pp", "+0,3 p.p.")


def test_share_reads_per_thousand():
    """Rare events are told per 1,000."""
    assert (EN.per(0.0031), PT.per(0.0031)) == ("3.1 / 1,000", "3,1 / 1.000")


def test_dates_read_in_the_readers_language():
    """Long dates, weekdays and ranges."""
    day, later = date(2026, 11, 22), date(2026, 12, 3)
    assert EN.date(day) == "November 22, 2026"
    assert PT.date(day) == "22 de novembro de 2026"
    assert (MX.weekday(day), PT.weekday(day)) == ("domingo", "domingo")
    assert "dic" in MX.date_range(day, later)
    assert MX.date_range(day, day) == MX.date(day)


def test_a_range_names_its_month_in_every_market():
    """Argentina's month is a word too, and a range may leave its year out."""
    week = date(2026, 11, 12), date(2026, 11, 18)
    spaces = str.maketrans("\N{THIN SPACE}", " ")
    for market in ("AR", "CO", "MX"):
        told = Voice(language="es", market=market).days(*week).translate(spaces)
        assert told == "12 – 18 de nov"
    assert PT.days(*week).translate(spaces) == "12 – 18 de nov."


def test_a_day_reads_in_full_words_in_a_sentence():
    """The month is spelt out, and the year is left to the page."""
    day = date(2026, 11, 11)
    told = [voice.day_in_words(day) for voice in (EN, CO, PT)]
    assert told == ["November 11", "11 de noviembre", "11 de novembro"]


def test_time_is_local_to_the_zone_asked_for():
    """18:05 UTC is 13:05 in Bogotá."""
    at = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert PT.time(at, "America/Bogota") == "13:05"
    assert PT.moment(at, "America/Bogota") == "22 de novembro de 2026, 13:05"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (0.0, "0 s"),
        (45 / 3600, "45 s"),
        (1.5, "1 h 30 min"),
        (1 - 1e-9, "1 h"),
        (23.999, "1 d"),
        (52.0, "2 d 4 h"),
        (-1.5, "−1 h 30 min"),
    ],
)
def test_duration_reads_in_its_two_largest_units(hours: float, shown: str):
    """Nobody reads 52.0 hours; rounding never leaves 60 minutes or 24 hours."""
    assert EN.duration(hours) == shown


def test_list_has_the_languages_and():
    """a, b and c."""
    assert ES.listed(["a", "b", "c"]) == "a, b y c"
    assert PT.listed(["a", "b"]) == "a e b"


def test_missing_value_is_a_dash():
    """No value is never shown as zero."""
    shown = {
        EN.number(None),
        EN.signed(None),
        EN.percent(None),
        EN.points(None),
        EN.per(None),
        EN.date(None),
        EN.short_date(None),
        EN.duration(None),
        EN.listed([]),
    }
    assert shown == {"–"}
