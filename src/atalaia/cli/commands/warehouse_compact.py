"""`atalaia warehouse compact`."""

from atalaia.cli.opening import moment
from atalaia.cli.options import Moment
from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.compaction import compact as compact_tables
from atalaia.warehouse.place import open_place

__all__ = ["compact"]


def compact(*, now: Moment = None, terminal: InTerminal) -> None:
    """Put many small files into few; every number stays the same."""
    receipt = compact_tables(open_place(terminal.data), now=moment(terminal, now=now))
    terminal.say(
        terminal.words.text(
            "{before} files became {after}.",
            before=receipt.files_before,
            after=receipt.files_after,
        )
    )
