"""The closed lists of the case desk: who asks for what, who waits, why it stands."""

from enum import StrEnum

__all__ = [
    "CaseLinkKind",
    "CaseSource",
    "ClockState",
    "ClosureNeed",
    "CommentAudience",
    "DismissalReason",
    "FieldKind",
    "FixResult",
    "NextMove",
    "PauseReason",
    "PersonalDataKind",
    "ProcedureState",
    "ReporterKind",
    "RequestedOutcome",
    "RestoreRefusal",
    "RestoreState",
    "ReturnReason",
]


class CaseSource(StrEnum):
    """How a case came in."""

    FORM = "form"
    API = "api"
    CSV = "csv"
    ALERT = "alert"


class ReporterKind(StrEnum):
    """Who brought it up."""

    CREATOR = "creator"
    AGENCY = "agency"
    ANALYST = "analyst"
    QUALITY = "quality"
    CENTRAL = "central"
    ALERT = "alert"
    AUTHORITY = "authority"
    PRESS = "press"
    VIEWER = "viewer"


class RequestedOutcome(StrEnum):
    """The one thing that a case asks for."""

    RESTORE = "restore"
    REDUCE = "reduce"
    ENFORCE = "enforce"
    EXPLAIN = "explain"
    SPEED_UP = "speed_up"
    RULE = "rule"
    FIX_MODEL = "fix_model"
    FIX_BUG = "fix_bug"
    REVIEW_DISTRIBUTION = "review_distribution"
    SANCTION_AGENCY = "sanction_agency"
    PROTECT_PERSON = "protect_person"
    ANSWER_AUTHORITY = "answer_authority"
    PUBLIC_STATEMENT = "public_statement"
    EDUCATE = "educate"


class RestoreState(StrEnum):
    """What became of one decision that a case asks to undo."""

    ASKED = "asked"
    RESTORED = "restored"
    REDUCED = "reduced"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


class RestoreRefusal(StrEnum):
    """Why one decision of many is not undone."""

    DECISION_STANDS = "decision_stands"
    OTHER_CAUSE = "other_cause"
    OTHER_VIOLATION = "other_violation"
    UNDONE_BEFORE = "undone_before"
    TOO_LATE = "too_late"
    CANNOT_BE_UNDONE = "cannot_be_undone"


class PauseReason(StrEnum):
    """Whom the region waits for while its clock stands."""

    REPORTER_ASKED = "reporter_asked"
    APPEAL_UNDER_WAY = "appeal_under_way"
    AGENCY_DOCUMENTS = "agency_documents"
    AUTHORITY_PAPERS = "authority_papers"


class ReturnReason(StrEnum):
    """Why a central team, or the region, gives a case back as incomplete."""

    EVIDENCE_MISSING = "evidence_missing"
    MOMENT_MISSING = "moment_missing"
    POLICY_NOT_NAMED = "policy_not_named"
    APPEALS_NOT_EXHAUSTED = "appeals_not_exhausted"
    SAMPLE_TOO_SMALL = "sample_too_small"
    WRONG_TEAM = "wrong_team"
    MORE_THAN_ONE_ASK = "more_than_one_ask"


class CommentAudience(StrEnum):
    """Who reads a comment."""

    REGION = "region"
    BOTH_SIDES = "both_sides"


class DismissalReason(StrEnum):
    """Why nobody opens a case from an alert."""

    KNOWN = "known"
    NOISE = "noise"
    PASSED = "passed"
    NOT_OURS = "not_ours"


class CaseLinkKind(StrEnum):
    """How one case belongs to another."""

    RELATED = "related"
    SAME_CAUSE = "same_cause"
    FOLLOWS = "follows"


class FixResult(StrEnum):
    """What the check of a promised fix found."""

    VERIFIED = "verified"
    NO_EFFECT = "no_effect"
    REGRESSED = "regressed"
    CANNOT_TELL = "cannot_tell"


class NextMove(StrEnum):
    """Who owes the next move of a case."""

    REGION = "region"
    CENTRAL = "central"
    REPORTER = "reporter"
    NOBODY = "nobody"


class ClockState(StrEnum):
    """How a clock stands."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    NOT_RUNNING = "not_running"


class ClosureNeed(StrEnum):
    """What a case must have before it closes."""

    ROOT_CAUSE = "root_cause"
    RESOLUTION = "resolution"
    VERIFICATION = "verification"


class FieldKind(StrEnum):
    """What a field of a procedure holds."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    INSTANT = "instant"
    CHOICE = "choice"
    REFERENCE = "reference"
    POLICY = "policy"
    SESSION = "session"
    DECISION = "decision"
    CREATOR = "creator"
    AGENCY = "agency"


class ProcedureState(StrEnum):
    """Where a version of a procedure stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"


class PersonalDataKind(StrEnum):
    """What was found in free text that names or reaches a person."""

    CPF = "cpf"
    CNPJ = "cnpj"
    CURP = "curp"
    RUT = "rut"
    DNI = "dni"
    PHONE = "phone"
    EMAIL = "email"
