"""A split change in words: both sides, the change, what each slice adds to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from atalaia.domain.reference import Reference
from atalaia.explain.why import Explanation
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question
from atalaia.metrics.value import MetricValue
from atalaia.reporting.contents.brief import Word
from atalaia.reporting.contents.why_figures import Line, Sheet
from atalaia.reporting.contents.wording.amounts import (
    amount,
    change_interval,
    difference,
)
from atalaia.reporting.contents.wording.figures import word_name
from atalaia.reporting.contents.wording.slice_words import (
    dimension_header,
    slice_name,
)
from atalaia.reporting.contents.wording.state_words import state_name

__all__ = [
    "PART_MESSAGES",
    "Speaker",
    "added_of",
    "change_told",
    "line_name",
    "parts_title",
    "sides_told",
    "slices_header",
    "speaker_for",
    "value_told",
    "why_notes",
]

PERIOD_MESSAGES = ("Before", "After")
SLICE_MESSAGES = ("Against", "Here")
PART_MESSAGES = {"volume": "Volume", "mix": "Mix", "rate": "Rate", "total": "Adds"}
IN_UNIT_MESSAGES = (
    "What each slice adds to the change, in percentage points:",
    "What each slice adds to the change, in hours:",
    "What each slice adds to the change, in minutes:",
    "What each slice adds to the change, in seconds:",
    "What each slice adds to the change:",
)
NOTE_MESSAGES = ("Each creator stands in the slice where they were last active.",)
MEANING_MESSAGES = {
    "volume": "Volume: there was more or less to count over in all.",
    "mix": "Mix: the slice's share of the whole grew or shrank.",
    "rate": "Rate: the slice's own figure rose or fell.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who reads, by which names; `labels` are those of the two sides."""

    reference: Reference
    voice: Voice
    words: Translator
    labels: tuple[str, str]


def speaker_for(
    told: Explanation, *, reference: Reference, voice: Voice, words: Translator
) -> Speaker:
    """Return who reads, with the names of the two sides."""
    before, after = told.sides
    is_one_period = (before.start, before.end) == (after.start, after.end)
    labels = SLICE_MESSAGES if is_one_period else PERIOD_MESSAGES
    return Speaker(
        reference=reference,
        voice=voice,
        words=words,
        labels=(words.text(labels[0]), words.text(labels[1])),
    )


def parts_title(sheet: Sheet, *, speaker: Speaker) -> str:
    """Return the sentence above the slices: the unit of what they add."""
    return speaker.words.text(IN_UNIT_MESSAGES[sheet.unit_rank])


def slices_header(told: Explanation, *, speaker: Speaker) -> str:
    """Return the header of the column that names the slices."""
    words = speaker.words
    return " · ".join(dimension_header(name, words=words) for name in told.along)


def sides_told(told: Explanation, *, speaker: Speaker) -> list[tuple[str, ...]]:
    """Return for each side its name, days and slice, value, n and state."""
    sides = zip(told.sides, (told.change.before, told.change.after), strict=True)
    return [
        (label, *_side(question, value, speaker=speaker))
        for label, (question, value) in zip(speaker.labels, sides, strict=True)
        if value is not None
    ]


def _side(question: Question, row: MetricValue, *, speaker: Speaker) -> tuple[str, ...]:
    """Return the days and slice, the value and its state."""
    voice, words = speaker.voice, speaker.words
    named = partial(slice_name, reference=speaker.reference, words=words)
    slices = [named(name, value) for name, value in question.where.items()]
    return (
        " · ".join((voice.date_range(question.start, question.end), *slices)),
        amount(row.value or 0.0, row.unit, voice=voice, words=words),
        words.text("n = {n}", n=voice.number(row.n)),
        state_name(row, voice=voice, words=words),
    )


def change_told(told: Explanation, *, speaker: Speaker) -> str:
    """Return the change, how sure it is, and the word for it."""
    change, unit = told.change, told.metric.unit
    voice, words = speaker.voice, speaker.words
    value = difference(change.value or 0.0, unit, voice=voice, words=words)
    word = word_name(Word(change.word), words=words)
    estimate = change.estimate
    if estimate is None or estimate.low is None or estimate.high is None:
        said = words.text("Change: {value} ({word}).", value=value, word=word)
        return f"{said} {words.text(change.reason)}" if change.reason else said
    bounds = change_interval(
        estimate.low,
        estimate.high,
        unit,
        confidence=estimate.confidence,
        voice=voice,
        words=words,
    )
    return words.text(
        "Change: {value} ({word}; {interval}).",
        value=value,
        word=word,
        interval=bounds,
    )


def line_name(line: Line, told: Explanation, *, speaker: Speaker) -> str:
    """Return what a line is of: a slice, all smaller ones, or the whole."""
    words = speaker.words
    if line.is_total:
        return words.text("All")
    if line.slice is None:
        return words.plural("{count} other", "{count} others", line.others)
    named = [
        slice_name(dimension, value, reference=speaker.reference, words=words)
        for dimension, value in zip(told.along, line.slice, strict=True)
    ]
    return " · ".join(named)


def value_told(value: float | None, told: Explanation, *, speaker: Speaker) -> str:
    """Return a slice's own value; a dash where it has no base."""
    if value is None:
        return "–"
    return amount(value, told.metric.unit, voice=speaker.voice, words=speaker.words)


def added_of(value: float, sheet: Sheet, speaker: Speaker) -> str:
    """Return what a slice adds, with its sign and the digits of the sheet."""
    return speaker.voice.signed(value, sheet.digits)


def why_notes(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Iterator[str]:
    """Yield what the parts mean, the caveats, and what is lacking."""
    words = speaker.words
    for part in sheet.parts:
        if part in MEANING_MESSAGES:
            yield words.text(MEANING_MESSAGES[part])
    if sheet.counts:
        yield _counted(sheet.counts, told, speaker=speaker)
    if told.metric.kind is Kind.PEOPLE and told.metric.denominator is not None:
        yield words.text(NOTE_MESSAGES[0])
    for caveat in told.metric.caveats:
        yield words.text(caveat)
    yield from _lacking(
        [told.change.before, told.change.after], words=words, voice=speaker.voice
    )


def _counted(
    counts: Mapping[str, float], told: Explanation, *, speaker: Speaker
) -> str:
    """Say how the number counted moved, behind a ratio."""
    voice = speaker.voice
    shown = {name: voice.signed(value) for name, value in counts.items()}
    sides = (told.change.before, told.change.after)
    first, last = (voice.number(side.numerator) if side else "" for side in sides)
    return speaker.words.text(
        "What is counted went from {first} to {last}: {volume} by volume, {mix} by mix,"
        " {rate} by rate.",
        first=first,
        last=last,
        **shown,
    )


def _lacking(
    sides: Sequence[MetricValue | None], *, words: Translator, voice: Voice
) -> Iterator[str]:
    days = {day for side in sides if side is not None for day in side.incomplete_days}
    if days:
        yield words.plural(
            "{number} day of a market is missing or only partly here on either side.",
            "{number} days of markets are missing or only partly here on either side.",
            len(days),
            number=voice.number(len(days)),
        )
