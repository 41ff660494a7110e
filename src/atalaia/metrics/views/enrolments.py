"""Places in education programmes on the day the arm was assigned."""

import ibis

from atalaia.domain.work_codes import Arm
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of, happened
from atalaia.metrics.views.policy_words import or_organic
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row a programme and creator, whatever the creator did.

    `uplift` is the last quiz less the first, and empty unless both were taken, on
    different sets of questions: the same questions again measure memory.
    """
    rows = facts.table("enrolment")
    known = rows.filter(rows.assigned_at <= as_of(facts))
    told = dated(known, facts, at="assigned_at")
    is_other = told.pre_form.nullif("") != told.post_form.nullif("")
    gain = told.post_score - told.pre_score
    return told.mutate(
        programme=told.programme_id,
        agency=or_organic(told.agency_id),
        cluster=ibis.coalesce(told.cluster_id.nullif(""), told.creator_id),
        is_treated=told.arm == Arm.TREATMENT.value,
        is_by_chance=told.is_randomised.fill_null(False),  # noqa: FBT003 - Ibis' own signature
        is_completed=happened(told.completed_at, facts).notnull(),
        uplift=ibis.ifelse(is_other.fill_null(False), gain, ibis.null("float64")),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="enrolments",
    meaning="Creators' places in education programmes, treated or held out.",
    needs=("enrolment",),
    columns=(
        "programme",
        "creator_id",
        "market",
        "business_date",
        "agency",
        "cluster",
        "assigned_at",
        "is_treated",
        "is_by_chance",
        "is_completed",
        "uplift",
    ),
    build=build,
)
