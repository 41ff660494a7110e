"""`atalaia metrics list`."""

import json

from rich.table import Table

from atalaia.cli.metric_words import kind_name, unit_name
from atalaia.cli.options import Format
from atalaia.cli.terminal import InTerminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv
from atalaia.metrics.catalogue import CATALOGUE, catalogue_hash

__all__ = ["list_metrics"]


def list_metrics(*, format: Format = "table", terminal: InTerminal) -> None:  # noqa: A002 (the option is --format)
    """List the metrics of the catalogue.

    Each is defined once; 'atalaia metrics explain' reads one aloud.
    """
    rows = [
        (metric.id, metric.name.of(terminal.language), metric.kind, metric.unit)
        for metric in CATALOGUE.values()
    ]
    names = ("metric", "name", "kind", "unit")
    if format == "json":
        listed = [dict(zip(names, row, strict=True)) for row in rows]
        body = {
            "format": OUTPUT_FORMAT,
            "catalogue": catalogue_hash(),
            "metrics": listed,
        }
        terminal.out.print_json(json.dumps(body, ensure_ascii=False))
        return
    if format == "csv":
        print_csv(names, rows, terminal=terminal)
        return
    words = terminal.words
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for header in (
        words.text("Metric"),
        words.text("Name"),
        words.text("Kind"),
        words.text("Unit"),
    ):
        table.add_column(header)
    for metric in CATALOGUE.values():
        table.add_row(
            metric.id,
            metric.name.of(terminal.language),
            kind_name(metric, words=words),
            unit_name(metric, words=words),
        )
    terminal.out.print(table)
