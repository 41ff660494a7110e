"""What every test of the desk stands on."""

import pytest

from desk.a_clock import StillClock
from desk.people import NOW


@pytest.fixture(autouse=True)
def still_clock(settings):
    """Pages and calls come at the tests' moment, whatever day it is."""
    settings.CLOCK = StillClock(NOW)
