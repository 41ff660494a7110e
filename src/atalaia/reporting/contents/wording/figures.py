"""One key figure in words: value, change with its word, interval, target, base."""

from collections.abc import Iterable

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Figure, Point, Word
from atalaia.reporting.contents.spoken import SpokenFigure, Table
from atalaia.reporting.contents.wording.amounts import (
    amount,
    day_name,
    difference,
    interval,
)

__all__ = ["own_period", "speak_figure", "word_name"]

WHOLE = 0.995
"""From here on a share is told as 100 % and needs no words."""


def speak_figure(figure: Figure, *, voice: Voice, words: Translator) -> SpokenFigure:
    """Put one figure into words; a line that does not apply stays empty."""
    return SpokenFigure(
        code=figure.metric,
        name=figure.name.of(words.language),
        period=own_period(figure, voice=voice),
        value=_value(figure, voice=voice, words=words),
        change=_change(figure, voice=voice, words=words),
        word=word_name(figure.word, words=words) if figure.change is not None else "",
        word_kind=figure.word.name.lower() if figure.change is not None else "",
        interval=_interval(figure, voice=voice, words=words),
        target=_target(figure, voice=voice, words=words),
        base=words.text("n = {count}", count=voice.number(figure.n, digits=0)),
        status=_status(figure, voice=voice, words=words),
        reason=_reason(figure, words=words),
        says=_says(figure, voice=voice, words=words),
        last=_last(figure, voice=voice, words=words),
        table=_table(figure, voice=voice, words=words),
        figure=figure,
    )


def _reason(figure: Figure, *, words: Translator) -> str:
    if not figure.reason:
        return ""
    shown = {name: shown_field(value) for name, value in figure.reason_fields.items()}
    return words.text(figure.reason, **shown)


def shown_field(value: object) -> str:
    """Return a field of an error as text; lists are told with commas."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return ", ".join(str(item) for item in value)


def word_name(word: Word, *, words: Translator) -> str:
    """Return `noise`, `real change` or `cannot tell yet`."""
    names = {
        Word.NOISE: words.text("noise"),
        Word.REAL: words.text("real change"),
        Word.UNCLEAR: words.text("cannot tell yet"),
    }
    return names[word]


def _value(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if figure.value is None:
        return words.text("no value")
    return amount(figure.value, figure.unit, voice=voice, words=words)


def _change(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if figure.change is None:
        return ""
    return words.text(
        "{difference} against {period}",
        difference=difference(figure.change, figure.unit, voice=voice, words=words),
        period=_period(figure, voice=voice, words=words),
    )


def _period(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if figure.compared_start == figure.compared_end:
        return day_name(figure.compared_start, voice=voice, words=words)
    return voice.date_range(figure.compared_start, figure.compared_end)


def own_period(figure: Figure, *, voice: Voice) -> str:
    """Return the days of a figure that covers more than the brief's day, else ""."""
    if figure.start == figure.end:
        return ""
    return voice.date_range(figure.start, figure.end)


def _interval(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if figure.low is not None and figure.high is not None:
        bounds = (figure.low, figure.high)
        return interval(*bounds, figure.unit, voice=voice, words=words)
    if figure.change_low is not None and figure.change_high is not None:
        low, high = figure.change_low, figure.change_high
        return words.text(
            "95 % interval of the change {low} to {high}",
            low=difference(low, figure.unit, voice=voice, words=words),
            high=difference(high, figure.unit, voice=voice, words=words),
        )
    return words.text(figure.interval_reason) if figure.interval_reason else ""


def _target(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if figure.target is None:
        return ""
    shown = amount(figure.target, figure.unit, voice=voice, words=words)
    return words.text("target {target}", target=shown)


def _status(figure: Figure, *, voice: Voice, words: Translator) -> str:
    if not figure.is_provisional:
        return ""
    if figure.completeness is None or figure.completeness >= WHOLE:
        return words.text("provisional")
    return words.text(
        "provisional, {share} complete",
        share=voice.percent(figure.completeness, digits=0),
    )


def _says(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """The sentence above the chart, which is also its text for screen readers."""
    seen = [point.value for point in figure.trend if point.value is not None]
    if not seen:
        return ""
    fields = {
        "name": figure.name.of(words.language),
        "count": voice.number(len(figure.trend)),
        "low": amount(min(seen), figure.unit, voice=voice, words=words),
        "high": amount(max(seen), figure.unit, voice=voice, words=words),
        "last": amount(seen[-1], figure.unit, voice=voice, words=words),
    }
    if figure.start == figure.end:
        return words.text(
            "{name}, last {count} days: lowest {low}, highest {high}, last {last}.",
            **fields,
        )
    return words.text(
        "{name}, last {count} times seven days: lowest {low}, highest {high}, "
        "last {last}.",
        **fields,
    )


def _last(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """The label beside the last point of the chart."""
    seen = [point.value for point in figure.trend if point.value is not None]
    return amount(seen[-1], figure.unit, voice=voice, words=words) if seen else ""


def _table(figure: Figure, *, voice: Voice, words: Translator) -> Table:
    has_interval = any(point.low is not None for point in figure.trend)
    headers = [words.text("Day"), words.text("Value"), words.text("State")]
    rows = [_row(p, figure=figure, voice=voice, words=words) for p in figure.trend]
    if has_interval:
        headers.insert(2, words.text("95 % interval"))
        for row, point in zip(rows, figure.trend, strict=True):
            row.insert(2, _bounds(point, figure=figure, voice=voice, words=words))
    return Table(
        caption=figure.name.of(words.language),
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
        numeric=frozenset({1, 2} if has_interval else {1}),
    )


def _row(point: Point, *, figure: Figure, voice: Voice, words: Translator) -> list[str]:
    if point.value is None:
        return [voice.day_and_month(point.day), "–", words.text("no value")]
    shown = amount(point.value, figure.unit, voice=voice, words=words)
    is_open = point.is_provisional
    state = words.text("provisional") if is_open else words.text("mature")
    return [voice.day_and_month(point.day), shown, state]


def _bounds(point: Point, *, figure: Figure, voice: Voice, words: Translator) -> str:
    if point.low is None or point.high is None:
        return "–"
    return words.text(
        "{low} to {high}",
        low=amount(point.low, figure.unit, voice=voice, words=words),
        high=amount(point.high, figure.unit, voice=voice, words=words),
    )
