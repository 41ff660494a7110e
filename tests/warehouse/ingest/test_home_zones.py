"""A session's day is that of the zone its creator lived in when it began."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from atalaia.warehouse.ingest.home_zones import HomeZones

START = datetime(2026, 3, 1, tzinfo=UTC)
ZONES = ("America/Sao_Paulo", "America/Manaus", "America/Mexico_City", None)
INSTANT = pa.timestamp("us", tz="UTC")


def observed(rows):
    return pa.table(
        {
            "creator_id": pa.array([row[0] for row in rows], pa.string()),
            "home_tz": pa.array([row[1] for row in rows], pa.string()),
            "observed_at": pa.array([row[2] for row in rows], INSTANT),
        }
    )


def zones_of(homes, asked):
    creators, moments = zip(*asked, strict=True)
    found = homes.of(pa.array(creators), at=pa.array(moments, INSTANT))
    return found.to_pylist()


def test_a_move_leaves_earlier_sessions_in_the_old_zone():
    """Before, at and after the observation of a move; long before the first one too."""
    moved = START + timedelta(days=10)
    homes = HomeZones(observed([("ana", ZONES[2], moved), ("ana", ZONES[0], START)]))
    asked = [START - timedelta(days=9), moved - timedelta(microseconds=1), moved]
    found = zones_of(homes, [("ana", moment) for moment in asked])
    assert found == [ZONES[0], ZONES[0], ZONES[2]]


def test_nobody_has_the_zone_of_somebody_else():
    """Creators unknown, or whose zone was never told, have none."""
    homes = HomeZones(observed([("bia", ZONES[1], START), ("caio", None, START)]))
    found = zones_of(homes, [(name, START) for name in ("ana", "bia", "caio", "dani")])
    assert found == [None, ZONES[1], None, None]


def test_without_creators_there_are_no_zones():
    """An installation that has sessions only uses the markets' principal zones."""
    assert zones_of(HomeZones(observed([])), [("ana", START)]) == [None]


def test_columns_give_what_a_reader_would_find_by_hand():
    """Random moves, in any order of rows, against a search row by row."""
    rng = np.random.default_rng(20260314)
    rows = [
        (
            f"c{rng.integers(12)}",
            ZONES[rng.integers(4)],
            START + timedelta(hours=int(h)),
        )
        for h in rng.permutation(300)
    ]
    asked = [
        (f"c{rng.integers(14)}", START + timedelta(minutes=int(minute)))
        for minute in rng.integers(-600, 19_000, 500)
    ]
    assert zones_of(HomeZones(observed(rows)), asked) == [
        by_hand(rows, creator, moment) for creator, moment in asked
    ]


def by_hand(rows, creator, moment):
    told = sorted((at, zone) for name, zone, at in rows if name == creator and zone)
    before = [zone for at, zone in told if at <= moment]
    return before[-1] if before else told[0][1] if told else None
