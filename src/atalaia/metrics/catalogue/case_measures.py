"""The quantities of casework and changes, each once, as data over a view."""

from atalaia.metrics.measure import Check, Condition, How, Measure, is_true

__all__ = [
    "ACCEPTED_DIFFS",
    "ACTIONS_DUE",
    "ACTIONS_ON_TIME",
    "ADOPTED_DIFFS",
    "CASES_CENTRAL",
    "CASES_CLOSED",
    "CASES_CLOSED_WITH_DUE",
    "CASES_DUE",
    "CASES_MET",
    "CASES_NOT_RETURNED",
    "CASES_SOLVED_IN_TIME",
    "CASES_SUBMITTED",
    "CENTRAL_SECONDS",
    "CHANGES_DEPLOYED",
    "CHANGES_REVIEWED",
    "CHANGES_SUCCESSFUL",
    "DIFF_RECURRENCES",
    "FIELDS_FILLED",
    "FIELDS_REQUIRED",
    "FIRST_CLOSINGS",
    "OPEN_CASES",
    "REOPENED_CASES",
    "RULED_DIFFS",
]

POLICY = ("domain", "policy_l1", "policy")
CASE = (
    "market",
    "case_type",
    "priority",
    "central_team",
    "sop",
    "sop_version",
    *POLICY,
    "agency",
)
DIFF = ("market", "diff", "diff_type", *POLICY)


CASES_DUE = Measure(
    name="cases_due",
    view="cases_due",
    dimensions=CASE,
    cluster="case_id",
    filled=(("case", "resolve_due_at"),),
)
CASES_MET = Measure(
    name="cases_met",
    view="cases_due",
    where=(is_true("is_met"),),
    dimensions=CASE,
    cluster="case_id",
)
CASES_CLOSED = Measure(
    name="cases_closed",
    view="cases_closed",
    how=How.SUM,
    column="weight",
    dimensions=CASE,
    cluster="case_id",
)
OPEN_CASES = Measure(
    name="open_cases",
    view="case_spells",
    where=(is_true("is_open"),),
    dimensions=CASE,
    cluster="case_id",
)
FIELDS_REQUIRED = Measure(
    name="fields_required",
    view="cases_submitted",
    how=How.SUM,
    column="required_n",
    dimensions=CASE,
    cluster="case_id",
    filled=(("case", "required_fields_n"), ("case", "filled_fields_n")),
)
FIELDS_FILLED = Measure(
    name="fields_filled",
    view="cases_submitted",
    how=How.SUM,
    column="filled_n",
    dimensions=CASE,
    cluster="case_id",
)
CASES_SUBMITTED = Measure(
    name="cases_submitted",
    view="cases_submitted",
    dimensions=CASE,
    cluster="case_id",
)
CASES_NOT_RETURNED = Measure(
    name="cases_not_returned",
    view="cases_submitted",
    where=(Condition(column="was_returned", test=Check.IS_FALSE),),
    dimensions=CASE,
    cluster="case_id",
)
CASES_CLOSED_WITH_DUE = Measure(
    name="cases_closed_with_due",
    view="cases_closed",
    where=(is_true("has_due"),),
    dimensions=CASE,
    cluster="case_id",
    filled=(("case", "resolve_due_at"),),
)
CASES_SOLVED_IN_TIME = Measure(
    name="cases_solved_in_time",
    view="cases_closed",
    where=(is_true("is_solved_in_time"),),
    dimensions=CASE,
    cluster="case_id",
)
FIRST_CLOSINGS = Measure(
    name="first_closings", view="first_closings", dimensions=CASE, cluster="case_id"
)
REOPENED_CASES = Measure(
    name="reopened_cases",
    view="first_closings",
    where=(is_true("is_reopened"),),
    dimensions=CASE,
    cluster="case_id",
)
CASES_CENTRAL = Measure(
    name="cases_central", view="cases_decided", dimensions=CASE, cluster="case_id"
)
CENTRAL_SECONDS = Measure(
    name="central_seconds",
    view="cases_decided",
    how=How.SUM,
    column="in_central_s",
    dimensions=CASE,
    cluster="case_id",
)

RULED_DIFFS = Measure(
    name="ruled_diffs",
    view="diffs_presented",
    where=(is_true("is_settled"),),
    dimensions=DIFF,
    cluster="diff_id",
)
ACCEPTED_DIFFS = Measure(
    name="accepted_diffs",
    view="diffs_presented",
    where=(is_true("is_accepted"),),
    dimensions=DIFF,
    cluster="diff_id",
)
ADOPTED_DIFFS = Measure(
    name="adopted_diffs",
    view="diffs_adopted",
    how=How.SUM,
    column="weight",
    where=(Condition(column="wait_s", test=Check.IS_KNOWN),),
    dimensions=DIFF,
    cluster="diff_id",
)
DIFF_RECURRENCES = Measure(
    name="diff_recurrences",
    view="diff_recurrence",
    how=How.SUM,
    column="matching_after",
    dimensions=DIFF,
    cluster="diff_id",
)
ACTIONS_DUE = Measure(
    name="actions_due",
    view="actions_due",
    dimensions=("market", "action_type"),
    cluster="action_id",
)
ACTIONS_ON_TIME = Measure(
    name="actions_on_time",
    view="actions_due",
    where=(is_true("is_on_time"),),
    dimensions=("market", "action_type"),
    cluster="action_id",
)
CHANGES_REVIEWED = Measure(
    name="changes_reviewed",
    view="changes_reviewed",
    dimensions=("market",),
    cluster="change_id",
)
CHANGES_SUCCESSFUL = Measure(
    name="changes_successful",
    view="changes_reviewed",
    where=(is_true("is_success"),),
    dimensions=("market",),
    cluster="change_id",
)
CHANGES_DEPLOYED = Measure(
    name="changes_deployed",
    view="changes_deployed",
    how=How.SUM,
    column="weight",
    dimensions=("market",),
    cluster="change_id",
)
