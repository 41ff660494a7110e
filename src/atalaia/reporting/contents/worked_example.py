"""One value of a metric, worked out from the data at hand."""

from collections.abc import Iterator

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.wording.amounts import amount, interval

__all__ = ["worked_example"]

HOUR_S = 3600
SUMMED = (Kind.ADDITIVE, Kind.PEOPLE)


def worked_example(answer: Answer, *, voice: Voice, words: Translator) -> str:
    """Return a few sentences about the best founded value of an answer."""
    known = [row for row in answer.rows if row.value is not None]
    if not known:
        reasons = {row.reason for row in answer.rows if row.reason}
        said = [words.text(reason) for reason in sorted(reasons)]
        return " ".join(
            (words.text("The data at hand give no value to work out."), *said)
        )
    best = max(known, key=lambda row: row.n)
    return " ".join(
        (
            _counted(best, answer.metric, voice=voice, words=words),
            *_how_sure(best, voice=voice, words=words),
            words.text("Data as of {day}.", day=voice.date(best.as_of.date())),
        )
    )


def _counted(
    row: MetricValue, metric: Metric, *, voice: Voice, words: Translator
) -> str:
    value = amount(row.value or 0.0, row.unit, voice=voice, words=words)
    period = voice.date_range(row.start, row.end)
    if row.denominator is None or metric.denominator is None:
        return words.text("For example, {period}: {value}.", period=period, value=value)
    above, below = _sides(row, metric, voice=voice, words=words)
    if metric.kind not in SUMMED:
        return words.text(
            "For example, {period}: a weight of {above} out of {below} gives {value}.",
            period=period,
            above=above,
            below=below,
            value=value,
        )
    return words.text(
        "For example, {period}: {above} over {below} gives {value}.",
        period=period,
        above=above,
        below=below,
        value=value,
    )


def _sides(
    row: MetricValue, metric: Metric, *, voice: Voice, words: Translator
) -> Iterator[str]:
    """Yield both sides as a reader divides them: time in hours, else in the unit."""
    # A mean of weights is told in the unit of its value: watch time in minutes.
    scale = metric.scale if metric.method is Method.WEIGHTED_MEAN else 1.0
    for value, measure in (
        (row.numerator * scale, metric.numerator),
        (row.denominator or 0.0, metric.denominator),
    ):
        column = measure.column if measure else None
        if column is not None and column.endswith("_s"):
            hours = voice.number(value / HOUR_S, digits=1)
            yield words.text("{hours} h", hours=hours)
        else:
            yield _count(value, voice=voice)


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
    said = words.text("n = {n}.", n=voice.number(row.n))
    return (said,) if row.no_interval_reason else (said, *_reason(row, words=words))


def _reason(row: MetricValue, *, words: Translator) -> tuple[str, ...]:
    return (words.text(row.reason),) if row.reason else ()


def _count(value: float, *, voice: Voice) -> str:
    """Return a count; weighted counts are not whole and show one digit."""
    return voice.number(value, digits=0 if float(value).is_integer() else 1)
