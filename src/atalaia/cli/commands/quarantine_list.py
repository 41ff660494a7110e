"""`atalaia quarantine list`."""

from rich.table import Table

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.ingest.faults import REASON_MESSAGES
from atalaia.warehouse.ingest.waiting import list_quarantine as refused_rows
from atalaia.warehouse.place import open_place

__all__ = ["list_quarantine"]


def list_quarantine(*, terminal: InTerminal) -> None:
    """List the rows that ingest refused, by file, table and reason."""
    words = terminal.words
    groups = refused_rows(open_place(terminal.data))
    if not groups:
        terminal.say(words.text("No row is in quarantine."))
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for header in (words.text("File"), words.text("Facts")):
        table.add_column(header, overflow="fold")
    table.add_column(words.text("Rows"), justify="right")
    table.add_column(words.text("First line"), justify="right")
    for header in (words.text("Field"), words.text("Reason")):
        table.add_column(header, overflow="fold")
    for group in groups:
        table.add_row(
            group.file,
            group.table,
            f"{group.rows:,}",
            str(group.first_line),
            group.field,
            words.text(REASON_MESSAGES[group.reason]),
        )
    terminal.out.print(table)
