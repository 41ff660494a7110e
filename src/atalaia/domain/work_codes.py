"""The closed lists of what people record: cases, diffs, changes, lessons, alerts."""

from enum import StrEnum

__all__ = [
    "ActionType",
    "AlertState",
    "Arm",
    "CasePriority",
    "CaseResolution",
    "CaseState",
    "CaseType",
    "CentralTeam",
    "ChangeResult",
    "DiffType",
    "RootCause",
    "Ruling",
]


class CaseType(StrEnum):
    PENALTY_DISPUTE = "penalty_dispute"
    OVERKILL = "overkill"
    LEAKAGE = "leakage"
    POLICY_QUESTION = "policy_question"
    BUG = "bug"
    TRAFFIC_DROP = "traffic_drop"
    AGENCY_CONDUCT = "agency_conduct"
    CREATOR_SUPPORT = "creator_support"
    REGULATOR = "regulator"
    PR_RISK = "pr_risk"
    EMERGENCY = "emergency"


class CasePriority(StrEnum):
    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class CaseState(StrEnum):
    NEW = "new"
    TRIAGED = "triaged"
    EVIDENCE_COMPLETE = "evidence_complete"
    SUBMITTED_CENTRAL = "submitted_central"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    FIX_IN_PROGRESS = "fix_in_progress"
    VERIFIED = "verified"
    CLOSED = "closed"
    WAITING_REPORTER = "waiting_reporter"
    REJECTED_INCOMPLETE = "rejected_incomplete"
    DUPLICATE = "duplicate"
    REOPENED = "reopened"


class CentralTeam(StrEnum):
    """The team asked; none where the region answers by itself."""

    TNS = "tns"
    ECOSYSTEM = "ecosystem"
    PRODUCT = "product"
    LEGAL = "legal"
    MONETISATION = "monetisation"
    NONE = "none"


class RootCause(StrEnum):
    """The class of what lay behind a case."""

    POLICY_UNCLEAR = "policy_unclear"
    POLICY_GAP = "policy_gap"
    TRAINING = "training"
    EXECUTION = "execution"
    TOOLING = "tooling"
    MODEL_THRESHOLD = "model_threshold"
    ROUTING_LANGUAGE = "routing_language"
    DATA = "data"
    CREATOR_BEHAVIOUR = "creator_behaviour"
    ADVERSARIAL = "adversarial"
    LAW_CHANGE = "law_change"
    EVENT_SPIKE = "event_spike"


class CaseResolution(StrEnum):
    OVERTURNED = "overturned"
    REDUCED = "reduced"
    UPHELD = "upheld"
    POLICY_CLARIFIED = "policy_clarified"
    FIX_DEPLOYED = "fix_deployed"
    EDUCATED = "educated"
    DUPLICATE = "duplicate"
    NOT_REPRODUCIBLE = "not_reproducible"
    OUT_OF_SCOPE = "out_of_scope"


class DiffType(StrEnum):
    """Whose readings of a policy differ."""

    REGION_VS_CENTRAL = "region_vs_central"
    MODERATOR_VS_QA = "moderator_vs_qa"
    MODEL_VS_HUMAN = "model_vs_human"
    MARKET_VS_MARKET = "market_vs_market"
    POLICY_VS_LAW = "policy_vs_law"
    POLICY_VS_CULTURE = "policy_vs_culture"
    VERSION_OLD_VS_NEW = "version_old_vs_new"


class Ruling(StrEnum):
    """What central ruled on a diff case."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MORE_DATA = "more_data"


class ActionType(StrEnum):
    EDUCATION = "education"
    POLICY = "policy"
    MODEL = "model"
    ROUTING = "routing"
    TRAINING = "training"
    TOOLING = "tooling"
    COMMS = "comms"
    OTHER = "other"


class ChangeResult(StrEnum):
    """Whether a deployed change met its criterion."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


class Arm(StrEnum):
    TREATMENT = "treatment"
    HOLDOUT = "holdout"


class AlertState(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    EXPLAINED = "explained"
    ACTIONED = "actioned"
    FALSE = "false"
    CLOSED = "closed"
