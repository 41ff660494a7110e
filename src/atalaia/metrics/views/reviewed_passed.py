"""Units that moderation let pass and a random sample reviewed."""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import (
    known,
    policy_levels,
)
from atalaia.metrics.views.reviewed_enforced import VERDICT_COLUMNS
from atalaia.metrics.views.samples import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; policy and lane are those really broken, unknown if none."""
    verdicts = probability_verdicts(facts, frame=SampleFrame.PASSED)
    sessions = facts.table("live_session").select(
        "session_id", session_date="business_date", session_agency="agency_id"
    )
    joined = verdicts.left_join(sessions, "session_id")
    return joined.mutate(
        **policy_levels(known(joined.truth_policy_id)),
        # A unit belongs to the day it was on air, not the day it was judged.
        business_date=ibis.coalesce(joined.session_date, joined.business_date),
        agency=joined.session_agency.nullif("").fill_null("organic"),
        lane=known(joined.truth_lane),
    ).select(*VIEW.columns)


VIEW = View(
    name="reviewed_passed",
    meaning="Units let pass, drawn at random and reviewed, with their settled truth.",
    needs=("verdict",),
    columns=(
        *VERDICT_COLUMNS,
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        "policy",
        "policy_l1",
        "domain",
        "lane",
    ),
    build=build,
)
