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
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "real_penalties"]

MATURITY_S = 14 * 86_400
CREATOR_SUBJECTS = (Subject.SESSION, Subject.CREATOR, Subject.ACCOUNT)
# A viewer who gives, not the host: never part of a creator's penalties.
VIEWER_POLICIES = ("tns.minors.gifter_under18",)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: each penalty with the words of the decision that answers for it.

    `head_id` is that decision, `named_policy` what the penalty itself says.
    """
    rows = with_heads(real_penalties(facts), facts)
    # What the penalty row itself says wins over its decision, or the one in its place.
    words = worded_decisions(facts).select(*DECISION_WORDS, head_id="decision_id")
    joined = rows.left_join(words, "head_id")
    filled = {word: joined[word].fill_null(UNKNOWN) for word in DECISION_WORDS}
    policy = known(joined.policy_id.nullif("").fill_null(filled["policy"]))
    return joined.mutate(
        **(filled | policy_levels(policy)), named_policy=joined.policy_id
    ).select(*VIEW.columns)


def real_penalties(facts: FactSource) -> ibis.Table:
    """Return all penalties but those void for a technical fault; `is_net` as of now.

    A reversal later than the maturity window does not change what was counted.
    """
    rows = facts.table("penalty")
    kept = rows.filter(rows.status != PenaltyStatus.VOID_TECHNICAL.value)
    reversed_at = kept.ended_at.fill_null(kept.started_at)
    is_early = seconds_between(kept.started_at, reversed_at) <= MATURITY_S
    is_reversed = kept.status == PenaltyStatus.REVERSED.value
    is_for_creator = kept.subject.isin([subject.value for subject in CREATOR_SUBJECTS])
    is_of_viewer = kept.policy_id.fill_null(UNKNOWN).isin(VIEWER_POLICIES)
    return kept.mutate(
        is_reversed=is_reversed,
        is_net=~(is_reversed & is_early),
        is_on_creator=is_for_creator & ~is_of_viewer,
        is_appealable=kept.appealable.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    )


VIEW = View(
    name="penalties",
    meaning="Penalties but those void for a technical fault, net or reversed.",
    needs=("penalty",),
    columns=(
        "penalty_id",
        "decision_id",
        "head_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency_id",
        *DECISION_WORDS,
        "named_policy",
        "subject",
        "code",
        "started_at",
        "planned_end_at",
        "ended_at",
        "strike_counted",
        "is_reversed",
        "is_net",
        "is_on_creator",
        "is_appealable",
    ),
    build=build,
    is_day_by_day=True,
    version=3,
)
