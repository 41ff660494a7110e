"""Settled verdicts with their unit's own day, their design's weight and their flaw.

Only what was drawn at random and judged blind, against the policy's wording in force,
may speak for what nobody reviewed. The rest is named by its `flaw` and left out.
"""

from enum import StrEnum

import ibis

from atalaia.domain.codes import Judgment, SampleDesign, SampleFrame, VerdictCode
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_versions import policy_versions
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "Flaw", "probability_verdicts"]

AT_RANDOM = (SampleDesign.SRS, SampleDesign.STRATIFIED, SampleDesign.CENSUS)


class Flaw(StrEnum):
    """Why a verdict cannot stand for others; the first that applies."""

    TARGETED = "targeted"
    OF_NO_SAMPLE = "of_no_sample"
    NOT_BLIND = "not_blind"
    OTHER_VERSION = "other_version"


def build(facts: FactSource) -> ibis.Table:
    """Build the view: every verdict, whether it may stand for others or not.

    `flaw` is null where it may; `is_version_stated` is false where a policy was judged
    and the verdict does not say by which wording. `is_settled` is false where the truth
    is borderline or could not be reviewed: such units are reported apart, never as
    right or wrong.
    """
    rows = _with_flaw(_with_their_unit(facts), facts)
    is_violating = rows.truth == Judgment.VIOLATING.value
    # A policy difference is no moderator's error; it goes to the diff board.
    is_difference = rows.is_policy_difference.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    is_wrong_policy = rows.verdict == VerdictCode.WRONG_POLICY.value
    return rows.mutate(
        business_date=rows.unit_date,
        stratum=known(rows.sample_id).concat("|", known(rows.stratum)),
        has_weight=rows.weight.notnull(),
        weight=rows.weight.fill_null(1.0),
        unit=known(rows.sample_unit),
        is_settled=rows.truth.isin(
            [Judgment.VIOLATING.value, Judgment.NON_VIOLATING.value]
        ),
        is_unreviewable=rows.truth == Judgment.UNREVIEWABLE.value,
        is_policy_difference=is_difference,
        is_violating=is_violating & ~is_difference,
        is_overkill=rows.verdict.isin(
            [VerdictCode.OVERKILL.value, VerdictCode.OVER_SEVERE.value]
        )
        & ~is_difference,
        is_correct=(rows.verdict == VerdictCode.CORRECT.value) | is_difference,
        is_wrong_policy=is_wrong_policy & ~is_difference,
        is_technical=rows.verdict == VerdictCode.TECHNICAL.value,
    ).select(*VIEW.columns)


def probability_verdicts(facts: FactSource, *, frame: SampleFrame) -> ibis.Table:
    """Return the verdicts of one frame that may stand for others."""
    rows = VIEW.of(facts)
    return rows.filter(rows.flaw.isnull() & (rows.frame == frame.value))


def _with_flaw(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    versions = policy_versions(facts)
    joined = rows.left_join(
        versions,
        [
            rows.policy_version_used == versions.version_id,
            rows.market == versions.version_market,
        ],
    )
    holds = (joined.holds_from <= joined.judged_as_of) & (
        joined.judged_as_of < joined.holds_until
    )
    is_stated = joined.policy_version_used.notnull()
    return joined.mutate(
        flaw=ibis.cases(
            (joined.design == SampleDesign.TARGETED.value, Flaw.TARGETED.value),
            (~_in(joined.design, AT_RANDOM), Flaw.OF_NO_SAMPLE.value),
            (~joined.is_blind.fill_null(False), Flaw.NOT_BLIND.value),  # noqa: FBT003 - Ibis' own signature
            (is_stated & ~holds.fill_null(False), Flaw.OTHER_VERSION.value),  # noqa: FBT003 - Ibis' own signature
        ),
        is_version_stated=is_stated | joined.judged_policy.isnull(),
    )


def _with_their_unit(facts: FactSource) -> ibis.Table:
    """Join sample, decision and session; a unit is judged by the day it was on air."""
    rows = facts.table("verdict")
    samples = facts.table("sample").select("sample_id", "design", sample_unit="unit")
    decisions = facts.table("moderation_decision").select(
        "decision_id",
        "decided_at",
        decided_policy="policy_id",
        decision_date="business_date",
    )
    sessions = facts.table("live_session").select(
        "session_id",
        session_agency="agency_id",
        session_date="business_date",
        session_started_at="started_at",
    )
    joined = (
        rows.left_join(samples, "sample_id")
        .left_join(decisions, "decision_id")
        .left_join(sessions, "session_id")
    )
    return joined.mutate(
        judged_policy=ibis.coalesce(joined.decided_policy, joined.truth_policy_id),
        judged_as_of=ibis.coalesce(
            joined.decided_at,
            joined.violation_started_at,
            joined.session_started_at,
            joined.settled_at,
        ),
        # A unit belongs to the day it was on air, not the day it was judged.
        unit_date=ibis.coalesce(
            joined.decision_date, joined.session_date, joined.business_date
        ),
    ).select(
        *rows.columns,
        "design",
        "sample_unit",
        "session_agency",
        "judged_policy",
        "judged_as_of",
        "unit_date",
    )


def _in(column: ibis.Value, codes: tuple[StrEnum, ...]) -> ibis.Value:
    return column.isin([code.value for code in codes]).fill_null(False)  # noqa: FBT003 - Ibis' own signature


VIEW = View(
    name="verdicts",
    meaning="Settled verdicts on their unit's own day, with what keeps each from"
    " standing for others, if anything does.",
    needs=("verdict", "sample"),
    columns=(
        "verdict_id",
        "frame",
        "unit",
        "stratum",
        "weight",
        "has_weight",
        "flaw",
        "is_version_stated",
        "is_settled",
        "is_unreviewable",
        "is_policy_difference",
        "is_violating",
        "is_overkill",
        "is_correct",
        "is_wrong_policy",
        "is_technical",
        "violation_started_at",
        "truth_policy_id",
        "truth_penalty",
        "truth_lane",
        "decision_id",
        "session_id",
        "session_agency",
        "creator_id",
        "market",
        "business_date",
    ),
    build=build,
)
