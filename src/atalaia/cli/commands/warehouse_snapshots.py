"""`atalaia warehouse snapshots`."""

from rich.table import Table

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import open_place
from atalaia.warehouse.snapshots import listed

__all__ = ["snapshots"]


def snapshots(*, terminal: InTerminal) -> None:
    """List the states of the warehouse that can still be read, the newest first."""
    words = terminal.words
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for header in (
        words.text("Snapshot"),
        words.text("Taken at (UTC)"),
        words.text("Tables"),
        words.text("Note"),
    ):
        table.add_column(header, overflow="fold")
    for snapshot in listed(open_place(terminal.data)):
        table.add_row(
            snapshot.id,
            f"{snapshot.taken_at:%Y-%m-%d %H:%M:%S}",
            str(len(snapshot.facts) + len(snapshot.derived)),
            snapshot.notes,
        )
    terminal.out.print(table)
