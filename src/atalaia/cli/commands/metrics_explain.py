"""`atalaia metrics explain`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from atalaia.cli.metric_words import (
    anchor_name,
    kind_name,
    unit_name,
)
from atalaia.cli.opening import known_metrics, moment, opened, reading_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import spoken
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.errors import QuestionError
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.pipeline.business_day import NoDayError, last_complete_day
from atalaia.reporting.contents.worked_example import worked_example
from atalaia.warehouse.place import NoDataError

__all__ = ["explain"]

EXAMPLE_DAYS = 28


def explain(
    metric: Annotated[str, Parameter(help="The metric, such as M10.")],
    *,
    now: Moment = None,
    terminal: InTerminal,
) -> None:
    """Read a metric aloud: what it counts, over what, and a value worked out."""
    words, language = terminal.words, terminal.language
    found = known_metrics(terminal).typed(metric)
    terminal.out.print(f"[bold]{found.id}[/bold] {found.name.of(language)}")
    terminal.read_out(found.definition.of(language))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in _facts(found, words=words):
        table.add_row(label, value)
    terminal.out.print(table)
    for caveat in found.caveats:
        terminal.read_out(words.text(caveat))
    terminal.read_out(_example(found, terminal=terminal, now=now))


def _example(metric: Metric, *, terminal: Terminal, now: str | None) -> str:
    """Work a value out of the last weeks at hand, or say why there is none."""
    try:
        at = moment(terminal, now=now)
        with opened(terminal) as installation:
            facts = reading_of(installation, as_of=at)
            last = last_complete_day(facts, now=at)
            first = last - timedelta(days=EXAMPLE_DAYS - 1)
            asked = Question(metric=metric.id, start=first, end=last)
            answer = evaluate(asked, facts, now=at)
    except (NoDataError, NoDayError, QuestionError) as without:
        why = spoken(without, words=terminal.words)
        return terminal.words.text("Without an example: {why}", why=why)
    voice = Voice(language=terminal.language)
    return worked_example(answer, voice=voice, words=terminal.words)


def _facts(metric: Metric, *, words: Translator) -> list[tuple[str, str]]:
    """Return what a reader asks of a definition, label and value."""
    none = words.text("none")
    return [
        (words.text("Version"), str(metric.version)),
        (words.text("Kind"), kind_name(metric, words=words)),
        (words.text("Unit"), unit_name(metric, words=words)),
        (words.text("Counted at"), anchor_name(metric, words=words)),
        (
            words.text("Mature after"),
            words.text("{days} days", days=metric.maturity_days),
        ),
        (words.text("Smallest n"), str(metric.min_n)),
        (words.text("Can be split by"), _dimensions(metric.dimensions, words=words)),
        (
            words.text("No mix split along"),
            _dimensions(metric.numerator_only, words=words) or none,
        ),
        (words.text("Read together with"), ", ".join(metric.guard_rails) or none),
        (
            words.text("Interval"),
            words.text(metric.no_interval_reason)
            if metric.no_interval_reason
            else words.text("Given with every value."),
        ),
    ]


def _dimensions(names: Sequence[str], *, words: Translator) -> str:
    """Return dimensions as --by takes them, each with what it means."""
    said = [(name, DIMENSION_NAMES[name].of(words.language)) for name in names]
    return ", ".join(
        name if name == text else f"{name} ({text})" for name, text in said
    )
