"""`atalaia metrics explain`."""

from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from atalaia.cli.terminal import InTerminal
from atalaia.language.catalogue import Translator
from atalaia.metrics.catalogue import metric_of
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
        (words.text("Kind"), metric.kind),
        (words.text("Unit"), metric.unit),
        (words.text("Counted at"), metric.anchor),
        (
            words.text("Mature after"),
            words.text("{days} days", days=metric.maturity_days),
        ),
        (words.text("Smallest n"), str(metric.min_n)),
        (words.text("Can be split by"), ", ".join(metric.dimensions)),
        (
            words.text("No mix split along"),
            ", ".join(metric.numerator_only) or none,
        ),
        (words.text("Read together with"), ", ".join(metric.guard_rails) or none),
        (
            words.text("Interval"),
            words.text(metric.no_interval_reason or "Given with every value."),
        ),
    ]
