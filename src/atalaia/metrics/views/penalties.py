"""Penalties that happened, net or reversed, with the words of their decision."""

import ibis

from atalaia.domain.codes import PenaltyStatus, Subject
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.decisions import with_heads, worded_decisions
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.policy_words import (
    DECISION_WORDS,
    UNKNOWN,
    known,
    policy_levels,
)
from atalaia.metrics.views.session_agency import with_agency
from atalaia.metrics.views.view import View

__all__ = ["CREATOR_SUBJECTS", "MATURITY_DAYS", "VIEW", "real_penalties"]

MATURITY_DAYS = 14
MATURITY_S = MATURITY_DAYS * 86_400
CREATOR_SUBJECTS = (Subject.SESSION, Subject.CREATOR, Subject.ACCOUNT)
# A viewer who gives, not the host: never part of a creator's penalties.
VIEWER_POLICIES = ("tns.minors.gifter_under18",)


def real_penalties(facts: FactSource) -> ibis.Table:
    """Return penalties but those void for a technical fault; `is_net` as of now.

    A reversal later than the maturity window does not change what was counted.
    """
    rows = facts.table("penalty")
    reversed_at = rows.ended_at.fill_null(rows.started_at)
    is_early = seconds_between(rows.started_at, reversed_at) <= MATURITY_S
    was_taken_back = (rows.status == PenaltyStatus.REVERSED.value) & is_early
    is_for_creator = rows.subject.isin([subject.value for subject in CREATOR_SUBJECTS])
    return rows.filter(rows.status != PenaltyStatus.VOID_TECHNICAL.value).mutate(
        is_net=~was_taken_back,
        is_on_creator=is_for_creator
        & ~rows.policy_id.fill_null(UNKNOWN).isin(VIEWER_POLICIES),
        is_reversed=rows.status == PenaltyStatus.REVERSED.value,
    )


def build(facts: FactSource) -> ibis.Table:
    """Build the view: each penalty with its decision's words."""
    rows = with_agency(with_heads(real_penalties(facts), facts), facts)
    # What the penalty row itself says wins over its decision, or the one in its place.
    words = worded_decisions(facts).select(*DECISION_WORDS, head_id="decision_id")
    joined = rows.left_join(words, "head_id")
    filled = {word: joined[word].fill_null(UNKNOWN) for word in DECISION_WORDS}
    policy = known(joined.policy_id.nullif("").fill_null(filled["policy"]))
    return joined.mutate(
        **(filled | policy_levels(policy)),
        is_appealable=joined.appealable.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="penalties",
    meaning="Penalties but those void for a technical fault, net or reversed.",
    needs=("penalty",),
    columns=(
        "penalty_id",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "subject",
        "code",
        "started_at",
        "planned_end_at",
        "ended_at",
        "is_reversed",
        "is_net",
        "is_on_creator",
        "is_appealable",
    ),
    build=build,
    version=2,
)
