"""The state known at a moment: of every key, its latest observation."""

from datetime import datetime
from typing import Literal

import ibis

from atalaia.warehouse.contracts import Contract

__all__ = ["IS_CURRENT", "current", "mark_current"]

IS_CURRENT = "is_current"


def current(
    rows: ibis.Table,
    contract: Contract,
    *,
    as_of: datetime | None,
    keys: Literal["unique", "observed_again"] = "observed_again",
) -> ibis.Table:
    """Return the latest observation of every key, with the columns of `rows`.

    Latest is by `observed_at`; of two with the same moment, the one ingested later (a
    mended row), then by content, so that every engine picks the same one.

    Args:
        as_of: leaves out what was ingested later; None when nothing was.
        keys: "unique" when every key is known to have one observation, which spares
            the engine a sort of the table.
    """
    if as_of is not None:
        rows = rows.filter(rows.ingested_at <= ibis.literal(as_of))
    if keys == "unique":
        return rows
    marked = mark_current(rows, contract)
    return marked.filter(marked[IS_CURRENT]).drop(IS_CURRENT)


def mark_current(rows: ibis.Table, contract: Contract) -> ibis.Table:
    """Return every observation, with whether it is the latest of its key."""
    newest_first = ibis.window(
        group_by=[rows[name] for name in contract.key],
        order_by=[
            rows.observed_at.desc(),
            rows.ingested_at.desc(),
            rows.content_hash.desc(),
        ],
    )
    return rows.mutate(**{IS_CURRENT: ibis.row_number().over(newest_first) == 0})
