"""Whole seconds between two instants, the same on every engine."""

import ibis

__all__ = ["MINUTE_S", "seconds_between"]

MINUTE_S = 60


def seconds_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Return the seconds from start to end, each cut to its second; null if either is.

    Cut by us: of an instant with a fraction, one engine would round the seconds since
    1970 and another would not. Exact from 1970 on; a fraction of a second after the
    year 2250 may count as a whole one, for engines tell it as a float.
    """
    return _second(end) - _second(start)


def _second(instant: ibis.Value) -> ibis.Value:
    # Some engines give a fraction, whatever type Ibis names: so it is cut as one.
    return instant.epoch_seconds().cast("float64").floor().cast("int64")
