"""The closed lists of the patrol: what is watched and why."""

from enum import StrEnum

__all__ = ["WatchKind", "WatchReason"]


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
