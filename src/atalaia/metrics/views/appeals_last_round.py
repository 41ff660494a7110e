"""Appeals by their last round, with the words of the penalty they are about."""

import ibis

from atalaia.domain.codes import AppealResult
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import penalties
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.last_appeals import FOR_CREATOR, last_appeals
from atalaia.metrics.views.policy_words import DECISION_WORDS, known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period is that of the penalised session."""
    every = last_appeals(facts)
    rows = every.filter(every.is_counted).select(
        "appeal_id", "penalty_id", "channel", "submitted_at", "decided_at", "result"
    )
    about = penalties.VIEW.of(facts).select(
        "penalty_id",
        "creator_id",
        "session_id",
        "market",
        "business_date",
        "agency_id",
        *DECISION_WORDS,
    )
    joined = rows.inner_join(about, "penalty_id")
    return joined.mutate(
        channel=known(joined.channel),
        is_decided=joined.result != AppealResult.PENDING.value,
        is_for_creator=joined.result.isin(FOR_CREATOR),
        wait_s=seconds_between(joined.submitted_at, joined.decided_at),
        weight=ibis.literal(1.0),
    ).select(*VIEW.columns)


VIEW = View(
    name="appeals_last_round",
    meaning="One row per appealed penalty: its last round, neither withdrawn nor"
    " invalid.",
    needs=("appeal", "penalty"),
    over=("penalties",),
    columns=(
        "appeal_id",
        "penalty_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency_id",
        *DECISION_WORDS,
        "channel",
        "is_decided",
        "is_for_creator",
        "wait_s",
        "weight",
    ),
    build=build,
    is_day_by_day=True,
    version=2,
)
