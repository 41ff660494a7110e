"""`atalaia metrics list`."""

import json

from atalaia.cli.columns import filled, texts
from atalaia.cli.opening import known_metrics
from atalaia.cli.options import Format
from atalaia.cli.terminal import InTerminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.metrics.definitions import Definitions
from atalaia.reporting.contents.wording.metric_words import kind_name, unit_name

__all__ = ["list_metrics"]


def list_metrics(*, format: Format = "table", terminal: InTerminal) -> None:  # noqa: A002 (the option is --format)
    """List the metrics of the catalogue and those that this installation adds.

    Each is defined once; 'atalaia metrics explain' reads one aloud.
    """
    known = known_metrics(terminal)
    rows = [
        (each.id, each.name.of(terminal.language), each.kind, each.unit, each.file)
        for each in known.by_id.values()
    ]
    names = ("metric", "name", "kind", "unit", "file")
    if format == "json":
        listed = [dict(zip(names, row, strict=True)) for row in rows]
        body = {
            "format": OUTPUT_FORMAT,
            "catalogue": known.digest,
            "metrics": listed,
        }
        text = json.dumps(body, ensure_ascii=False, indent=1)
        print_text(text, terminal=terminal)
    elif format == "csv":
        print_csv(names, rows, terminal=terminal)
    else:
        _print_table(known, terminal=terminal)


def _print_table(known: Definitions, *, terminal: InTerminal) -> None:
    """Print a line a metric; where some are the installation's own, their file too."""
    words, metrics = terminal.words, tuple(known.by_id.values())
    columns = [
        (texts(words.text("Metric")), [metric.id for metric in metrics]),
        (
            texts(words.text("Name")),
            [metric.name.of(terminal.language) for metric in metrics],
        ),
        (
            texts(words.text("Kind")),
            [kind_name(metric, words=words) for metric in metrics],
        ),
        (
            texts(words.text("Unit")),
            [unit_name(metric, words=words) for metric in metrics],
        ),
    ]
    files = [metric.file for metric in metrics]
    if any(files):
        columns.append((texts(words.text("Own, from")), files))
    terminal.out.print(filled(columns))
