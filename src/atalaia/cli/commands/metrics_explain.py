"""`atalaia metrics explain`."""

from collections.abc import Sequence
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from atalaia.cli.metric_words import anchor_name, kind_name, unit_name
from atalaia.cli.terminal import InTerminal
from atalaia.language.catalogue import Translator
from atalaia.metrics.catalogue import metric_of
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.metric import Metric

__all__ = ["explain"]


def explain(
    metric: Annotated[str, Parameter(help="The metric, such as M10.")],
    *,
    terminal: InTerminal,
) -> None:
    """Read a metric aloud: what it counts, over what, when it is mature."""
    words, language = terminal.words, terminal.language
    found = metric_of(metric)
    terminal.out.print(f"[bold]{found.id}[/bold] {found.name.of(language)}")
    terminal.say(found.definition.of(language))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in _facts(found, words=words):
        table.add_row(label, value)
    terminal.out.print(table)
    for caveat in found.caveats:
        terminal.say(words.text(caveat))


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
