"""A whole world: same seed same bytes, whole or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from atalaia.domain.reference import Reference
from atalaia.simulation.incidents import AgencyWave
from atalaia.simulation.vocabulary import OutOfBoundsError
from atalaia.simulation.world import WorldExistsError, load_plan, simulate
from atalaia.warehouse.contracts import CONTRACTS
from simulation.played_world import World

pytestmark = pytest.mark.slow


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_gives_same_bytes(play: Callable[..., World]) -> None:
    """Two worlds of one plan are equal file by file, facts and truth."""
    first, second = (play(sessions=1_500, creators=400, days=9) for _ in range(2))
    assert _digests(first.receipt.facts) == _digests(second.receipt.facts)
    assert _digests(first.receipt.truth) == _digests(second.receipt.truth)


def test_other_seed_gives_other_sessions(play: Callable[..., World]) -> None:
    """The seed decides what happens."""
    one = play(sessions=500, creators=300, days=2, incidents=())
    two = play(sessions=500, creators=300, days=2, incidents=(), seed=7)
    assert one.facts("live_session") != two.facts("live_session")


def test_world_holds_exactly_the_planned_sessions(world: World) -> None:
    """Calendar effects move sessions between days; they never change their number."""
    assert world.facts("live_session").num_rows == 25_000


def test_every_table_but_the_aggregate_is_written(world: World) -> None:
    """A world has rows of every table that a platform or a desk would report."""
    written = {path.name for path in world.receipt.facts.iterdir()}
    assert written == set(CONTRACTS) - {"aggregate"}


def test_world_states_its_end(world: World) -> None:
    """world.json holds the last instant, from which a demo's `now` is taken."""
    stated = json.loads((world.receipt.truth / "world.json").read_text())
    assert datetime.fromisoformat(stated["ends_at"]) == datetime(
        2026, 11, 19, 15, tzinfo=UTC
    )
    assert date.fromisoformat(stated["last_day"]) == date(2026, 11, 18)


def test_nothing_is_known_after_the_end(world: World) -> None:
    """No row was observed after the last export."""
    latest = max(
        max(world.facts(table)["observed_at"].to_pylist())
        for table in ("live_session", "penalty", "appeal", "verdict", "case_log")
    )
    assert latest <= world.receipt.ends_at


def test_existing_world_is_not_mixed_with_another(
    tmp_path: Path, reference: Reference
) -> None:
    """A second world into the same folder is refused before anything is written."""
    (tmp_path / "simulated").mkdir()
    with pytest.raises(WorldExistsError, match="already holds"):
        simulate(
            load_plan(reference=reference),
            into=tmp_path,
            truth=tmp_path / "truth",
            reference=reference,
        )


def test_receipt_counts_what_was_written(play: Callable[..., World]) -> None:
    """Where creators have no slot left the receipt says fewer, not what was planned."""
    crowded = play(sessions=900, creators=300, days=1, incidents=())
    written = crowded.facts("live_session").num_rows
    stated = json.loads((crowded.receipt.truth / "world.json").read_text())
    assert written < 900
    assert crowded.receipt.sessions == stated["sessions"] == written


def test_wave_of_an_agency_that_is_not_there_is_refused(
    play: Callable[..., World], reference: Reference
) -> None:
    """A rank beyond the market's agencies stops; it is not the smallest instead."""
    planted = load_plan(reference=reference).incidents
    [wave] = (item for item in planted if isinstance(item, AgencyWave))
    far = replace(wave, rank=500, starts_day=0, lasts_days=1)
    with pytest.raises(OutOfBoundsError, match="rank"):
        play(sessions=300, creators=300, days=1, incidents=(far,))


def test_smallest_world_plays_on(play: Callable[..., World]) -> None:
    """Days without a decision, or without a session, stop nothing."""
    world = play(sessions=12, creators=300, days=20, incidents=())
    assert world.receipt.sessions == 12


def test_progress_is_told_after_every_day(tmp_path: Path, reference: Reference) -> None:
    """The caller learns of each finished day and of the sessions so far."""
    told: list[tuple[date, int]] = []
    plan = replace(
        load_plan(reference=reference), sessions=300, creators=300, days=3, incidents=()
    )
    simulate(
        plan,
        into=tmp_path,
        truth=tmp_path / "truth",
        reference=reference,
        progress=lambda day, done: told.append((day, done)),
    )
    assert [day.day for day, _ in told] == [22, 23, 24]
    assert told[-1][1] == 300
