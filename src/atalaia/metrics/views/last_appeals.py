"""The last round of every appeal; withdrawn and invalid rounds never count."""

import ibis

from atalaia.domain.codes import AppealResult
from atalaia.metrics.source import FactSource

__all__ = ["last_appeals"]

NOT_COUNTED = (AppealResult.WITHDRAWN.value, AppealResult.INVALID.value)


def last_appeals(facts: FactSource) -> ibis.Table:
    """Return one appeal row a penalty: the last round that was neither dropped.

    Rounds that lie on different days are rounds of one penalty all the same.
    """
    rows = facts.table("appeal")
    kept = rows.filter(~rows.result.isin(NOT_COUNTED))
    newest_first = ibis.window(
        group_by=["penalty_id"],
        order_by=[
            ibis.desc("round"),
            ibis.desc("submitted_at"),
            ibis.desc("appeal_id"),
        ],
    )
    return (
        kept.mutate(newest=ibis.row_number().over(newest_first))
        .filter(lambda table: table.newest == 0)
        .drop("newest")
    )
