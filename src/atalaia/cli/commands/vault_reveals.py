"""`atalaia vault reveals`."""

from rich.table import Table

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import open_place
from atalaia.warehouse.vault import open_vault

__all__ = ["reveals"]

_HEADER_MESSAGES = ("When", "Who asked", "Why", "Person (digest)")


def reveals(*, terminal: InTerminal) -> None:
    """List every reveal: when, by whom and why; the person is a digest.

    It is refused when an entry was altered by hand.
    """
    words = terminal.words
    vault = open_vault(terminal.vault_file, place=open_place(terminal.data))
    found = vault.reveals()
    if not found:
        terminal.say(words.text("Nobody was revealed."))
        return
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for header in _HEADER_MESSAGES:
        table.add_column(words.text(header), overflow="fold")
    for each in found:
        when = each.at.isoformat(timespec="seconds")
        table.add_row(when, each.by, each.why, each.digest[:16])
    terminal.out.print(table)
