"""`atalaia warehouse snapshots`."""

from atalaia.cli.columns import figures, table, texts
from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import open_place
from atalaia.warehouse.snapshots import listed

__all__ = ["snapshots"]


def snapshots(*, terminal: InTerminal) -> None:
    """List the states of the warehouse that can still be read, the newest first."""
    words = terminal.words
    shown = table(
        texts(words.text("Snapshot")),
        texts(words.text("Taken at (UTC)")),
        figures(words.text("Tables")),
        texts(words.text("Note")),
    )
    for snapshot in listed(open_place(terminal.data)):
        shown.add_row(
            snapshot.id,
            f"{snapshot.taken_at:%Y-%m-%d %H:%M:%S}",
            str(len(snapshot.facts) + len(snapshot.derived)),
            snapshot.notes,
        )
    terminal.out.print(shown)
