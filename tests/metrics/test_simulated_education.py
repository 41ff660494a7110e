"""Programmes and alerts against what the simulated desk really did."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from builders import the_reference
from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS


@pytest.fixture(scope="module")
def places(world) -> list[dict]:
    return world.truth("programme_places").to_pylist()


@pytest.fixture(scope="module")
def courses(world) -> list[dict]:
    return world.truth("alert_courses").to_pylist()


@pytest.fixture(scope="module")
def latest(world) -> list[dict]:
    """Return every place as observed last."""
    found = {}
    for row in world.landed("enrolment").to_pylist():
        found[row["programme_id"], row["creator_id"]] = row
    return list(found.values())


def local_day(moment, market) -> date:
    zone = the_reference().markets.of(market).principal_zone
    return moment.astimezone(ZoneInfo(zone)).date()


def test_coverage_counts_completions_known_by_now(ask, world, places):
    """M44: those to come are no completions yet, those held out no part of it."""
    found = ask("M44", by=("programme",))
    for cell in found:
        targeted = [
            row
            for row in places
            if row["programme_id"] == cell.dims["programme"]
            and row["arm"] == "treatment"
        ]
        done = [
            row
            for row in targeted
            if row["completed_at"] and row["completed_at"] <= world.now
        ]
        assert (cell.numerator, cell.denominator) == (len(done), len(targeted))
    assert {cell.dims["programme"] for cell in found} == {
        row["programme_id"] for row in places
    }


def test_uplift_is_the_mean_of_pairs_on_other_questions(ask, latest):
    """M45: every pair of scores landed, and its interval around what was taught."""
    for cell in ask("M45"):
        gains = [
            row["post_score"] - row["pre_score"]
            for row in latest
            if row["programme_id"] == cell.dims["programme"]
            and row["post_score"] is not None
            and row["post_form"] != row["pre_form"]
        ]
        assert cell.n == len(gains)
        if cell.value is not None:
            assert cell.value == pytest.approx(sum(gains) / len(gains))


def test_the_effect_is_withheld_until_it_can_be_told(ask):
    """M46: twelve days are too few; and offenders were not picked by chance."""
    reasons = {cell.dims["programme"]: cell.reason for cell in ask("M46")}
    assert "not over" in reasons["live-rules-basics"]
    assert "Chance did not choose" in reasons["second-chance"]


def test_alert_precision_is_exact(ask_one, world, courses):
    """M53: of those closed on a day of the world, the findings that were true."""
    closed = [
        row
        for row in courses
        if row["closed_at"]
        and row["closed_at"] <= world.now
        and local_day(row["closed_at"], row["market"]) <= world.plan.last_day
    ]
    worth_it = [row for row in closed if row["finding"] in ("explained", "actioned")]
    cell = ask_one("M53")
    assert (cell.numerator, cell.denominator) == (len(worth_it), len(closed))


def test_time_to_acknowledge_is_exact(ask_one, world, courses):
    """M54: whole seconds from raising to taking, over those taken by now."""
    taken = [row for row in courses if row["acked_at"] and row["acked_at"] <= world.now]
    waits = [
        int(row["acked_at"].timestamp()) - int(row["raised_at"].timestamp())
        for row in taken
    ]
    cell = ask_one("M54")
    assert (cell.numerator, cell.denominator) == (sum(waits), len(waits))
