"""A split change as a table: both sides, the change, what each slice adds to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rich.table import Table

from atalaia.cli.columns import figures, filled, texts
from atalaia.cli.metric_words import title
from atalaia.cli.slice_words import dimension_header, slice_name
from atalaia.cli.state_words import state_name
from atalaia.cli.terminal import Terminal
from atalaia.cli.why_figures import Line, Sheet, sheet_of
from atalaia.domain.reference import Reference
from atalaia.explain.why import Explanation
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question
from atalaia.metrics.value import MetricValue
from atalaia.reporting.contents.brief import Word
from atalaia.reporting.contents.wording.amounts import (
    amount,
    change_interval,
    difference,
)
from atalaia.reporting.contents.wording.figures import word_name

__all__ = ["print_why"]

NARROW = 60
"""Below so many columns a slice takes lines of its own."""
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


def print_why(told: Explanation, *, reference: Reference, terminal: Terminal) -> None:
    """Print the change, then its parts, then what the words mean."""
    words, voice = terminal.words, Voice(language=terminal.language)
    before, after = told.sides
    is_one_period = (before.start, before.end) == (after.start, after.end)
    labels = SLICE_MESSAGES if is_one_period else PERIOD_MESSAGES
    speaker = Speaker(
        reference=reference,
        voice=voice,
        words=words,
        labels=(words.text(labels[0]), words.text(labels[1])),
    )
    sheet = sheet_of(told)
    terminal.read_out(title(told.metric, words=words))
    is_narrow = terminal.out.width < NARROW
    sides = _sides(told, speaker=speaker)
    terminal.out.print(
        *([" · ".join(side) for side in sides] if is_narrow else [_beside(sides)]),
        sep="\n",
        markup=False,
    )
    terminal.read_out(_change(told, speaker=speaker))
    terminal.out.print()
    terminal.read_out(words.text(IN_UNIT_MESSAGES[sheet.unit_rank]))
    if is_narrow:
        for line in _stacked(told, sheet, speaker=speaker):
            terminal.read_out(line)
    else:
        terminal.out.print(_parts(told, sheet, speaker=speaker))
    for note in _notes(told, sheet, speaker=speaker):
        terminal.read_out(f"· {note}")


def _beside(sides: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for side in sides:
        table.add_row(*side)
    return table


def _sides(told: Explanation, *, speaker: Speaker) -> list[tuple[str, ...]]:
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


def _change(told: Explanation, *, speaker: Speaker) -> str:
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


def _parts(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Table:
    words = speaker.words
    headers = [dimension_header(name, words=words) for name in told.along]
    names = [_name(line, told, speaker=speaker) for line in sheet.lines]
    befores = [_own(line.before, told, speaker=speaker) for line in sheet.lines]
    afters = [_own(line.after, told, speaker=speaker) for line in sheet.lines]
    columns = [
        (texts(" · ".join(headers)), names),
        (figures(speaker.labels[0]), befores),
        (figures(speaker.labels[1]), afters),
        *(
            (
                figures(words.text(PART_MESSAGES[part])),
                [_signed(line.adds[part], sheet, speaker) for line in sheet.lines],
            )
            for part in sheet.parts
        ),
    ]
    return filled(columns)


def _stacked(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Iterator[str]:
    """Yield two lines a slice, for a screen that has no room for columns."""
    own = [part for part in sheet.parts if part != "total"]
    words = speaker.words
    for line in sheet.lines:
        before = _own(line.before, told, speaker=speaker)
        after = _own(line.after, told, speaker=speaker)
        name = _name(line, told, speaker=speaker)
        yield words.text(
            "{slice}: {before} → {after} ({adds})",
            slice=name,
            before=before,
            after=after,
            adds=_signed(line.adds["total"], sheet, speaker),
        )
        adds = [
            f"{words.text(PART_MESSAGES[part])} "
            f"{_signed(line.adds[part], sheet, speaker)}"
            for part in own
        ]
        yield "  " + " · ".join(adds)


def _name(line: Line, told: Explanation, *, speaker: Speaker) -> str:
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


def _own(value: float | None, told: Explanation, *, speaker: Speaker) -> str:
    if value is None:
        return "–"
    return amount(value, told.metric.unit, voice=speaker.voice, words=speaker.words)


def _signed(value: float, sheet: Sheet, speaker: Speaker) -> str:
    return speaker.voice.signed(value, sheet.digits)


def _notes(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Iterator[str]:
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
