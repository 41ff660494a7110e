"""A randomised effect against the truth, an oracle, and what cannot be told."""

import math
from itertools import combinations

import numpy as np
import pytest
import statsmodels.api as sm

from atalaia.estimation.effects import randomisation
from atalaia.estimation.effects.difference import difference_in_means
from atalaia.estimation.effects.trial import Trial
from atalaia.estimation.errors import ImpossibleSampleError

EFFECT = -0.4


def a_trial(rng, *, clusters, treated=None, each=12, effect=EFFECT, before=True):
    """Counts of incidents; agencies differ, and people are what they were before."""
    label = np.repeat(np.arange(clusters), each)
    count = clusters // 2 if treated is None else treated
    treated = rng.permutation(np.arange(clusters) < count)[label]
    habit = rng.gamma(1, 1, len(label)) * rng.gamma(4, 0.25, clusters)[label]
    earlier, later = rng.poisson(2 * habit), rng.poisson(2 * habit)
    return Trial(
        outcomes=later + effect * treated,
        is_treated=treated,
        clusters=label,
        before=earlier if before else None,
    )


def effect_of(trial, **given):
    return difference_in_means(trial, rng=np.random.default_rng(1), **given)


def width(estimate):
    return estimate.high - estimate.low


def test_the_value_is_the_slope_of_the_treatment():
    """CUPED with the effect: what a regression on arm and outcome before gives."""
    trial = a_trial(np.random.default_rng(2), clusters=30)
    design = np.stack([np.ones(360), trial.is_treated, trial.before], axis=1)
    slope = sm.OLS(trial.outcomes, design).fit().params[1]
    assert effect_of(trial).value == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize("clusters", [8, 30])
def test_without_a_before_the_value_is_the_difference_of_means(clusters):
    """By randomisation and by regression alike."""
    trial = a_trial(np.random.default_rng(3), clusters=clusters, before=False)
    arms = [np.mean(trial.outcomes[trial.is_treated == arm]) for arm in (True, False)]
    assert effect_of(trial).value == pytest.approx(arms[0] - arms[1])


@pytest.mark.parametrize(
    ("clusters", "treated", "method"),
    [
        (19, 9, "randomisation"),
        (20, 10, "CR2"),
        (25, 2, "randomisation"),
        (25, 23, "randomisation"),
        (40, 9, "randomisation"),
    ],
)
def test_few_clusters_in_either_arm_are_told_by_randomisation(
    clusters, treated, method
):
    """Below ten clusters in an arm nothing is taken to be normal."""
    rng = np.random.default_rng(4)
    found = effect_of(a_trial(rng, clusters=clusters, treated=treated))
    assert method in found.method


def test_assignments_are_drawn_in_blocks_that_fit_into_memory(monkeypatch):
    """Whatever the height of a block, the interval is the same but for its last bit."""
    trial = a_trial(np.random.default_rng(12), clusters=60, treated=5, each=3)
    whole = effect_of(trial)
    monkeypatch.setattr(randomisation, "AT_ONCE", 60 * 997)
    found = effect_of(trial)
    assert (found.value, found.n, found.method) == (whole.value, whole.n, whole.method)
    assert (found.low, found.high) == pytest.approx((whole.low, whole.high), rel=1e-12)


@pytest.mark.parametrize(("clusters", "treated"), [(10, 5), (24, 12), (25, 2)])
def test_the_interval_covers_the_true_effect(clusters, treated):
    """At the nominal rate, with skewed counts and people who are alike in a cluster."""
    rng = np.random.default_rng(5)
    tries = 300
    covered = 0
    for _ in range(tries):
        trial = a_trial(rng, clusters=clusters, treated=treated)
        found = difference_in_means(trial, rng=rng)
        covered += found.low <= EFFECT <= found.high
    slack = 2.6 * math.sqrt(0.95 * 0.05 / tries)
    assert 0.95 - slack <= covered / tries <= min(1, 0.95 + 1.5 * slack)


def test_rare_incidents_in_agencies_of_unlike_size_are_covered():
    """Most creators have none, agencies have 3 to 60: no effect, rarely one claimed."""
    rng = np.random.default_rng(11)
    tries, covered = 300, 0
    for _ in range(tries):
        label = np.repeat(np.arange(24), rng.integers(3, 61, 24))
        treated = rng.permutation(np.arange(24) < 12)[label]
        habit = 0.5 * rng.gamma(0.3, 1, len(label)) * rng.gamma(3, 1 / 3, 24)[label]
        trial = Trial(
            outcomes=rng.poisson(habit),
            is_treated=treated,
            clusters=label,
            before=rng.poisson(habit),
        )
        found = difference_in_means(trial, rng=rng)
        covered += found.low <= 0 <= found.high
    assert covered / tries >= 0.95 - 2.6 * math.sqrt(0.95 * 0.05 / tries)


@pytest.mark.parametrize("clusters", [12, 40])
def test_the_outcome_before_narrows_the_interval(clusters):
    """CUPED takes away what differs between people anyway."""
    trial = a_trial(np.random.default_rng(6), clusters=clusters)
    alone = Trial(
        outcomes=trial.outcomes, is_treated=trial.is_treated, clusters=trial.clusters
    )
    assert width(effect_of(trial)) < 0.9 * width(effect_of(alone))


def refused(trial, constant):
    """Whether the constant is contradicted, by the test itself, every assignment."""
    treated = np.array([trial.is_treated[trial.clusters == c][0] for c in range(8)])
    clean = trial.outcomes - constant * trial.is_treated
    other = trial.before - np.mean(trial.before)
    clean = clean - other * (other @ (clean - clean.mean())) / (other @ other)

    def gap(chosen):
        mine = np.isin(trial.clusters, chosen)
        return abs(clean[mine].mean() - clean[~mine].mean())

    shown = gap(np.flatnonzero(treated))
    gaps = [gap(chosen) for chosen in combinations(range(8), 4)]
    return np.mean(np.array(gaps) >= shown - 1e-9) <= 0.05


def test_the_interval_holds_what_the_test_does_not_contradict():
    """Just inside each end the constant stands, just outside it is contradicted."""
    trial = a_trial(np.random.default_rng(8), clusters=8)
    found = effect_of(trial)
    for end, outwards in ((found.low, -1), (found.high, 1)):
        assert not refused(trial, end - outwards * 0.01)
        assert refused(trial, end + outwards * 0.01)


def test_the_same_draws_give_the_same_interval():
    """Nineteen clusters have too many assignments to list; the seed decides."""
    trial = a_trial(np.random.default_rng(9), clusters=19)
    assert effect_of(trial) == effect_of(trial)


def of_arms(treated, held_out, clusters):
    return Trial(
        outcomes=[*treated, *held_out],
        is_treated=[True] * len(treated) + [False] * len(held_out),
        clusters=clusters,
    )


@pytest.mark.parametrize(
    ("trial", "value", "why"),
    [
        (of_arms([1, 2], [], ["a", "b"]), None, "empty"),
        (of_arms([1, 2], [3, 5], ["a", "a", "b", "b"]), -2.5, "single cluster"),
        (of_arms([1, 2], [3, 5], ["a", "b", "b", "c"]), -2.5, "both arms"),
        (of_arms([0] * 6, [0] * 6, list(range(12))), 0, "do not differ"),
        (of_arms([0] * 15, [0] * 15, list(range(30))), 0, "do not differ"),
        (of_arms([1, 2], [3, 5], list("abcd")), -2.5, "Too few clusters"),
        (of_arms([], [], []), None, "empty"),
    ],
)
def test_what_cannot_be_told_has_a_reason(trial, value, why):
    """A value where there is one, never an interval made of nothing."""
    found = effect_of(trial)
    assert found.value == (None if value is None else pytest.approx(value))
    assert not found.has_interval
    assert why in found.reason


def test_a_before_that_is_the_same_for_all_changes_nothing():
    """Nobody had an incident before: the plain difference."""
    trial = a_trial(np.random.default_rng(10), clusters=24, before=False)
    flat = Trial(
        outcomes=trial.outcomes,
        is_treated=trial.is_treated,
        clusters=trial.clusters,
        before=np.zeros(len(trial.outcomes)),
    )
    assert effect_of(flat) == effect_of(trial)


def test_columns_of_other_lengths_are_refused():
    """Three people and two arms are no trial."""
    with pytest.raises(ImpossibleSampleError):
        effect_of(Trial(outcomes=[1, 2, 3], is_treated=[1, 0], clusters=[1, 2, 3]))
