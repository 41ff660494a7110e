"""The quantities of education: places, completions, scores, incidents of a trial."""

from atalaia.metrics.measure import Check, Condition, How, Measure

__all__ = [
    "COMPLETED",
    "PAIRED_UPLIFT",
    "TARGETED",
    "TRIAL_CASES",
    "TRIAL_INCIDENTS",
    "TRIAL_LIVE_SECONDS",
]

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


def _outcome(name: str, *, column: str, table: str) -> Measure:
    return Measure(
        name=name,
        view="trial_outcomes",
        how=How.SUM,
        column=column,
        dimensions=PLACE,
        needs=(table,),
        cluster="cluster",
    )


TRIAL_INCIDENTS = _outcome("trial_incidents", column="after_n", table="penalty")
TRIAL_CASES = _outcome("trial_cases", column="after_cases_n", table="penalty")
TRIAL_LIVE_SECONDS = _outcome(
    "trial_live_seconds", column="after_live_s", table="live_session"
)
