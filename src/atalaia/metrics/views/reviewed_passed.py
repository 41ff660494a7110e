"""Units that moderation let pass and a random sample reviewed."""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import known, or_organic, policy_levels
from atalaia.metrics.views.reviewed_enforced import VERDICT_COLUMNS
from atalaia.metrics.views.verdicts import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; policy and lane are those really broken, unknown if none."""
    verdicts = probability_verdicts(facts, frame=SampleFrame.PASSED)
    return verdicts.mutate(
        **policy_levels(known(verdicts.truth_policy_id)),
        agency=or_organic(verdicts.session_agency),
        lane=known(verdicts.truth_lane),
    ).select(*VIEW.columns)


VIEW = View(
    name="reviewed_passed",
    meaning="Units let pass, drawn at random and reviewed, with their settled truth.",
    needs=("verdict", "sample"),
    over=("verdicts",),
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
    version=2,
)
