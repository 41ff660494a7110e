"""How a value, a change, an interval and a day read."""

from datetime import date

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Unit

__all__ = [
    "amount",
    "beside",
    "change_interval",
    "confidence_name",
    "day_name",
    "difference",
    "interval",
]

MOST_DIGITS = 4


def amount(value: float, unit: Unit, *, voice: Voice, words: Translator) -> str:
    """Return a value with the unit that belongs to it, e.g. `4.1%` or `12.3 h`."""
    match unit:
        case Unit.COUNT:
            return voice.number(value, digits=0)
        case Unit.SHARE:
            return voice.percent(value, digits=_share_digits(value))
        case Unit.PER_THOUSAND_HOURS | Unit.PER_CREATOR | Unit.COEFFICIENT:
            return voice.number(value, digits=2)
        case Unit.VIEWER_MINUTES:
            return voice.number(value, digits=1)
        case Unit.HOURS:
            return words.text("{hours} h", hours=voice.number(value, digits=1))
        case Unit.SECONDS:
            return _clock(value, voice=voice, words=words)


def beside(unit: Unit, *, words: Translator) -> str:
    """Return the unit that stands beside a value, "" where the value carries it."""
    if unit is Unit.PER_THOUSAND_HOURS:
        return words.text("per 1,000 LIVE hours")
    if unit is Unit.PER_CREATOR:
        return words.text("incidents per creator")
    if unit is Unit.VIEWER_MINUTES:
        return words.text("viewer-minutes")
    return ""


def _share_digits(share: float) -> int:
    """Return 2 digits below 10 %, where the trade's figures live, else 1."""
    return 2 if abs(share) < 0.1 else 1


def _clock(seconds: float, *, voice: Voice, words: Translator) -> str:
    if abs(seconds) < 120:
        return words.text("{seconds} s", seconds=voice.number(seconds, digits=0))
    if abs(seconds) < 7200:
        return words.text("{minutes} min", minutes=voice.number(seconds / 60, digits=1))
    return words.text("{hours} h", hours=voice.number(seconds / 3600, digits=1))


def difference(change: float, unit: Unit, *, voice: Voice, words: Translator) -> str:
    """Return a change with its sign; shares change in percentage points."""
    if unit is Unit.SHARE:
        return voice.points(change, 2)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    shown = amount(abs(change), unit, voice=voice, words=words)
    return words.text("{sign}{amount}", sign=sign, amount=shown)


def confidence_name(confidence: float, *, voice: Voice) -> str:
    """Return a confidence with as many digits as keep it below 100 %."""
    digits = 0
    while round(confidence, digits + 2) >= 1 and digits < MOST_DIGITS:
        digits += 1
    return voice.percent(confidence, digits=digits)


def interval(
    low: float,
    high: float,
    unit: Unit,
    *,
    confidence: float,
    voice: Voice,
    words: Translator,
) -> str:
    """Return the two bounds of the interval of a value."""
    return words.text(
        "{confidence} interval {low} to {high}",
        confidence=confidence_name(confidence, voice=voice),
        low=amount(low, unit, voice=voice, words=words),
        high=amount(high, unit, voice=voice, words=words),
    )


def change_interval(
    low: float,
    high: float,
    unit: Unit,
    *,
    confidence: float,
    voice: Voice,
    words: Translator,
) -> str:
    """Return the two bounds of the interval of a change."""
    return words.text(
        "{confidence} interval of the change {low} to {high}",
        confidence=confidence_name(confidence, voice=voice),
        low=difference(low, unit, voice=voice, words=words),
        high=difference(high, unit, voice=voice, words=words),
    )


def day_name(day: date, *, voice: Voice, words: Translator) -> str:
    """Return a day with its weekday, e.g. `Sunday, 5 July`."""
    return words.text(
        "{weekday}, {day}", weekday=voice.weekday(day), day=voice.day_in_words(day)
    )
