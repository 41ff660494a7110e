"""The newest snapshot, opened once for a process."""

import pytest

from atalaia.desk.rooms.metrics.reading import LONGEST, Lookout
from atalaia.warehouse.place import create_place
from atalaia.warehouse.snapshots import NoSnapshotError
from desk.people import NOW


@pytest.fixture
def lookout(small_world):
    return Lookout(place=small_world.place)


def test_the_same_opening_serves_everybody(lookout):
    """Opening finds every file; it is done once."""
    with lookout.opened(now=NOW) as first, lookout.opened(now=NOW) as second:
        assert first is second


def test_what_is_replaced_stays_open_for_who_still_reads_it(lookout):
    """Nobody's figures break off because newer ones arrived."""
    with lookout.opened(now=NOW) as old:
        with lookout.opened(now=NOW + LONGEST) as new:
            assert new is not old
        assert old.whole.has_rows("live_session")
        assert old.spill.exists()

    assert (old.spill.exists(), new.spill.exists()) == (False, True)


def test_a_simulated_world_is_read_at_its_end(lookout, small_world):
    """Its figures are as fresh as when it was made, whenever somebody looks."""
    with lookout.opened(now=NOW) as opened:
        assert (opened.now, opened.day) == (small_world.now, small_world.plan.last_day)


def test_without_facts_it_says_so(tmp_path):
    """An empty installation has nothing to open."""
    empty = Lookout(place=create_place(tmp_path / "data"))
    with pytest.raises(NoSnapshotError), empty.opened(now=NOW):
        pass
