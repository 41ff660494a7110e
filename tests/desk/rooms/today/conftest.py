"""The day on which the first page is read, and the small world that it is told of."""

from datetime import datetime

import pytest

from desk.people import NOW
from desk.rooms.metrics.conftest import (
    answers,
    browse,
    opened,
    small_world,
    watched,
)

__all__ = ["answers", "browse", "opened", "small_world", "still_clock", "watched"]


@pytest.fixture(autouse=True)
def still_clock(settings):
    """Pages live at the tests' moment."""

    class Still:
        def at(self, real: datetime) -> datetime:  # noqa: ARG002 (as the desk's clock)
            return NOW

    settings.CLOCK = Still()
