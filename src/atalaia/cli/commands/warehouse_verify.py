"""`atalaia warehouse verify`."""

from collections.abc import Sequence

from rich.table import Table

from atalaia.cli.columns import figures, table, texts
from atalaia.cli.terminal import InTerminal
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.warehouse.place import open_place
from atalaia.warehouse.pseudonyms import known_pseudonymiser
from atalaia.warehouse.verification import PROBLEM_MESSAGES, TableReport
from atalaia.warehouse.verification import verify as look_through

__all__ = ["verify"]

BROKEN = 1


def verify(*, terminal: InTerminal) -> int:
    """Check that every file of every retained snapshot is there and whole.

    The key must be the one that the data was written with, and nobody who was erased
    may be in the tables again. The exit code is 1 when something is wrong.
    """
    place = open_place(terminal.data)
    known_pseudonymiser(terminal.key_file, place=place)
    reports = look_through(place, tombstone_file=terminal.tombstone_file)
    words = terminal.words
    terminal.out.print(_table(reports, words=words))
    for report in reports:
        for each in report.findings:
            problem = words.text(
                PROBLEM_MESSAGES[each.problem], found=each.found, wanted=each.wanted
            )
            terminal.say(f"{each.file}: {problem}")
    if all(report.is_whole for report in reports):
        terminal.say(words.text("Everything is as the snapshots say."))
        return 0
    return BROKEN


def _table(reports: Sequence[TableReport], *, words: Translator) -> Table:
    voice = Voice(language=words.language)
    shown = table(
        texts(words.text("Table")),
        figures(words.text("Files")),
        figures(words.text("Rows")),
        figures(words.text("To look at")),
    )
    for report in reports:
        shown.add_row(
            report.table,
            voice.number(report.files),
            voice.number(report.rows),
            voice.number(len(report.findings)),
        )
    return shown
