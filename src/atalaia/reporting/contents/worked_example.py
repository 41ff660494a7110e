"""One value of a metric, worked out from the data at hand."""

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.wording.amounts import amount, interval

__all__ = ["worked_example"]


def worked_example(answer: Answer, *, voice: Voice, words: Translator) -> str:
    """Return a sentence or two about the best founded value of an answer."""
    known = [row for row in answer.rows if row.value is not None]
    if not known:
        return words.text("The data at hand give no value to work out.")
    best = max(known, key=lambda row: row.n)
    return " ".join(
        (
            _counted(best, voice=voice, words=words),
            *_how_sure(best, voice=voice, words=words),
        )
    )


def _counted(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    value = amount(row.value or 0.0, row.unit, voice=voice, words=words)
    period = voice.date_range(row.start, row.end)
    if row.numerator is None or row.denominator is None:
        return words.text("For example, {period}: {value}.", period=period, value=value)
    return words.text(
        "For example, {period}: {above} over {below} gives {value}.",
        period=period,
        above=_count(row.numerator, voice=voice),
        below=_count(row.denominator, voice=voice),
        value=value,
    )


def _how_sure(row: MetricValue, *, voice: Voice, words: Translator) -> tuple[str, ...]:
    """Return the n with its interval or, without one, the reason."""
    estimate = row.estimate
    if estimate is not None and estimate.low is not None and estimate.high is not None:
        bounds = interval(
            estimate.low,
            estimate.high,
            row.unit,
            confidence=estimate.confidence,
            voice=voice,
            words=words,
        )
        return (
            words.text("n = {n}, {interval}.", n=voice.number(row.n), interval=bounds),
        )
    reason = row.no_interval_reason
    said = (words.text("n = {n}.", n=voice.number(row.n)),)
    return (*said, words.text(reason)) if reason else said


def _count(value: float, *, voice: Voice) -> str:
    """Return a count; weighted counts are not whole and show one digit."""
    return voice.number(value, digits=0 if float(value).is_integer() else 1)
