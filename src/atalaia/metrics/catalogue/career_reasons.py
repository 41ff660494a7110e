"""What to bear in mind of creators' histories; every text is an English key."""

__all__ = ["HISTORY_STARTS"]

HISTORY_STARTS = (
    "A creator's history starts with the first fact that arrived: what happened before"
    " is unknown, so that early periods count some as first-timers who are none."
)
