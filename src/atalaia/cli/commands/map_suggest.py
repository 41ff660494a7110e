"""`atalaia map suggest`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.cli.written import print_text
from atalaia.domain.reference import load_reference
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.suggest import Suggestion, Wish, suggest_mapping

__all__ = ["suggest"]


def suggest(
    path: Annotated[Path, Parameter(help="The file to read.")],
    *,
    table: Annotated[
        str | None,
        Parameter(help="The fact table to fill; found by the columns when left out."),
    ] = None,
    sheet: Annotated[
        str | None,
        Parameter(help="The sheet of a workbook; the one that fits best else."),
    ] = None,
    market: Annotated[
        str | None,
        Parameter(help="The market of all rows, such as BR, where no column says it."),
    ] = None,
    out: Annotated[
        Path | None,
        Parameter(help="Where to write the mapping; printed when left out."),
    ] = None,
    terminal: InTerminal,
) -> None:
    """Propose a mapping from a file's first rows, for you to correct.

    Required fields that no column gives stay open: the mapping does not load until
    you have said what they are.
    """
    words = terminal.words
    reference = load_reference(terminal.data / "reference")
    suggestion = suggest_mapping(
        path,
        reference=reference,
        words=words,
        wish=Wish(table=table, sheet=sheet, market=market),
    )
    if out is None:
        print_text(suggestion.text, terminal=terminal)
    else:
        replace_file(out, suggestion.text.encode())
        terminal.say(words.text("Mapping: {file}", file=out))
    _tell(suggestion, terminal=terminal)


def _tell(suggestion: Suggestion, *, terminal: Terminal) -> None:
    """Say on the error stream what the owner has to look at; the YAML goes to out."""
    words = terminal.words
    notes = {
        words.text("Fills the table {table}.", table=suggestion.table): True,
        words.text(
            "Required and not found: {fields}.",
            fields=", ".join(suggestion.missing),
        ): bool(suggestion.missing),
        words.text(
            "Columns that nothing takes: {columns}.",
            columns=", ".join(suggestion.unmatched),
        ): bool(suggestion.unmatched),
    }
    for note, is_told in notes.items():
        if is_told:
            terminal.err.print(note, markup=False)
