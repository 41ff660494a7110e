"""What other programs read: CSV and JSON with a format version."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence

from atalaia.cli.terminal import Terminal

__all__ = ["OUTPUT_FORMAT", "print_csv", "print_text"]

OUTPUT_FORMAT = 1
"""The version of every JSON document that a command prints."""


def print_csv(
    names: Sequence[str], rows: Iterable[Sequence[object]], *, terminal: Terminal
) -> None:
    """Print rows as CSV, with a header line."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    print_text(written.getvalue(), terminal=terminal)


def print_text(text: str, *, terminal: Terminal) -> None:
    """Print text as it is: no wrapping, no mark-up, whatever the width."""
    out = terminal.out.file or sys.stdout
    out.write(text if text.endswith("\n") else f"{text}\n")
