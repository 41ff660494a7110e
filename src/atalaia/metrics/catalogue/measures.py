"""The quantities that metrics are made of, each once, as data over a view."""

from atalaia.metrics.measure import Check, Condition, How, Measure, is_true
from atalaia.metrics.views.policy_words import DECISION_WORDS, ORGANIC

__all__ = [
    "ACTIONS",
    "ACTIVE_AGENCY_CREATORS",
    "ACTIVE_CREATORS",
    "ANSWERED_APPEALS",
    "APPEALABLE",
    "APPEALED",
    "BLIND_JUDGMENTS",
    "DECIDED_APPEALS",
    "DOUBLE_REVIEWED",
    "ENFORCED_DETECTION_KNOWN",
    "INCIDENTS",
    "LIVE_SECONDS",
    "LOST_SECONDS",
    "NET_PENALISED_AGENCY_CREATORS",
    "NET_PENALISED_CREATORS",
    "NEWEST_EVENTS",
    "OVERTURNED_APPEALS",
    "OVERTURNED_PENALTIES",
    "PENALISED_CREATORS",
    "PENALISED_SESSIONS",
    "PENALTIES",
    "PROACTIVE",
    "REPEAT_WAITS",
    "REVIEWED_CORRECT",
    "REVIEWED_DECISIONS",
    "REVIEWED_ENFORCED",
    "REVIEWED_OVERKILL",
    "REVIEWED_PASSED",
    "REVIEWED_VIOLATING",
    "REVIEWERS_DIFFER",
    "VALID_SESSIONS",
]

CREATOR = ("agency", "tier", "genre")
SESSION = ("language", "category", "app_version")
ROOM = ("market", *CREATOR, *SESSION)
DECISION = (*ROOM, *DECISION_WORDS)
PERSON = ("market", *CREATOR)


ON_CREATOR = is_true("is_on_creator")
IN_AGENCY = Condition(column="agency", test=Check.IS_NONE_OF, values=(ORGANIC,))

INCIDENTS = Measure(
    name="incidents",
    view="enforced_decisions",
    where=(is_true("is_case"),),
    dimensions=(*DECISION, "creator"),
    needs=("penalty",),
)
VALID_SESSIONS = Measure(name="valid_sessions", view="valid_sessions", dimensions=ROOM)
LIVE_SECONDS = Measure(
    name="live_seconds",
    view="valid_sessions",
    how=How.SUM,
    column="live_s",
    dimensions=(*ROOM, "creator"),
)
PENALISED_SESSIONS = Measure(
    name="penalised_sessions",
    view="penalised_sessions",
    how=How.DISTINCT,
    column="session_id",
    dimensions=DECISION,
    overlapping=DECISION_WORDS,
)
ACTIVE_CREATORS = Measure(
    name="active_creators",
    view="creator_days",
    how=How.DISTINCT,
    column="creator_id",
    dimensions=PERSON,
    overlapping=PERSON,
)
PENALISED_CREATORS = Measure(
    name="penalised_creators",
    view="penalties",
    how=How.DISTINCT,
    column="creator_id",
    where=(ON_CREATOR,),
    dimensions=(*PERSON, *DECISION_WORDS),
    overlapping=(*PERSON, *DECISION_WORDS),
)
NET_PENALISED_CREATORS = Measure(
    name="net_penalised_creators",
    view="penalties",
    how=How.DISTINCT,
    column="creator_id",
    where=(ON_CREATOR, is_true("is_net")),
    dimensions=(*PERSON, *DECISION_WORDS),
    overlapping=(*PERSON, *DECISION_WORDS),
)
ACTIVE_AGENCY_CREATORS = Measure(
    name="active_agency_creators",
    view="agency_creators",
    how=How.DISTINCT,
    column="creator_id",
    dimensions=PERSON,
    overlapping=PERSON,
)
NET_PENALISED_AGENCY_CREATORS = Measure(
    name="net_penalised_agency_creators",
    view="penalties",
    how=How.DISTINCT,
    column="creator_id",
    where=(ON_CREATOR, is_true("is_net"), IN_AGENCY),
    dimensions=(*PERSON, *DECISION_WORDS),
    overlapping=(*PERSON, *DECISION_WORDS),
)
REPEAT_WAITS = Measure(
    name="repeat_waits",
    view="repeat_waits",
    how=How.DISTINCT,
    column="creator_id",
    dimensions=(*PERSON, "domain", "policy_l1"),
    overlapping=(*PERSON, "domain", "policy_l1"),
)

ENFORCED_DETECTION_KNOWN = Measure(
    name="enforced_decisions",
    view="enforced_decisions",
    where=(is_true("is_detection_known"),),
    dimensions=DECISION,
    needs=("moderation_decision",),
    filled=(("moderation_decision", "detection"),),
)
PROACTIVE = Measure(
    name="proactive_decisions",
    view="enforced_decisions",
    where=(is_true("is_proactive"),),
    dimensions=DECISION,
    needs=("moderation_decision",),
)
ACTIONS = Measure(
    name="actions",
    view="time_to_action",
    how=How.SUM,
    column="weight",
    dimensions=("market", *CREATOR, *DECISION_WORDS),
)

PENALTIES = Measure(name="penalties", view="penalty_outcomes", dimensions=DECISION)
OVERTURNED_PENALTIES = Measure(
    name="overturned_penalties",
    view="penalty_outcomes",
    where=(is_true("is_overturned"),),
    dimensions=DECISION,
    needs=("appeal",),
)
APPEALABLE = Measure(
    name="appealable_penalties",
    view="penalty_outcomes",
    where=(is_true("is_appealable"),),
    dimensions=DECISION,
    filled=(("penalty", "appealable"),),
)
APPEALED = Measure(
    name="appealed_penalties",
    view="penalty_outcomes",
    where=(is_true("is_appealable"), is_true("has_appeal")),
    dimensions=DECISION,
    needs=("appeal",),
)
DECIDED_APPEALS = Measure(
    name="decided_appeals",
    view="penalty_outcomes",
    where=(is_true("is_decided"),),
    dimensions=(*DECISION, "channel"),
    needs=("appeal",),
)
ANSWERED_APPEALS = Measure(
    name="answered_appeals",
    view="appeals_last_round",
    how=How.SUM,
    column="weight",
    where=(
        is_true("is_decided"),
        Condition(column="wait_s", test=Check.IS_KNOWN),
    ),
    dimensions=(*DECISION, "channel"),
)
OVERTURNED_APPEALS = Measure(
    name="overturned_appeals",
    view="penalty_outcomes",
    where=(is_true("is_decided"), is_true("is_for_creator")),
    dimensions=(*DECISION, "channel"),
    needs=("appeal",),
)
LOST_SECONDS = Measure(
    name="lost_seconds",
    view="penalty_outcomes",
    how=How.SUM,
    column="lost_s",
    where=(is_true("took_live_time"),),
    dimensions=DECISION,
)

REVIEWED_ENFORCED = Measure(
    name="reviewed_enforced",
    view="reviewed_enforced",
    how=How.SUM,
    column="weight",
    where=(is_true("is_heaviest"),),
    dimensions=(*DECISION, "unit"),
)
REVIEWED_OVERKILL = Measure(
    name="reviewed_overkill",
    view="reviewed_enforced",
    how=How.SUM,
    column="weight",
    where=(is_true("is_heaviest"), is_true("is_overkill")),
    dimensions=(*DECISION, "unit"),
)
REVIEWED_PASSED = Measure(
    name="reviewed_passed",
    view="reviewed_passed",
    how=How.SUM,
    column="weight",
    dimensions=(*ROOM, "unit"),
)
REVIEWED_VIOLATING = Measure(
    name="reviewed_violating",
    view="reviewed_passed",
    how=How.SUM,
    column="weight",
    where=(is_true("is_violating"),),
    dimensions=(*ROOM, "unit", "domain", "policy_l1", "policy", "lane"),
)
REVIEWED_DECISIONS = Measure(
    name="reviewed_decisions",
    view="reviewed_decisions",
    how=How.SUM,
    column="weight",
    dimensions=(*DECISION, "frame"),
)
REVIEWED_CORRECT = Measure(
    name="reviewed_correct",
    view="reviewed_decisions",
    how=How.SUM,
    column="weight",
    where=(is_true("is_correct"),),
    dimensions=(*DECISION, "frame"),
)
DOUBLE_REVIEWED = Measure(
    name="double_reviewed",
    view="double_reviews",
    dimensions=("market", "tier", "genre", *DECISION_WORDS),
)
REVIEWERS_DIFFER = Measure(
    name="reviewers_differ",
    view="double_reviews",
    where=(is_true("differs"),),
    dimensions=("market", "tier", "genre", *DECISION_WORDS),
)
BLIND_JUDGMENTS = Measure(
    name="blind_judgments",
    view="judgments",
    dimensions=("market", "tier", "genre", *DECISION_WORDS),
)

NEWEST_EVENTS = Measure(
    name="newest_events",
    view="freshness",
    dimensions=("table", "source", "market"),
)
