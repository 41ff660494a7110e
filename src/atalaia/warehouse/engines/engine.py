"""What an engine promises: read files and small tables, answer in Arrow."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

import ibis
import pyarrow as pa

from atalaia.domain.errors import StateError

__all__ = ["Engine", "UnreadableFilesError"]


class Engine(Protocol):
    """Runs Ibis expressions over fact files; every engine gives the same numbers.

    All engines agree on this: instants are UTC to the microsecond, a division by
    zero is null, integers are exact, floats agree to 1e-9. Row order is promised
    only where the expression ends in `order_by`. Expressions are built from what
    `parquet` and `rows` return; a table of another engine cannot be mixed in.
    """

    name: ClassVar[str]

    def parquet(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of these files as a table of exactly `schema`.

        Columns are found by name: in the file, else in its path (`column=value`
        folders); one that is in neither is null, so that files written before a
        column existed stay readable. Columns outside `schema` are not read. No
        files give an empty table.

        Raises:
            UnreadableFilesError: a file is gone or is no Parquet.
        """
        ...

    def rows(self, table: pa.Table) -> ibis.Table:
        """Return a small in-memory table (reference data) for use in expressions."""
        ...

    def kept(self, expr: ibis.Table) -> ibis.Table:
        """Work the rows out now; the table holds them as long as anybody holds it.

        For what several questions rest on. Rows that do not fit in memory spill.
        """
        ...

    def read(self, expr: ibis.Table) -> pa.RecordBatchReader:
        """Run the expression; stream its rows in the expression's own schema.

        Each call has a cursor of its own: reads of several threads do not meet.
        """
        ...

    def close(self) -> None:
        """End the engine and whatever it started; its tables are gone."""
        ...


class UnreadableFilesError(StateError):
    """A fact file that a snapshot names cannot be read."""

    message = "The files of a table cannot be read: {reason}"
    next_step = (
        "Run 'atalaia warehouse snapshots' and use one that is retained; "
        "if the newest fails too, restore DATA from its backup."
    )
