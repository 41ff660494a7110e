"""The closed lists of the patrol: what is watched and why, and who is on duty when."""

from enum import StrEnum

__all__ = ["DutyDays", "DutyKind", "WatchKind", "WatchReason"]


class DutyKind(StrEnum):
    """What a day asks for: the patrol of a working day, or somebody within reach."""

    PATROL = "patrol"
    ON_CALL = "on_call"


class DutyDays(StrEnum):
    """Which days of a span are given to somebody."""

    EVERY = "every"
    WORKING = "working_days"
    OFF = "days_off"


class WatchKind(StrEnum):
    """What stands on the watch-list."""

    CREATOR = "creator"
    SESSION = "session"


class WatchReason(StrEnum):
    """Why somebody wants it looked at again."""

    PERSON_AT_RISK = "person_at_risk"
    POSSIBLE_MINOR = "possible_minor"
    BACK_FROM_SUSPENSION = "back_from_suspension"
    ONE_STEP_FROM_SUSPENSION = "one_step_from_suspension"
    REPORTED_AGAIN = "reported_again"
    EVASION = "evasion"
    NEW_TREND = "new_trend"
    SENSITIVE_EVENT = "sensitive_event"
    AFTER_CASE = "after_case"
    OTHER = "other"
