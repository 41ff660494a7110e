"""An answer as a table: value, interval, n and state, a line a cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from rich.table import Column

from atalaia.cli.columns import figures, filled, texts
from atalaia.cli.terminal import Terminal
from atalaia.domain.reference import Reference
from atalaia.estimation.estimate import Estimate
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Unit
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.metric_words import title
from atalaia.reporting.contents.wording.slice_words import dimension_header, slice_name
from atalaia.reporting.contents.wording.state_words import state_name

__all__ = ["answer_dimensions", "print_answer"]

CONFIDENCE = 0.95


def answer_dimensions(answer: Answer) -> tuple[str, ...]:
    """Return the dimensions that an answer is split by, in the order asked for."""
    return tuple(dict.fromkeys(name for row in answer.rows for name in row.dims))


def print_answer(answer: Answer, *, reference: Reference, terminal: Terminal) -> None:
    """Print a line a value; what all lines share stands above and below them."""
    words, voice = terminal.words, Voice(language=terminal.language)
    periods = [voice.date_range(row.start, row.end) for row in answer.rows]
    is_one_period = len(set(periods)) == 1
    name = title(answer.metric, words=words)
    terminal.say(" · ".join((name, *(periods[:1] if is_one_period else ()))))
    if answer.rows:
        columns = _columns(answer, reference=reference, voice=voice, words=words)
        if not is_one_period:
            columns = [(texts(words.text("Period")), periods), *columns]
        terminal.out.print(filled(columns))
    else:
        terminal.say(words.text("There is nothing to count over in this period."))
    for note in _notes(answer, voice=voice, words=words):
        terminal.read_out(f"· {note}")


def _notes(answer: Answer, *, voice: Voice, words: Translator) -> Iterator[str]:
    """Say what holds for all values: reasons, caveats, what is lacking or left out."""
    reasons = [row.reason or row.no_interval_reason or "" for row in answer.rows]
    for reason in dict.fromkeys(text for text in (*reasons, *answer.caveats) if text):
        yield words.text(reason)
    for each in answer.left_out:
        yield words.text(each.message, count=voice.number(each.count))
    lacking = {day for row in answer.rows for day in row.incomplete_days}
    if lacking:
        by_market = Counter(day.split()[0] for day in lacking).most_common()
        yield words.plural(
            "{count} day of a market is missing or only partly here: {markets}.",
            "{count} days of markets are missing or only partly here: {markets}.",
            len(lacking),
            markets=", ".join(f"{market} {n}" for market, n in by_market),
        )


def _columns(
    answer: Answer, *, reference: Reference, voice: Voice, words: Translator
) -> list[tuple[Column, Sequence[str]]]:
    """Return each column with its cells; those that would be empty are left out."""
    rows = answer.rows
    bounds = partial(_bounds, voice=voice, words=words)
    columns: list[tuple[Column, Sequence[str]]] = [
        (
            texts(dimension_header(dim, words=words)),
            [
                slice_name(dim, row.dims.get(dim, ""), reference=reference, words=words)
                for row in rows
            ],
        )
        for dim in answer_dimensions(answer)
    ]
    values = [_value(row, voice=voice, words=words) for row in rows]
    columns.append((figures(words.text("Value")), values))
    optional = {
        _interval_header(voice, words=words): [
            bounds(row.estimate.low, row.estimate.high, row.unit)
            if row.estimate
            else ""
            for row in rows
        ],
        words.text("Worst case"): [
            bounds(*row.worst_case, row.unit) if row.worst_case else "" for row in rows
        ],
        words.text("Positive agreement"): [
            _second(row.beside, voice=voice, words=words) for row in rows
        ],
    }
    columns += [
        (figures(name), cells) for name, cells in optional.items() if any(cells)
    ]
    columns.append((figures("n"), [voice.number(row.n) for row in rows]))
    states = [state_name(row, voice=voice, words=words) for row in rows]
    columns.append((texts(words.text("State")), states))
    return columns


def _interval_header(voice: Voice, *, words: Translator) -> str:
    confidence = voice.percent(CONFIDENCE, digits=0)
    return words.text("{confidence} interval", confidence=confidence)


def _value(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    if row.value is None:
        return words.text("no value")
    return amount(row.value, row.unit, voice=voice, words=words)


def _bounds(
    low: float | None,
    high: float | None,
    unit: Unit,
    *,
    voice: Voice,
    words: Translator,
) -> str:
    if low is None or high is None:
        return ""
    return words.text(
        "{low} to {high}",
        low=amount(low, unit, voice=voice, words=words),
        high=amount(high, unit, voice=voice, words=words),
    )


def _second(beside: Estimate | None, *, voice: Voice, words: Translator) -> str:
    """Return the figure that must be read with the value, a share with its bounds."""
    if beside is None or beside.value is None:
        return ""
    value = amount(beside.value, Unit.SHARE, voice=voice, words=words)
    bounds = _bounds(beside.low, beside.high, Unit.SHARE, voice=voice, words=words)
    return f"{value} ({bounds})" if bounds else value
