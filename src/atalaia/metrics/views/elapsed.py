"""Whole seconds between two instants, the same on every engine."""

import ibis

__all__ = ["seconds_between"]


def seconds_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Return the seconds from start to end, each cut to its second; null if either is.

    Cut by us: of an instant with a fraction, one engine would round the seconds since
    1970 and another would not.
    """
    return _second(end) - _second(start)


def _second(instant: ibis.Value) -> ibis.Value:
    # Some engines give a fraction, whatever type Ibis names: so it is cut as one.
    return instant.epoch_seconds().cast("float64").floor().cast("int64")
