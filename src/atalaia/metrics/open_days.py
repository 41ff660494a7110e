"""Dates with sessions on air: their cells change though no row of them does."""

from datetime import date

import ibis

from atalaia.metrics.reading import Reading
from atalaia.metrics.slices import fetched
from atalaia.metrics.views.valid_sessions import LONGEST_OPEN

__all__ = ["SESSIONS", "open_days"]

SESSIONS = "live_session"


def open_days(reading: Reading, *, among: frozenset[date] | None) -> frozenset[date]:
    """Return the dates with a session that may be on air at the reading's moment.

    Args:
        among: the dates to look at; None for all.
    """
    if among is not None and not among:
        return frozenset()
    rows = (reading if among is None else reading.on(among)).table(SESSIONS)
    earliest = ibis.literal(reading.as_of - LONGEST_OPEN)
    # A whole second more: whoever measures cuts the moment to its second.
    may_be = rows.started_at >= earliest - ibis.interval(seconds=1)
    has_no_end = rows.duration_s.isnull() & rows.ended_at.isnull()
    found = rows.filter(has_no_end & may_be).select("business_date").distinct()
    return frozenset(row["business_date"] for row in fetched(found, reading))
