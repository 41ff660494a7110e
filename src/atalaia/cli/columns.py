"""Tables on a terminal: words to the left, figures to the right, no lines."""

from collections.abc import Sequence

from rich.table import Column, Table

__all__ = ["figures", "filled", "table", "texts"]


def table(*columns: Column) -> Table:
    """Return an empty table that can be copied into a message as it stands."""
    return Table(*columns, box=None, header_style="dim", padding=(0, 2, 0, 0))


def filled(columns: Sequence[tuple[Column, Sequence[str]]]) -> Table:
    """Return a table of columns that are each given with their cells."""
    shown = table(*(column for column, _ in columns))
    for row in zip(*(cells for _, cells in columns), strict=True):
        shown.add_row(*row)
    return shown


def texts(header: str) -> Column:
    """Return a column of words; a long name is folded, never cut."""
    return Column(header, overflow="fold")


def figures(header: str) -> Column:
    """Return a column of numbers."""
    return Column(header, justify="right", overflow="fold")
