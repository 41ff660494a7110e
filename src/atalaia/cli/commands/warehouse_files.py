"""`atalaia warehouse files`."""

from datetime import date
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.options import Market
from atalaia.cli.terminal import InTerminal
from atalaia.cli.written import print_text
from atalaia.domain.reference import load_reference
from atalaia.warehouse import snapshots
from atalaia.warehouse.place import open_place
from atalaia.warehouse.tables import contract_of

__all__ = ["files"]


def files(
    table: Annotated[str, Parameter(help="A fact table or a derived table.")],
    *,
    market: Market = None,
    start: Annotated[
        date | None, Parameter(name="--from", help="First business date.")
    ] = None,
    end: Annotated[
        date | None, Parameter(name="--to", help="Last business date.")
    ] = None,
    terminal: InTerminal,
) -> None:
    """List the Parquet files of a table, for other engines to read.

    One path a line, of the latest snapshot only: a file that is not listed is not data.
    """
    place = open_place(terminal.data)
    snapshot = snapshots.latest(place)
    if table not in snapshot.derived:
        contract_of(table)
    if market is not None:
        load_reference(place.reference).markets.of(market)
    found = snapshots.files(
        place,
        snapshot,
        table,
        markets=None if market is None else (market,),
        dates=(start or date.min, end or date.max),
    )
    print_text("".join(f"{path}\n" for path in found) or "", terminal=terminal)
