"""One key figure in words: value, change with its word, interval, target, base."""

from collections.abc import Iterator, Sequence

from atalaia.domain.error_fields import said_field
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Figure, Happening, Word
from atalaia.reporting.contents.spoken import SpokenFigure
from atalaia.reporting.contents.wording.amounts import (
    amount,
    beside,
    change_interval,
    difference,
    interval,
)
from atalaia.reporting.contents.wording.trends import speak_trend

__all__ = ["WHOLE", "basis", "figure_name", "own_period", "speak_figure", "word_name"]

WHOLE = 0.995
"""From here on a share is told as 100 % and needs no words."""

# A weekday's article differs within a language, so each one is a sentence of its own.
AGAINST_MESSAGES = (
    "{difference} against Monday, {day}",
    "{difference} against Tuesday, {day}",
    "{difference} against Wednesday, {day}",
    "{difference} against Thursday, {day}",
    "{difference} against Friday, {day}",
    "{difference} against Saturday, {day}",
    "{difference} against Sunday, {day}",
)


def speak_figure(
    figure: Figure, *, marks: Sequence[Happening], voice: Voice, words: Translator
) -> SpokenFigure:
    """Put one figure into words; a line that does not apply stays empty."""
    has_word = figure.change is not None
    return SpokenFigure(
        code=figure.metric,
        name=figure_name(figure, words=words),
        period=own_period(figure, voice=voice, words=words),
        value=_value(figure, voice=voice, words=words),
        unit="" if figure.value is None else beside(figure.unit, words=words),
        change=_change(figure, voice=voice, words=words),
        word=word_name(figure.word, words=words) if has_word else "",
        word_kind=figure.word.name.lower() if has_word else "",
        interval=_interval(figure, voice=voice, words=words),
        no_interval=_no_interval(figure, words=words),
        target=_target(figure, voice=voice, words=words),
        base=_base(figure, voice=voice, words=words),
        status=_status(figure, voice=voice, words=words),
        reason=_reason(figure, words=words),
        caveats=tuple(_worst_case(figure, voice=voice, words=words)),
        trend=speak_trend(figure, marks=marks, voice=voice, words=words),
    )


def _worst_case(figure: Figure, *, voice: Voice, words: Translator) -> Iterator[str]:
    """Say how far the value could lie off for what nobody could review any more."""
    if figure.value is None or figure.worst_case is None:
        return
    low, high = figure.worst_case
    yield words.text(
        "Had all that nobody could review been right, or been wrong: {low} to {high}.",
        low=amount(low, figure.unit, voice=voice, words=words),
        high=amount(high, figure.unit, voice=voice, words=words),
    )


def figure_name(figure: Figure, *, words: Translator) -> str:
    """Return the metric's name, with the part of the whole that it is of."""
    name = figure.name.of(words.language)
    if figure.part is None:
        return name
    part = figure.part.of(words.language)
    return words.text("{name}: {part}", name=name, part=part)


def _reason(figure: Figure, *, words: Translator) -> str:
    if not figure.reason:
        return ""
    shown = {
        name: said_field(value, language=words.language)
        for name, value in figure.reason_fields.items()
    }
    return words.text(figure.reason, **shown)


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
    """Return the change, or why a value has none."""
    if figure.change is None:
        if figure.value is None or figure.change_reason is None:
            return ""
        return words.text(figure.change_reason)
    change = difference(figure.change, figure.unit, voice=voice, words=words)
    before = figure.compared_start
    if before != figure.compared_end:
        return words.text(
            "{difference} against the seven days before", difference=change
        )
    return words.text(
        AGAINST_MESSAGES[before.weekday()],
        difference=change,
        day=voice.day_in_words(before),
    )


def own_period(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """Return the days of a figure that covers more than the brief's day, else ""."""
    if figure.start == figure.end:
        return ""
    return words.text(
        "{count} days, {period}",
        count=voice.number((figure.end - figure.start).days + 1),
        period=voice.days(figure.start, figure.end),
    )


def basis(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """Return on how many cases a figure rests and how sure it is, for a sentence."""
    told = (
        _base(figure, voice=voice, words=words),
        _interval(figure, voice=voice, words=words),
    )
    return "; ".join(part for part in told if part)


def _base(figure: Figure, *, voice: Voice, words: Translator) -> str:
    return words.text("n = {count}", count=voice.number(figure.n, digits=0))


def _interval(figure: Figure, *, voice: Voice, words: Translator) -> str:
    """Return the interval of the value, else that of its change."""
    if figure.value is None:
        return ""
    if figure.low is not None and figure.high is not None:
        bounds = (figure.low, figure.high)
        return interval(
            *bounds,
            figure.unit,
            confidence=figure.confidence,
            voice=voice,
            words=words,
        )
    if figure.change_low is not None and figure.change_high is not None:
        bounds = (figure.change_low, figure.change_high)
        return change_interval(
            *bounds,
            figure.unit,
            confidence=figure.confidence,
            voice=voice,
            words=words,
        )
    return ""


def _no_interval(figure: Figure, *, words: Translator) -> str:
    """Return why no interval is shown; the change's reason also explains its word."""
    has_bounds = figure.low is not None or figure.change_low is not None
    if figure.value is None or has_bounds:
        return ""
    of_change = figure.change_reason if figure.change is not None else None
    reason = of_change or figure.interval_reason
    return words.text(reason) if reason else ""


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
