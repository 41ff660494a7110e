"""Older data becomes today's, with a backup first; newer data is left alone."""

import pytest

from atalaia.warehouse.place import (
    FORMAT,
    NewerDataError,
    create_place,
    format_of,
    open_place,
)
from atalaia.warehouse.tables import commit_facts
from atalaia.warehouse.upgrade import Migration, NoMigrationError, upgrade
from warehouse.fact_rows import NOON, an_identity, sessions


def settings_into_block(place):
    old = place.settings.read_text()
    place.settings.write_text(old.replace("cores:", "threads:"))


STEPS = {FORMAT: Migration(says="Cores are called threads.", apply=settings_into_block)}


@pytest.fixture
def place(tmp_path):
    made = create_place(tmp_path / "data")
    made.settings.write_text("cores: 3\n")
    commit_facts(
        made, "live_session", sessions(2), identities=[an_identity("a")], now=NOON
    )
    return made


def test_data_of_today_needs_nothing(place):
    """No step, no backup, no change."""
    receipt = upgrade(place.root, now=NOON)
    assert (receipt.steps, receipt.backup) == ((), None)


def test_each_step_runs_and_the_format_follows(place):
    """A migration changes the data and then its format; the receipt says it."""
    receipt = upgrade(place.root, now=NOON, migrations=STEPS, target=FORMAT + 1)
    assert place.settings.read_text() == "threads: 3\n"
    assert format_of(place) == FORMAT + 1
    assert receipt.steps == ("Cores are called threads.",)


def test_the_backup_is_the_data_as_it_was(place):
    """Before the first step everything is copied beside the data, facts included."""
    receipt = upgrade(place.root, now=NOON, migrations=STEPS, target=FORMAT + 1)
    backup = open_place(receipt.backup)
    assert backup.settings.read_text() == "cores: 3\n"
    assert len(list(backup.facts.rglob("*.parquet"))) == 1


def test_data_from_before_any_release_is_completed(tmp_path):
    """Format 0 lacks folders; the upgrade makes them and keeps what was there."""
    root = tmp_path / "data"
    (root / "landing").mkdir(parents=True)
    (root / "landing" / "a.csv").write_text("a\n")
    (root / "FORMAT").write_text("0\n")
    upgrade(root, now=NOON)
    place = open_place(root)
    assert all(folder.is_dir() for folder in place.folders)
    assert (place.landing / "a.csv").exists()


def test_newer_data_is_refused_untouched(place):
    """An older program never writes to newer data."""
    place.format.write_text(f"{FORMAT + 1}\n")
    with pytest.raises(NewerDataError):
        upgrade(place.root, now=NOON)
    assert [each.name for each in place.root.parent.iterdir()] == ["data"]


def test_a_missing_step_stops_before_anything_is_done(place):
    """Two formats ahead with one step known: nothing runs."""
    with pytest.raises(NoMigrationError, match=str(FORMAT + 1)):
        upgrade(place.root, now=NOON, migrations=STEPS, target=FORMAT + 2)
    assert format_of(place) == FORMAT


def test_a_failed_step_is_taken_up_again(place):
    """A step that dies leaves the format before it; the next run starts there."""

    def dies(_):
        raise KeyboardInterrupt

    broken = {**STEPS, FORMAT + 1: Migration(says="Dies.", apply=dies)}
    with pytest.raises(KeyboardInterrupt):
        upgrade(place.root, now=NOON, migrations=broken, target=FORMAT + 2)
    assert format_of(place) == FORMAT + 1
