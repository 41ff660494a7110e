"""How long enforced incidents waited for their first action, and sampled misses.

The clock starts at the later of the violation's start and the first signal; where a
review did not settle the start, at the first signal. An incident ends its wait once,
at its first action. Misses come from the random sample of what passed, with its
weights, and are censored: they never ended. Sessions stand for their violations; only
where a market has no reviewed sessions do its reviewed decisions.
"""

import ibis

from atalaia.domain.codes import SampleFrame, SampleUnit
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, reviewed_passed
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.policy_rules import policy_rules
from atalaia.metrics.views.policy_words import DECISION_WORDS, UNKNOWN
from atalaia.metrics.views.verdicts import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: first actions with their wait, then misses without one."""
    return _actions(facts).union(_misses(facts))


def _actions(facts: FactSource) -> ibis.Table:
    rows = enforced_decisions.VIEW.of(facts)
    verdicts = probability_verdicts(facts, frame=SampleFrame.ENFORCED)
    starts = (
        verdicts.filter(verdicts.violation_started_at.notnull())
        .select("decision_id", "violation_started_at")
        .inner_join(rows.select("decision_id", "incident_id"), "decision_id")
        .group_by("incident_id")
        .agg(began_at=lambda table: table.violation_started_at.min())
    )
    # An incident is named by its first action.
    first = rows.filter(rows.decision_id == rows.incident_id)
    joined = first.left_join(starts, "incident_id")
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
    """Return violations that passed, with the words of the policy really broken.

    Nobody decided on them, so that who did and in which queue stays unknown.
    """
    rows = _of_one_unit(reviewed_passed.VIEW.of(facts))
    rules = policy_rules(facts)
    missed = rows.filter(rows.is_violating).left_join(
        rules,
        [
            rows.policy == rules.rule_policy,
            rows.market == rules.rule_market,
            rows.business_date >= rules.rule_from,
            rows.business_date < rules.rule_until,
        ],
    )
    missing = [word for word in DECISION_WORDS if word not in rows.columns]
    return missed.mutate(
        **{word: ibis.literal(UNKNOWN) for word in missing}
        | {
            "severity": missed.rule_severity.fill_null(UNKNOWN),
            "lane": ibis.ifelse(
                missed.lane == UNKNOWN, missed.rule_lane, missed.lane
            ).fill_null(UNKNOWN),
        },
        wait_s=ibis.null("int64"),
        is_actioned=False,
    ).select(*VIEW.columns)


def _of_one_unit(rows: ibis.Table) -> ibis.Table:
    """Keep one unit a market: one violation is not missed twice."""
    whole = rows.filter(rows.unit != SampleUnit.SEGMENT.value)
    is_session = (whole.unit == SampleUnit.SESSION.value).cast("int64")
    marked = whole.mutate(
        sessions_n=is_session.sum().over(ibis.window(group_by=["market"]))
    )
    return marked.filter(
        (marked.unit == SampleUnit.SESSION.value) | (marked.sessions_n == 0)
    ).drop("sessions_n")


VIEW = View(
    name="time_to_action",
    meaning="Enforced incidents with the wait for their first action in seconds, and"
    " sampled misses that never ended.",
    needs=("moderation_decision",),
    over=("enforced_decisions", "reviewed_passed", "verdicts"),
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
    version=2,
)
