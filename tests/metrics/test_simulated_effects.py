"""M46 against two simulated months, in which the programme did nothing."""

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question

pytestmark = pytest.mark.slow

MONTH_S = 30 * 86_400


@pytest.fixture(scope="module")
def effects(two_months):
    question = Question(
        metric="M46", start=two_months.plan.start, end=two_months.plan.last_day
    )
    rows = evaluate(question, two_months.reading(), now=two_months.now).rows
    return {row.dims["programme"]: row for row in rows}


@pytest.fixture(scope="module")
def places(two_months):
    rows = two_months.truth("programme_places").to_pylist()
    return [row for row in rows if row["is_by_chance"]]


@pytest.fixture(scope="module")
def starts(two_months):
    """Return creator and start of every net incident."""
    net = {
        row["decision_id"]
        for row in two_months.latest("penalty").values()
        if row["status"] != "void_technical" and not was_taken_back(row)
    }
    planned: dict[str, list[dict]] = {}
    for row in two_months.truth("decision_truth").to_pylist():
        if row["is_enforced"]:
            planned.setdefault(row["incident_id"], []).append(row)
    return [
        (steps[0]["creator_id"], min(row["decided_at"] for row in steps))
        for steps in planned.values()
        if any(row["decision_id"] in net for row in steps)
    ]


def was_taken_back(row) -> bool:
    if row["status"] != "reversed":
        return False
    return row["ended_at"] - row["started_at"] <= timedelta(days=14)


def test_the_effect_is_the_slope_over_creators_assigned(effects, places, starts):
    """Incidents of thirty days by creator, on the arm and on the thirty days before."""
    assigned = {row["creator_id"]: row["assigned_at"] for row in places}
    after: Counter = Counter()
    before: Counter = Counter()
    for creator, start in starts:
        if creator in assigned:
            since = int(start.timestamp()) - int(assigned[creator].timestamp())
            after[creator] += 0 <= since < MONTH_S
            before[creator] += -MONTH_S <= since < 0
    design = np.array(
        [[1, row["arm"] == "treatment", before[row["creator_id"]]] for row in places],
        dtype=float,
    )
    outcomes = np.array([after[row["creator_id"]] for row in places], dtype=float)
    slope = np.linalg.lstsq(design, outcomes, rcond=None)[0][1]
    found = effects["live-rules-basics"]
    assert outcomes.sum() > 0
    assert found.n == len(places)
    assert found.value == pytest.approx(slope, abs=1e-9)


def test_a_programme_that_did_nothing_is_not_praised(effects):
    """The interval holds the true effect, zero."""
    estimate = effects["live-rules-basics"].estimate
    assert estimate.low < 0 < estimate.high


def test_offenders_picked_at_their_worst_have_no_effect_told(effects):
    """Their incidents fell by themselves."""
    assert effects["second-chance"].value is None
