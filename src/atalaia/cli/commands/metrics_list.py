"""`atalaia metrics list`."""

import json

from atalaia.cli.columns import table, texts
from atalaia.cli.metric_words import kind_name, unit_name
from atalaia.cli.options import Format
from atalaia.cli.terminal import InTerminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
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
        text = json.dumps(body, ensure_ascii=False, indent=1)
        print_text(text, terminal=terminal)
        return
    if format == "csv":
        print_csv(names, rows, terminal=terminal)
        return
    words = terminal.words
    shown = table(
        texts(words.text("Metric")),
        texts(words.text("Name")),
        texts(words.text("Kind")),
        texts(words.text("Unit")),
    )
    for metric in CATALOGUE.values():
        shown.add_row(
            metric.id,
            metric.name.of(terminal.language),
            kind_name(metric, words=words),
            unit_name(metric, words=words),
        )
    terminal.out.print(shown)
