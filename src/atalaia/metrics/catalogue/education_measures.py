"""The quantities of education: places, completions, scores, incidents of a trial."""

from atalaia.metrics.measure import Check, Condition, How, Measure

__all__ = ["COMPLETED", "PAIRED_UPLIFT", "TARGETED", "TRIAL_INCIDENTS"]

PLACE = ("programme", "market", "agency", "tier", "genre")
TREATED = Condition(column="is_treated", test=Check.IS_TRUE)

TARGETED = Measure(
    name="targeted_creators", view="enrolments", where=(TREATED,), dimensions=PLACE
)
COMPLETED = Measure(
    name="completed_creators",
    view="enrolments",
    where=(TREATED, Condition(column="is_completed", test=Check.IS_TRUE)),
    dimensions=PLACE,
)
PAIRED_UPLIFT = Measure(
    name="paired_uplift",
    view="enrolments",
    how=How.SUM,
    column="uplift",
    where=(TREATED, Condition(column="uplift", test=Check.IS_KNOWN)),
    dimensions=PLACE,
    filled=(("enrolment", "pre_score"), ("enrolment", "post_score")),
    cluster="cluster",
)
TRIAL_INCIDENTS = Measure(
    name="trial_incidents",
    view="trial_outcomes",
    how=How.SUM,
    column="after_n",
    dimensions=PLACE,
    cluster="cluster",
)
