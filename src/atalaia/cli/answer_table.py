"""An answer as a table: value, interval, n and state, a line a cell."""

from collections.abc import Sequence

from rich.table import Table

from atalaia.cli.columns import figures, table, texts
from atalaia.cli.terminal import Terminal
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.wording.amounts import amount

__all__ = ["answer_dimensions", "print_answer"]

CONFIDENCE = 0.95
AS_GOOD_AS_COMPLETE = 0.995
"""From here on a share of 100 % would be shown, which says nothing."""


def answer_dimensions(answer: Answer) -> tuple[str, ...]:
    """Return the dimensions that an answer is split by, in the order asked for."""
    return tuple(dict.fromkeys(name for row in answer.rows for name in row.dims))


def print_answer(answer: Answer, *, terminal: Terminal) -> None:
    """Print a line a value; what all lines share stands above and below them."""
    words, voice = terminal.words, Voice(language=terminal.language)
    periods = [voice.date_range(row.start, row.end) for row in answer.rows]
    is_one_period = len(set(periods)) == 1
    name = f"{answer.metric.id} {answer.metric.name.of(terminal.language)}"
    terminal.say(" · ".join((name, *(periods[:1] if is_one_period else ()))))
    if answer.rows:
        beside = () if is_one_period else periods
        terminal.out.print(_table(answer, periods=beside, voice=voice, words=words))
    else:
        terminal.say(words.text("There is nothing to count over in this period."))
    reasons = [row.reason or row.no_interval_reason or "" for row in answer.rows]
    for reason in dict.fromkeys(text for text in (*reasons, *answer.caveats) if text):
        terminal.read_out(f"· {words.text(reason)}")


def _table(
    answer: Answer, *, periods: Sequence[str], voice: Voice, words: Translator
) -> Table:
    """Return a line a value, with its period in front where periods are given."""
    dims = answer_dimensions(answer)
    shown = table(
        *([texts(words.text("Period"))] if periods else []),
        *(texts(dim) for dim in dims),
        figures(words.text("Value")),
        *([figures(_interval_header(voice, words=words))] * _has_bounds(answer)),
        figures("n"),
        texts(words.text("State")),
    )
    for nth, row in enumerate(answer.rows):
        shown.add_row(
            *periods[nth : nth + 1],
            *(row.dims.get(dim, "") for dim in dims),
            _value(row, voice=voice, words=words),
            *([_bounds(row, voice=voice, words=words)] * _has_bounds(answer)),
            voice.number(row.n),
            _state(row, voice=voice, words=words),
        )
    return shown


def _interval_header(voice: Voice, *, words: Translator) -> str:
    confidence = voice.percent(CONFIDENCE, digits=0)
    return words.text("{confidence} interval", confidence=confidence)


def _value(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    if row.value is None:
        return words.text("no value")
    return amount(row.value, row.unit, voice=voice, words=words)


def _has_bounds(answer: Answer) -> bool:
    return any(row.estimate and row.estimate.low is not None for row in answer.rows)


def _bounds(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    estimate = row.estimate
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    return words.text(
        "{low} to {high}",
        low=amount(estimate.low, row.unit, voice=voice, words=words),
        high=amount(estimate.high, row.unit, voice=voice, words=words),
    )


def _state(row: MetricValue, *, voice: Voice, words: Translator) -> str:
    if row.maturity == "mature":
        return words.text("mature")
    if row.completeness is None or row.completeness >= AS_GOOD_AS_COMPLETE:
        return words.text("provisional")
    share = voice.percent(row.completeness, digits=0)
    return words.text("provisional, {share} complete", share=share)
