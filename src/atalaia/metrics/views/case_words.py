"""What a case is told by, whichever of its days a metric asks about."""

import ibis

from atalaia.metrics.views.policy_words import UNKNOWN, known, policy_levels

__all__ = ["CASE_TIES", "CASE_WORDS", "worded"]

CASE_TIES = ("case_id", "creator_id", "session_id", "agency_id", "market")
CASE_WORDS = (
    "case_type",
    "priority",
    "central_team",
    "sop",
    "sop_version",
    "domain",
    "policy_l1",
    "policy",
)


def worded(cases: ibis.Table) -> ibis.Table:
    """Return the cases of the fact table with their words; what is empty is unknown."""
    return cases.mutate(
        case_type=cases.type,
        priority=known(cases.priority),
        central_team=known(cases.central_team),
        sop=known(cases.sop_id),
        sop_version=known(cases.sop_version),
        **policy_levels(cases.policy_id.nullif("").fill_null(UNKNOWN)),
    )
