"""The day on which the first page is read."""

from datetime import datetime

import pytest

from desk.people import NOW


@pytest.fixture(autouse=True)
def still_clock(settings):
    """Pages live at the tests' moment."""

    class Still:
        def at(self, real: datetime) -> datetime:  # noqa: ARG002 (as the desk's clock)
            return NOW

    settings.CLOCK = Still()
