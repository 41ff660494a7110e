"""How long violations waited for an action; those never acted on stay waiting.

The clock starts at the later of the violation's start and the first signal; where a
review did not settle the start, at the first signal. Misses come from the random
sample of what passed, with its weights, and are censored: they never ended.
"""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, reviewed_passed
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.policy_words import DECISION_WORDS, UNKNOWN
from atalaia.metrics.views.samples import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: actions with their wait, then misses without one."""
    return _actions(facts).union(_misses(facts))


def _actions(facts: FactSource) -> ibis.Table:
    rows = enforced_decisions.VIEW.of(facts)
    verdicts = probability_verdicts(facts, frame=SampleFrame.ENFORCED)
    starts = (
        verdicts.filter(verdicts.violation_started_at.notnull())
        .group_by("decision_id")
        .agg(began_at=verdicts.violation_started_at.min())
    )
    joined = rows.left_join(starts, "decision_id")
    later = ibis.ifelse(
        joined.began_at > joined.first_signal_at,
        joined.began_at,
        joined.first_signal_at,
    )
    start = ibis.coalesce(later, joined.first_signal_at, joined.began_at)
    wait = seconds_between(start, joined.decided_at)
    return (
        joined.mutate(
            wait_s=ibis.ifelse(wait < 0, 0, wait),
            weight=ibis.literal(1.0),
            is_actioned=True,
        )
        .filter(lambda table: table.wait_s.notnull())
        .select(*VIEW.columns)
    )


def _misses(facts: FactSource) -> ibis.Table:
    rows = reviewed_passed.VIEW.of(facts)
    missing = [word for word in DECISION_WORDS if word not in rows.columns]
    return (
        rows.filter(rows.is_violating & (rows.unit != "segment"))
        .mutate(
            **{word: ibis.literal(UNKNOWN) for word in missing},
            wait_s=ibis.null("int64"),
            is_actioned=False,
        )
        .select(*VIEW.columns)
    )


VIEW = View(
    name="time_to_action",
    meaning="Actions with their wait in seconds, and sampled misses that never ended.",
    needs=("moderation_decision",),
    columns=(
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "wait_s",
        "weight",
        "is_actioned",
    ),
    build=build,
)
