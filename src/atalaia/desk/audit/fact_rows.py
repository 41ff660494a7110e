"""Rows that the desk publishes, in the form of their fact table's contract."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import pyarrow as pa

from atalaia.desk.shell.errors import DeskError
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract, Field, Kind

__all__ = ["UnpublishableRowError", "check_row", "table_of"]

_INSTANT = Kind.INSTANT.arrow


class UnpublishableRowError(DeskError):
    """A row that no fact table would take; the change that wrote it is undone."""

    status: ClassVar[int] = 500
    message = (
        "A row for the facts '{table}' has no usable '{field}'; nothing was saved."
    )
    next_step = "This is a fault of ours: report it with the number of this page."


def check_row(table: str, row: Mapping[str, Any]) -> None:
    """Refuse a row that could not be published later, when nobody looks.

    Raises:
        UnpublishableRowError: an unknown table or field, a required value that is
            missing, or one of another kind.
    """
    contract = CONTRACTS.get(table)
    if contract is None:
        raise UnpublishableRowError(table=table, field="")
    fields = {field.name: field for field in contract.fields}
    for name in row.keys() - fields.keys():
        raise UnpublishableRowError(table=table, field=name)
    for name, field in fields.items():
        value = row.get(name)
        is_known = not field.allowed or value is None or value in field.allowed
        if (field.is_required and value is None) or not is_known:
            raise UnpublishableRowError(table=table, field=name)
        try:
            _column([value], field=field)
        except (pa.ArrowException, ValueError, TypeError) as error:
            raise UnpublishableRowError(table=table, field=name) from error


def table_of(
    rows: Sequence[tuple[Mapping[str, Any], datetime | None]], *, contract: Contract
) -> pa.Table:
    """Return rows, each with when it was observed, as the contract's table."""
    columns = {
        field.name: _column([row.get(field.name) for row, _ in rows], field=field)
        for field in contract.fields
    }
    observed = pa.array([at for _, at in rows], _INSTANT)
    return pa.table({**columns, "observed_at": observed})


def _column(values: Sequence[Any], *, field: Field) -> pa.Array:
    if field.kind is Kind.INSTANT:
        values = [v and datetime.fromisoformat(v) for v in values]
    elif field.kind is Kind.DATE:
        values = [v and datetime.fromisoformat(v).date() for v in values]
    return pa.array(values, field.kind.arrow)
