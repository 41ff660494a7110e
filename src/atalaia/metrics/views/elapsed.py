"""Whole seconds between two instants, the same on every engine."""

import ibis

__all__ = ["seconds_between"]


def seconds_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Return whole seconds from start to end; null where either is."""
    return end.epoch_seconds().cast("int64") - start.epoch_seconds().cast("int64")
