"""What to bear in mind with figures of casework and changes, and why one is missing.

Every text is an English key of the message catalogue.
"""

__all__ = [
    "CASES_END_EARLY",
    "CASES_TOO_NEW",
    "DROPPED_BEFORE_DUE",
    "DUPLICATES_ARE_DONE",
    "FIELDS_NOT_TOLD",
    "NO_DEADLINE",
    "NO_DEADLINE_NEVER_LATE",
    "NO_DUPLICATES",
    "OPEN_CASES_ASIDE",
    "RAISED_AT_A_PEAK",
    "WINDOW_NOT_OVER",
]

NO_DUPLICATES = (
    "Cases that double another case are left out: that case stands for them."
)
NO_DEADLINE = "Cases without a deadline to resolve are left out of both sides."
NO_DEADLINE_NEVER_LATE = "A case without a deadline is open, and never past SLA."
DUPLICATES_ARE_DONE = "A case is no longer open once it is marked as a duplicate."
OPEN_CASES_ASIDE = "Cases still open are not in it: read it beside the backlog's age."
FIELDS_NOT_TOLD = (
    "Cases that do not say how many fields were asked for and filled are left out of"
    " both sides."
)
DROPPED_BEFORE_DUE = "Actions dropped before they were due are left out of both sides."
RAISED_AT_A_PEAK = (
    "A diff is raised at a peak, which passes by itself: that is why all other cases of"
    " the market stand beside it."
)
WINDOW_NOT_OVER = "The 30 days after the change took effect are not over."
CASES_END_EARLY = (
    "The market's cases end before the 30 days after the change took effect do."
)
CASES_TOO_NEW = (
    "The market's cases do not reach back 30 days before the change took effect."
)
