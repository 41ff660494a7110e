"""M46 and its secondary outcomes against worlds whose programmes' effect is known."""

import math
import shutil
from dataclasses import replace

import numpy as np
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.simulation.plan import Education
from atalaia.simulation.world import load_plan, simulate
from builders import the_reference
from metrics.trial_truth import trial_truth

pytestmark = pytest.mark.slow

TOLD = ("programme_places", "prevented_violations", "violations", "decision_truth")
BASICS = "live-rules-basics"
WORLDS = 8


def effects_of(world, metric):
    question = Question(metric=metric, start=world.plan.start, end=world.plan.last_day)
    rows = evaluate(question, world.reading(), now=world.now).rows
    return {row.dims["programme"]: row for row in rows}


def truth_of(world):
    return trial_truth(
        truth={name: world.truth(name).to_pylist() for name in TOLD},
        penalties=world.latest("penalty").values(),
    )


@pytest.fixture(scope="module")
def nothing(two_months):
    """Return the effects in the world whose programmes do nothing."""
    metrics = ("M46", "M46hours", "M46intensity")
    return {metric: effects_of(two_months, metric) for metric in metrics}


@pytest.fixture(scope="module")
def something(taught):
    """Return the effects in the world whose programme works."""
    metrics = ("M46", "M46hours", "M46intensity")
    return {metric: effects_of(taught, metric) for metric in metrics}


def test_the_effect_is_the_slope_over_creators_assigned(taught, something):
    """Incidents of thirty days by creator, on the arm and on the thirty days before."""
    truth = truth_of(taught)
    ones = np.ones(len(truth.places))
    design = np.stack([ones, truth.is_treated, truth.before], axis=1)
    slope = np.linalg.lstsq(design, truth.after, rcond=None)[0][1]
    found = something["M46"][BASICS]
    assert truth.after.sum() > 0
    assert found.n == len(truth.places)
    assert found.value == pytest.approx(slope, abs=1e-9)


def test_hours_are_those_of_the_rooms(taught, something):
    """The sum over the treated, of valid rooms that began within thirty days."""
    truth = truth_of(taught)
    assigned = {
        row["creator_id"]: row["assigned_at"]
        for row in truth.places
        if row["arm"] == "treatment"
    }
    is_valid = {
        row["session_id"]: row["is_valid"]
        for row in taught.truth("session_truth").to_pylist()
    }
    seconds = sum(
        row["duration_s"]
        for row in taught.latest("live_session").values()
        if row["creator_id"] in assigned
        and is_valid[row["session_id"]]
        and 0 <= (row["started_at"] - assigned[row["creator_id"]]).days < 30
    )
    found = something["M46hours"][BASICS]
    assert found.numerator == pytest.approx(seconds, rel=1e-4)


def test_a_programme_that_works_is_seen_to_work(taught, something):
    """The interval holds what was really prevented, and not zero."""
    estimate = something["M46"][BASICS].estimate
    assert estimate.low < -truth_of(taught).prevented < estimate.high < 0


def test_its_intensity_falls_and_its_hours_stay(something):
    """Fewer cases in as many hours: what the programme teaches is no absence."""
    assert something["M46intensity"][BASICS].estimate.high < 0
    hours = something["M46hours"][BASICS].estimate
    assert hours.low < 0 < hours.high


@pytest.mark.parametrize("metric", ["M46", "M46hours", "M46intensity"])
def test_a_programme_that_did_nothing_is_not_praised(nothing, metric):
    """The interval holds the true effect, zero."""
    estimate = nothing[metric][BASICS].estimate
    assert estimate.low < 0 < estimate.high


@pytest.mark.parametrize("metric", ["M46", "M46hours", "M46intensity"])
def test_offenders_picked_at_their_worst_have_no_effect_told(nothing, metric):
    """Their incidents fell by themselves."""
    assert nothing[metric]["second-chance"].value is None


@pytest.mark.parametrize("factor", [0.2, 1.0])
def test_the_interval_covers_what_was_prevented(tmp_path, factor):
    """World after world, as often as promised, and on average the estimate is right."""
    covered, errors = 0, []
    for seed in range(WORLDS):
        truth = played(tmp_path / "world", seed=seed, factor=factor)
        found = truth.estimate()
        covered += found.low <= -truth.prevented <= found.high
        errors.append(found.value + truth.prevented)
    assert (truth.prevented > 0) == (factor < 1)
    assert covered / WORLDS >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / WORLDS)
    assert abs(np.mean(errors)) < 3 * np.std(errors) / math.sqrt(WORLDS)


def played(folder, *, seed, factor):
    """Return the truth of a world of five weeks: the places' thirty days and no more.

    Suspensions are few at this rate: where they are many, who was taught is on air
    more, and breaks some rule then.
    """
    plan = load_plan(reference=the_reference())
    plan = replace(
        plan,
        seed=seed,
        days=34,
        sessions=20_000,
        creators=2_500,
        violation_scale=2 * plan.violation_scale,
        education=Education(offence_factor=factor),
        incidents=(),
    )
    receipt = simulate(
        plan, into=folder, truth=folder / "truth", reference=the_reference()
    )
    told = ds.dataset(receipt.facts / "penalty").to_table().sort_by("observed_at")
    penalties = {row["penalty_id"]: row for row in told.to_pylist()}
    truth = {
        name: pq.read_table(receipt.truth / f"{name}.parquet").to_pylist()
        for name in TOLD
    }
    shutil.rmtree(folder)
    return trial_truth(truth=truth, penalties=penalties.values())
