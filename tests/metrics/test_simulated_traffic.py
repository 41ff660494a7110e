"""Watching, taking part, the feed and the mix, equal to what the world landed."""

from collections import Counter
from datetime import timedelta

import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS

APART = {"paid", "battle", "guest"}
STEPS = {
    "M49": "effective_10s",
    "M49s60": "effective_60s",
    "M50": "interactors",
    "M50follow": "new_follows",
    "M50gift": "gifters",
}


@pytest.fixture(scope="module")
def valid(world) -> set[str]:
    rows = world.truth("session_truth")
    return set(rows.filter(rows["is_valid"])["session_id"].to_pylist())


@pytest.fixture(scope="module")
def funnels(world, valid) -> list[dict]:
    rows = world.landed("traffic_snapshot").to_pylist()
    return [
        row
        for row in rows
        if row["session_id"] in valid and row["traffic_source"] not in APART
    ]


@pytest.mark.parametrize("metric", STEPS)
def test_every_step_of_the_funnel_is_exact(metric, ask_one, funnels):
    """Entries that went on, over all entries of organic sources."""
    cell = ask_one(metric)
    assert cell.numerator == sum(row[STEPS[metric]] for row in funnels)
    assert cell.denominator == sum(row["entries"] for row in funnels)


def test_time_off_the_feed_is_exact(ask_one, world, valid, penalties):
    """Every second of every room in which some penalty held, by brute force."""
    sessions = world.latest("live_session")
    taken, whole = 0, 0
    flags: dict[str, list] = {}
    for row in penalties:
        if row["code"] == "fyf_ineligible":
            flags.setdefault(row["session_id"], []).append(row)
    for name in valid:
        session = sessions[name]
        length = round(session["duration_s"])
        whole += length
        seconds: set[int] = set()
        for row in flags.get(name, ()):
            start = cut(row["started_at"]) - cut(session["started_at"])
            end = cut(row["ended_at"]) - cut(session["started_at"])
            seconds.update(range(max(0, start), min(length, end)))
        taken += len(seconds)
    cell = ask_one("M51")
    assert taken > 0
    assert (cell.numerator, cell.denominator) == (taken, whole)


def cut(moment) -> int:
    return int(moment.timestamp() // 1)


def test_the_distance_of_two_weeks_is_exact(ask_one, world, funnels):
    """M52: the last five days against the same days of the week before."""
    days = {row["session_id"]: row for row in world.truth("session_truth").to_pylist()}
    end = world.plan.last_day
    start = end - timedelta(days=4)
    week = timedelta(weeks=1)
    later, earlier = (
        shares(
            row
            for row in funnels
            if first <= days[row["session_id"]]["business_date"] <= last
        )
        for first, last in ((start, end), (start - week, end - week))
    )
    expected = sum(abs(later[name] - earlier[name]) for name in {*later, *earlier}) / 2
    cell = ask_one("M52", start=start, end=end)
    assert cell.value == pytest.approx(expected, rel=1e-9)
    assert cell.estimate.low <= cell.value <= cell.estimate.high


def shares(rows) -> Counter:
    counts: Counter = Counter()
    for row in rows:
        counts[row["traffic_source"]] += row["entries"]
    total = sum(counts.values())
    return Counter({name: count / total for name, count in counts.items()})
