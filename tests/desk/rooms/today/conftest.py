"""The small world that the first page is told of."""

from desk.rooms.metrics.conftest import (
    answers,
    browse,
    opened,
    small_world,
    watched,
)

__all__ = ["answers", "browse", "opened", "small_world", "watched"]
