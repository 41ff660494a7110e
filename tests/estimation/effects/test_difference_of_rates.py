"""An effect on a rate, such as incidents over LIVE hours, against the truth."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from atalaia.estimation.effects.difference import difference_in_means
from atalaia.estimation.effects.trial import Trial
from atalaia.estimation.errors import ImpossibleSampleError

RATE, FACTOR = 0.2, 0.4
EFFECT = RATE * (FACTOR - 1)
TRIES = 400


def a_trial(rng, *, clusters, treated=None, each=12, factor=FACTOR, alike=1.0):
    """Incidents over hours; one creator in five is never LIVE, some are all the time.

    The higher `alike`, the less do creators differ in hours and in habits.
    """
    label = np.repeat(np.arange(clusters), each)
    count = clusters // 2 if treated is None else treated
    treated = rng.permutation(np.arange(clusters) < count)[label]
    activity = 8 * rng.gamma(0.7 * alike, 1 / (0.7 * alike), len(label))
    hours = [activity * rng.gamma(3, 1 / 3, len(label)) for _ in range(2)]
    for some in hours:
        some[rng.random(len(label)) < 0.2] = 0
    habit = (
        RATE
        * rng.gamma(alike, 1 / alike, len(label))
        * rng.gamma(8, 1 / 8, clusters)[label]
    )
    earlier = rng.poisson(habit * hours[0])
    later = rng.poisson(habit * hours[1] * np.where(treated, factor, 1))
    return Trial(
        outcomes=later,
        is_treated=treated,
        clusters=label,
        before=earlier,
        exposures=hours[1],
        exposures_before=hours[0],
    )


def without_before(trial):
    return replace(trial, before=None, exposures_before=None)


def effect_of(trial, **given):
    return difference_in_means(trial, rng=np.random.default_rng(1), **given)


def rates(trial):
    return [
        np.sum(trial.outcomes[trial.is_treated == arm])
        / np.sum(trial.exposures[trial.is_treated == arm])
        for arm in (True, False)
    ]


@pytest.mark.parametrize("clusters", [8, 30])
def test_without_a_before_the_value_is_the_difference_of_rates(clusters):
    """Each arm's incidents over its hours, by randomisation and regression alike."""
    trial = without_before(a_trial(np.random.default_rng(3), clusters=clusters))
    treated, held_out = rates(trial)
    assert effect_of(trial).value == pytest.approx(treated - held_out)


@pytest.mark.parametrize("clusters", [8, 30])
def test_over_one_unit_each_a_rate_is_a_mean(clusters):
    """The same value and limits as the difference of means."""
    trial = a_trial(np.random.default_rng(4), clusters=clusters)
    ones = np.ones(len(trial.outcomes))
    plain = replace(trial, exposures=None, exposures_before=None)
    found = effect_of(replace(plain, exposures=ones, exposures_before=ones))
    expected = effect_of(plain)
    assert found.value == pytest.approx(expected.value)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert "rates" in found.method


def test_the_error_is_that_of_the_delta_method():
    """Each creator a cluster: the sum of squares of what each adds to the rates."""
    rng = np.random.default_rng(5)
    trial = without_before(a_trial(rng, clusters=2000, each=1))
    variance = 0.0
    for arm, rate in zip((True, False), rates(trial), strict=True):
        mine = trial.is_treated == arm
        rest = trial.outcomes[mine] - rate * trial.exposures[mine]
        variance += np.sum(rest**2) / np.sum(trial.exposures[mine]) ** 2
    found = effect_of(trial)
    half = (found.high - found.low) / 2
    assert half == pytest.approx(1.96 * math.sqrt(variance), rel=0.01)


def covered(factor, **shape):
    """Return how often the interval holds the truth."""
    rng = np.random.default_rng(2)
    found = [
        difference_in_means(a_trial(rng, factor=factor, **shape), rng=rng)
        for _ in range(TRIES)
    ]
    truth = RATE * (factor - 1)
    return sum(each.low <= truth <= each.high for each in found) / TRIES


@pytest.mark.parametrize(("clusters", "treated"), [(10, 5), (24, 12), (25, 3)])
@pytest.mark.parametrize("factor", [FACTOR, 1])
def test_the_interval_covers_the_true_effect(clusters, treated, factor):
    """At the nominal rate or above, with creators who are never LIVE."""
    shape = {"clusters": clusters, "treated": treated, "alike": 4}
    slack = 2.6 * math.sqrt(0.95 * 0.05 / TRIES)
    assert covered(factor, **shape) >= 0.95 - slack


def test_a_few_creators_with_most_of_the_hours_cost_some_coverage():
    """Where one in ten holds half of all hours: nine times in ten, and not 95 %."""
    assert covered(FACTOR, clusters=24) >= 0.9 - 2.6 * math.sqrt(0.09 / TRIES)


@pytest.mark.parametrize("clusters", [12, 40])
def test_the_value_is_right_on_average(clusters):
    """Over many trials, with the rate before taken away."""
    rng = np.random.default_rng(7)
    found = [effect_of(a_trial(rng, clusters=clusters)).value for _ in range(150)]
    error = np.std(found) / math.sqrt(len(found))
    assert abs(np.mean(found) - EFFECT) < 3 * error


def test_the_rate_before_narrows_the_interval():
    """CUPED takes away what differs between people anyway."""
    rng = np.random.default_rng(8)
    trials = [a_trial(rng, clusters=40) for _ in range(10)]
    widths = [
        sum(each.high - each.low for each in map(effect_of, some))
        for some in (trials, map(without_before, trials))
    ]
    assert widths[0] < 0.9 * widths[1]


def refused(trial, constant):
    """Whether the constant is contradicted, by the test itself, every assignment."""
    treated = np.array([trial.is_treated[trial.clusters == c][0] for c in range(8)])
    hours, usual = trial.exposures, trial.before.sum() / trial.exposures_before.sum()
    other = trial.before - usual * trial.exposures_before
    clean = trial.outcomes - constant * trial.is_treated * hours
    rest = clean - hours * clean.sum() / hours.sum()
    clean = clean - other * (other @ rest) / (other @ other)

    def gap(chosen):
        mine = np.isin(trial.clusters, chosen)
        sides = [clean[arm].sum() / hours[arm].sum() for arm in (mine, ~mine)]
        return abs(sides[0] - sides[1])

    shown = gap(np.flatnonzero(treated))
    gaps = [gap(chosen) for chosen in combinations(range(8), 4)]
    return np.mean(np.array(gaps) >= shown - 1e-12) <= 0.05


def test_the_interval_holds_what_the_test_does_not_contradict():
    """Just inside each end the constant stands, just outside it is contradicted."""
    trial = a_trial(np.random.default_rng(9), clusters=8)
    found = effect_of(trial)
    for end, outwards in ((found.low, -1), (found.high, 1)):
        assert not refused(trial, end - outwards * 1e-4)
        assert refused(trial, end + outwards * 1e-4)


def test_an_assignment_that_shows_no_rate_contradicts_nothing():
    """Half of the agencies were never LIVE: the interval is finite and no narrower."""
    trial = a_trial(np.random.default_rng(10), clusters=12, treated=6, each=4)
    first = np.unique(trial.clusters[trial.is_treated])[0]
    other = np.unique(trial.clusters[~trial.is_treated])[0]
    is_on_air = np.isin(trial.clusters, [first, other])
    quiet = replace(
        trial,
        outcomes=np.where(is_on_air, trial.outcomes, 0),
        exposures=np.where(is_on_air, trial.exposures, 0),
    )
    found = effect_of(quiet)
    assert not found.has_interval
    assert "Too few" in found.reason


def test_an_arm_that_was_never_live_has_no_rate():
    """Nothing over nothing is not zero."""
    trial = a_trial(np.random.default_rng(11), clusters=24)
    hours = np.where(trial.is_treated, 0.0, trial.exposures)
    found = effect_of(replace(trial, exposures=hours))
    assert found.value is None
    assert "no exposure" in found.reason


def test_a_rate_that_is_the_same_for_all_shows_no_error():
    """Incidents in proportion to hours leave nothing to tell chance by."""
    trial = without_before(a_trial(np.random.default_rng(12), clusters=24))
    found = effect_of(replace(trial, outcomes=0.3 * trial.exposures))
    assert found.value == pytest.approx(0, abs=1e-12)
    assert not found.has_interval


@pytest.mark.parametrize("wrong", [[-1.0, 1, 1, 1], [1.0, 1, 1], [math.nan, 1, 1, 1]])
def test_impossible_exposures_are_refused(wrong):
    """Less than nothing, three for four people, or none known."""
    trial = Trial(
        outcomes=[1, 2, 3, 4],
        is_treated=[1, 1, 0, 0],
        clusters=list("abcd"),
        exposures=wrong,
    )
    with pytest.raises(ImpossibleSampleError):
        effect_of(trial)
