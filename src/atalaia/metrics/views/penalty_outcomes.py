"""Penalties with what became of them on appeal."""

import ibis

from atalaia.domain.codes import AppealResult
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import penalties
from atalaia.metrics.views.last_appeals import last_appeals
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: each penalty with its last appeal, if there is one."""
    rows = penalties.VIEW.build(facts)
    appeals = last_appeals(facts).select(
        "penalty_id", appeal_result="result", appealed_at="submitted_at"
    )
    joined = rows.left_join(appeals, "penalty_id")
    overturned = joined.appeal_result == AppealResult.OVERTURNED.value
    return joined.mutate(
        has_appeal=joined.appealed_at.notnull(),
        is_overturned=overturned.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="penalty_outcomes",
    meaning="Penalties with their last appeal: appealed, overturned.",
    needs=("penalty",),
    columns=(*penalties.VIEW.columns, "has_appeal", "is_overturned"),
    build=build,
)
