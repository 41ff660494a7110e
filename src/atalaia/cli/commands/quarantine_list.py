"""`atalaia quarantine list`."""

from collections.abc import Iterable
from itertools import groupby

from rich.table import Table

from atalaia.cli.columns import figures, table, texts
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.cli.waiting_words import reason_text, values_shown
from atalaia.domain.markets import Markets
from atalaia.domain.reference import load_reference
from atalaia.language.format import Voice
from atalaia.warehouse.ingest.waiting import QuarantineGroup
from atalaia.warehouse.ingest.waiting import list_quarantine as refused_rows
from atalaia.warehouse.place import open_place

__all__ = ["list_quarantine"]


def list_quarantine(*, terminal: InTerminal) -> None:
    """List the rows that ingest refused, by file, table and reason."""
    place = open_place(terminal.data)
    groups = refused_rows(place)
    if not groups:
        terminal.say(terminal.words.text("No row is in quarantine."))
        return
    markets = load_reference(place.reference).markets
    for file, alike in groupby(groups, key=lambda group: group.file):
        terminal.say(file)
        terminal.out.print(_table(alike, markets=markets, terminal=terminal))


def _table(
    groups: Iterable[QuarantineGroup], *, markets: Markets, terminal: Terminal
) -> Table:
    """Return a file's groups; its name stands above, where it is never broken."""
    words, voice = terminal.words, Voice(language=terminal.language)
    shown = table(
        texts(words.text("Facts")),
        figures(words.text("Rows")),
        figures(words.text("First line")),
        texts(words.text("Field")),
        texts(words.text("Value")),
        texts(words.text("Reason")),
    )
    for group in groups:
        shown.add_row(
            group.table,
            voice.number(group.rows),
            str(group.first_line),
            group.field,
            values_shown(group),
            reason_text(group, markets=markets, words=words),
        )
    return shown
