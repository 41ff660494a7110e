"""Verdicts of probability samples, with the weight and stratum of their design."""

import ibis

from atalaia.domain.codes import Judgment, SampleDesign, SampleFrame, VerdictCode
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import known

__all__ = ["probability_verdicts"]


def probability_verdicts(facts: FactSource, *, frame: SampleFrame) -> ibis.Table:
    """Return the verdicts of one frame, those of targeted samples left out.

    `is_settled` is false where the truth is borderline or could not be reviewed:
    such units are reported apart, never as right or wrong.
    """
    rows = facts.table("verdict")
    samples = facts.table("sample").select("sample_id", "design", sample_unit="unit")
    joined = rows.filter(rows.frame == frame.value).left_join(samples, "sample_id")
    is_random = joined.design.fill_null(SampleDesign.SRS.value) != (
        SampleDesign.TARGETED.value
    )
    is_violating = joined.truth == Judgment.VIOLATING.value
    is_difference = joined.is_policy_difference.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    return joined.filter(is_random).mutate(
        stratum=known(joined.sample_id).concat("|", known(joined.stratum)),
        has_weight=joined.weight.notnull(),
        weight=joined.weight.fill_null(1.0),
        unit=known(joined.sample_unit),
        is_settled=joined.truth.isin(
            [Judgment.VIOLATING.value, Judgment.NON_VIOLATING.value]
        ),
        is_unreviewable=joined.truth == Judgment.UNREVIEWABLE.value,
        is_violating=is_violating & ~is_difference,
        # A policy difference is no moderator's error; it goes to the diff board.
        is_overkill=joined.verdict.isin(
            [VerdictCode.OVERKILL.value, VerdictCode.OVER_SEVERE.value]
        )
        & ~is_difference,
        is_correct=joined.verdict == VerdictCode.CORRECT.value,
    )
