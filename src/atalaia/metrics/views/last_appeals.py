"""The last round of every appeal; withdrawn and invalid rounds never decide it."""

import ibis

from atalaia.domain.codes import AppealResult
from atalaia.metrics.source import FactSource

__all__ = ["FOR_CREATOR", "last_appeals"]

FOR_CREATOR = (AppealResult.OVERTURNED.value, AppealResult.REDUCED.value)
"""Results that go the creator's way."""
NOT_COUNTED = (AppealResult.WITHDRAWN.value, AppealResult.INVALID.value)


def last_appeals(facts: FactSource) -> ibis.Table:
    """Return one appeal row a penalty: the last round that was not dropped.

    `is_counted` is false where every round was withdrawn or invalid: the penalty was
    appealed, and nothing was decided. Rounds that lie on different days are rounds of
    one penalty all the same.
    """
    rows = facts.table("appeal")
    kept = rows.mutate(is_counted=~rows.result.isin(NOT_COUNTED))
    newest_first = ibis.window(
        group_by=["penalty_id"],
        order_by=[
            ibis.desc("is_counted"),
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
