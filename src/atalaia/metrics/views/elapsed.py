"""Whole seconds between two instants, the same on every engine."""

import ibis

__all__ = ["seconds_between"]


def seconds_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Return the seconds from start to end, each cut to its second; null if either is.

    Cut before it is counted: of an instant with a fraction, one engine's seconds since
    1970 would be rounded and another's would not.
    """
    return _second(end) - _second(start)


def _second(instant: ibis.Value) -> ibis.Value:
    # Without its zone, which the engines hold to UTC, an instant is cut twice as fast.
    whole = instant.cast("timestamp").truncate("s")
    return whole.epoch_seconds().cast("int64")
