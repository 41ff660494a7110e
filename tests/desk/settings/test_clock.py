"""What time it is at a desk."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from atalaia.desk.settings.clock import (
    REAL,
    UnreadableClockError,
    read_clock,
    start_clock,
)
from atalaia.warehouse.place import create_place

ENDS = datetime(2026, 7, 6, tzinfo=UTC)
STARTED = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def place(tmp_path):
    """An installation whose world is simulated and has ended."""
    made = create_place(tmp_path / "DATA")
    made.truth.mkdir()
    (made.truth / "world.json").write_text(json.dumps({"ends_at": ENDS.isoformat()}))
    return made


def test_a_real_installation_lives_in_real_time(tmp_path):
    """Nothing moves the clock where no world is simulated."""
    assert start_clock(create_place(tmp_path / "DATA"), real=STARTED) == REAL


def test_a_simulated_world_goes_on_from_its_end(place):
    """An hour after the desk was set up it is an hour past the world's end."""
    clock = start_clock(place, real=STARTED)

    assert clock.at(STARTED + timedelta(hours=1)) == ENDS + timedelta(hours=1)


def test_setting_up_again_does_not_turn_the_clock_back(place):
    """What was written down would lie in the future."""
    first = start_clock(place, real=STARTED)

    assert start_clock(place, real=STARTED + timedelta(days=2)) == first


def test_a_clock_that_cannot_be_read_is_refused(place):
    """Real time would put every case a year away from the facts."""
    (place.records / "clock.json").write_text("{}")

    with pytest.raises(UnreadableClockError):
        read_clock(place)
