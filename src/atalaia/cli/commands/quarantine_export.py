"""`atalaia quarantine export`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.ingest.waiting import export_quarantine
from atalaia.warehouse.place import open_place

__all__ = ["export"]


def export(
    *,
    out: Annotated[Path, Parameter(help="The CSV file to write.")],
    table: Annotated[
        str | None, Parameter(help="Only rows meant for this fact table.")
    ] = None,
    reason: Annotated[
        str | None, Parameter(help="Only rows refused for this reason.")
    ] = None,
    terminal: InTerminal,
) -> None:
    """Write refused rows to a CSV file, to be mended by hand.

    People are pseudonyms in it and may stay so. Mend the cells, then take the file in
    with 'atalaia quarantine mend'.
    """
    count = export_quarantine(
        open_place(terminal.data), out=out, table=table, reason=reason
    )
    terminal.say(
        terminal.words.plural(
            "{count} row written to {file}.",
            "{count} rows written to {file}.",
            count,
            file=out,
        )
    )
