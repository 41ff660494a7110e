"""First-timers and golden answers of the simulated world, equal to the row."""

from datetime import timedelta

import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS

SETTLED_AS = ("sample_id", "decision_id", "session_id", "segment_seq")


@pytest.fixture(scope="module")
def dated(world):
    """Return creator and date of every valid session, as the world knows them."""
    rows = world.truth("session_truth").to_pylist()
    return [
        (row["creator_id"], row["business_date"]) for row in rows if row["is_valid"]
    ]


@pytest.fixture(scope="module")
def first_day(world, decisions, penalties):
    """Return the day of every creator's first incident with a net penalty."""
    net = {row["decision_id"] for row in penalties if not was_taken_back(row)}
    incidents: dict[str, list[dict]] = {}
    for row in world.truth("decision_truth").to_pylist():
        if row["is_enforced"] and row["decision_id"] in decisions:
            incidents.setdefault(row["incident_id"], []).append(row)
    found = {}
    for steps in incidents.values():
        if any(row["decision_id"] in net for row in steps):
            who, day = steps[0]["creator_id"], steps[0]["business_date"]
            found[who] = min(day, found.get(who, day))
    return found


def was_taken_back(row):
    if row["status"] != "reversed":
        return False
    return row["ended_at"] - row["started_at"] <= timedelta(days=14)


def test_first_timers_are_exact(world, ask_one, dated, first_day):
    """M08 of the second half: those without a past, and those who then begin one."""
    start = world.plan.start + timedelta(days=6)
    active = {who for who, day in dated if start <= day <= world.plan.last_day}
    clean = {who for who in active if first_day.get(who, start) >= start}
    first = {who for who in clean if who in first_day}
    cell = ask_one("M08", start=start)
    assert (cell.numerator, cell.denominator) == (len(first), len(clean))
    assert 0 < len(first) < len(clean) < len(active)


def test_golden_answers_are_exact(world, ask_one):
    """M20: every reviewer's first answer to an item, against its settled truth."""
    verdicts = world.latest("verdict").values()
    truth = {
        tuple(row[name] for name in SETTLED_AS): row["truth"]
        for row in verdicts
        if row["frame"] == "golden"
    }
    seen, right, answered = set(), 0, 0
    reviews = world.latest("review").values()
    for row in sorted(
        reviews, key=lambda each: (each["reviewed_at"], each["review_id"])
    ):
        look = (row["reviewer_id"], row["decision_id"] or row["session_id"])
        expected = truth.get(tuple(row[name] for name in SETTLED_AS))
        if expected and look not in seen:
            answered += 1
            right += row["judgment"] == expected
        seen.add(look)
    cell = ask_one("M20", end=world.plan.last_day + timedelta(days=7))
    assert (cell.numerator, cell.denominator) == (right, answered)
    assert 0 < right < answered
