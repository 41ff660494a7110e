"""The closed lists of the trade; `data/codes.yaml` names each in three languages."""

from enum import StrEnum

__all__ = [
    "AccountStatus",
    "Actor",
    "AgencyStatus",
    "AppealChannel",
    "AppealReason",
    "AppealResult",
    "Audience",
    "AutomatedDecision",
    "Detection",
    "Direction",
    "Domain",
    "EndReason",
    "EventKind",
    "Genre",
    "Judgment",
    "Lane",
    "Outcome",
    "PenaltyCode",
    "PenaltyStatus",
    "ReviewException",
    "RoleCode",
    "RoleScope",
    "SampleDesign",
    "SampleFrame",
    "SampleUnit",
    "Severity",
    "SignalType",
    "Subject",
    "Tier",
    "TrafficSource",
    "VerdictCode",
    "VerdictOrigin",
]


class Domain(StrEnum):
    TNS = "tns"
    ECOSYSTEM = "ecosystem"


class Lane(StrEnum):
    REMOVE = "remove"
    AGE_RESTRICT = "age_restrict"
    FYF_INELIGIBLE = "fyf_ineligible"
    MONETISATION = "monetisation"
    AGENCY = "agency"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ADVISORY = "advisory"


class Tier(StrEnum):
    NEW = "new"
    ROOKIE = "rookie"
    MID = "mid"
    TOP = "top"
    PARTNER = "partner"


class Genre(StrEnum):
    MUSIC = "music"
    CHAT = "chat"
    DANCE = "dance"
    GAMING = "gaming"
    SPORT = "sport"
    FOOD = "food"
    WORK = "work"
    EDUCATION = "education"
    COMMERCE = "commerce"
    OUTDOOR = "outdoor"
    NPC = "npc"
    OTHER = "other"


class AccountStatus(StrEnum):
    ACTIVE = "active"
    RESTRICTED = "restricted"
    SUSPENDED = "suspended"
    BANNED = "banned"
    DORMANT = "dormant"


class AgencyStatus(StrEnum):
    ACTIVE = "active"
    WARNED = "warned"
    FROZEN = "frozen"
    TERMINATED = "terminated"


class Audience(StrEnum):
    ALL = "all"
    ADULTS = "adults"


class EndReason(StrEnum):
    HOST = "host"
    VIOLATION = "violation"
    NETWORK = "network"
    SYSTEM = "system"
    UNKNOWN = "unknown"


class SignalType(StrEnum):
    MODEL = "model"
    USER_REPORT = "user_report"
    KEYWORD = "keyword"
    PATROL = "patrol"
    PARTNER = "partner"
    LEGAL_NOTICE = "legal_notice"
    CREATOR_SELF = "creator_self"
    AGENCY = "agency"


class Outcome(StrEnum):
    """What a decision did; all but no_action and escalate enforce."""

    NO_ACTION = "no_action"
    WARN = "warn"
    AGE_RESTRICT = "age_restrict"
    FYF_INELIGIBLE = "fyf_ineligible"
    INTERRUPT = "interrupt"
    FEATURE = "feature"
    SUSPEND = "suspend"
    BAN = "ban"
    DEMONETISE = "demonetise"
    ESCALATE = "escalate"

    @property
    def is_enforced(self) -> bool:
        """Whether the decision put a consequence on somebody."""
        return self not in (Outcome.NO_ACTION, Outcome.ESCALATE)


class Detection(StrEnum):
    PROACTIVE_MODEL = "proactive_model"
    PROACTIVE_HUMAN = "proactive_human"
    USER_REPORT = "user_report"
    LEGAL_NOTICE = "legal_notice"


class AutomatedDecision(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Actor(StrEnum):
    MODEL = "model"
    INHOUSE = "inhouse"
    BPO = "bpo"
    CENTRAL = "central"
    REGIONAL = "regional"


class ReviewException(StrEnum):
    """The public-interest exceptions a reviewer may record."""

    NONE = "none"
    DOCUMENTARY = "documentary"
    EDUCATIONAL = "educational"
    MEDICAL = "medical"
    COUNTERSPEECH = "counterspeech"
    SATIRE = "satire"
    ART = "art"
    CULTURAL = "cultural"


class Subject(StrEnum):
    """On whom a penalty falls."""

    SESSION = "session"
    CREATOR = "creator"
    ACCOUNT = "account"
    AGENCY = "agency"
    GUEST = "guest"
    VIEWER = "viewer"
    PERSON = "person"


class PenaltyCode(StrEnum):
    WARN = "warn"
    GUEST_REMOVED = "guest_removed"
    INTERRUPT = "interrupt"
    AGE_GATE_18 = "age_gate_18"
    FYF_INELIGIBLE = "fyf_ineligible"
    VISIBILITY_LIMIT = "visibility_limit"
    FEATURE_RESTRICT = "feature_restrict"
    LIVE_SUSPEND_1D = "live_suspend_1d"
    LIVE_SUSPEND_7D = "live_suspend_7d"
    LIVE_SUSPEND_30D = "live_suspend_30d"
    LIVE_SUSPEND_90D = "live_suspend_90d"
    LIVE_BAN_PERMANENT = "live_ban_permanent"
    DEMONETISE = "demonetise"
    ACCOUNT_BAN = "account_ban"
    LAW_ENFORCEMENT_REFERRAL = "law_enforcement_referral"
    AGE_VERIFICATION_HOLD = "age_verification_hold"
    AGENCY_WARNING = "agency_warning"
    AGENCY_SCORE_DEDUCTION = "agency_score_deduction"
    AGENCY_RECRUITMENT_FREEZE = "agency_recruitment_freeze"
    AGENCY_REWARD_HOLD = "agency_reward_hold"
    AGENCY_TERMINATION = "agency_termination"
    WELFARE_ESCALATION = "welfare_escalation"


class PenaltyStatus(StrEnum):
    ACTIVE = "active"
    SERVED = "served"
    REVERSED = "reversed"
    REDUCED = "reduced"
    EXPIRED = "expired"
    VOID_TECHNICAL = "void_technical"


class AppealChannel(StrEnum):
    IN_APP = "in_app"
    AGENCY_MANUAL = "agency_manual"
    LEGAL = "legal"
    REGULATOR = "regulator"


class AppealResult(StrEnum):
    PENDING = "pending"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    REDUCED = "reduced"
    WITHDRAWN = "withdrawn"
    INVALID = "invalid"


class AppealReason(StrEnum):
    NO_VIOLATION = "no_violation"
    WRONG_POLICY = "wrong_policy"
    TOO_SEVERE = "too_severe"
    TECHNICAL = "technical"
    NEW_EVIDENCE = "new_evidence"
    POLICY_CHANGED = "policy_changed"


class TrafficSource(StrEnum):
    FYF = "fyf"
    LIVE_TAB = "live_tab"
    LIVE_SQUARE = "live_square"
    SEARCH = "search"
    FOLLOWING = "following"
    NOTIFICATION = "notification"
    PROFILE = "profile"
    SHORT_VIDEO = "short_video"
    SHARE = "share"
    BATTLE = "battle"
    GUEST = "guest"
    PAID = "paid"
    OTHER = "other"


class SampleFrame(StrEnum):
    ENFORCED = "enforced"
    PASSED = "passed"
    APPEAL = "appeal"
    REPORT = "report"
    GOLDEN = "golden"
    EVENT = "event"


class SampleDesign(StrEnum):
    SRS = "srs"
    STRATIFIED = "stratified"
    TARGETED = "targeted"
    CENSUS = "census"


class SampleUnit(StrEnum):
    """What a sample is made of; a segment's rate is not a session's."""

    DECISION = "decision"
    SESSION = "session"
    SEGMENT = "segment"


class Judgment(StrEnum):
    """One person's label; `unreviewable` is not missing at random."""

    VIOLATING = "violating"
    NON_VIOLATING = "non_violating"
    BORDERLINE = "borderline"
    UNREVIEWABLE = "unreviewable"


class VerdictCode(StrEnum):
    """What the settled truth says of a decision."""

    CORRECT = "correct"
    OVERKILL = "overkill"
    LEAKAGE = "leakage"
    WRONG_POLICY = "wrong_policy"
    OVER_SEVERE = "over_severe"
    UNDER_SEVERE = "under_severe"
    TECHNICAL = "technical"


class VerdictOrigin(StrEnum):
    """How the truth was settled."""

    SINGLE = "single"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"
    REGIONAL_ARBITRATION = "regional_arbitration"
    CENTRAL_ARBITRATION = "central_arbitration"


class EventKind(StrEnum):
    """What a day in the calendar is."""

    PUBLIC_HOLIDAY = "public_holiday"
    OBSERVANCE = "observance"
    FESTIVAL = "festival"
    RELIGIOUS = "religious"
    SPORT = "sport"
    ELECTION = "election"
    COMMERCE = "commerce"
    RELEASE = "release"


class Direction(StrEnum):
    """Where an event is expected to move the incidents of its risk policies."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


class RoleCode(StrEnum):
    """Whom a person works as."""

    ANALYST = "analyst"
    REGIONAL_LEAD = "regional_lead"
    CENTRAL_TNS = "central_tns"
    CENTRAL_ECOSYSTEM = "central_ecosystem"
    QUALITY_REVIEWER = "quality_reviewer"
    EDUCATOR = "educator"
    AGENCY_VIEWER = "agency_viewer"
    ADMIN = "admin"


class RoleScope(StrEnum):
    """How far a role sees."""

    OWN_MARKETS = "own_markets"
    ALL_MARKETS = "all_markets"
    OWN_AGENCY = "own_agency"
