"""The intervals of two frames cover the truth as often as they promise."""

import math

import numpy as np
import pytest

from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.metrics.kinds.frame_rates import Rooms, Violations, misses, wrong_actions
from atalaia.metrics.kinds.frame_units import NONE_THERE

NOMINAL = 0.95
RIGHT, CROSSED, LEAKED = 0.84, 0.03, 0.004
PASSED_STRATA = ((0.9, 0.5, 0.4), (0.1, 5.5, 0.6))
"""Share of the frame, leakage beside the mean, and share of what is drawn."""


def drawn_passed(rng, *, rooms, drawn):
    """Return leaks, weights and strata of a sample that looks where leaks are."""
    hits, weights, strata = [], [], []
    for name, (share, times, part) in enumerate(PASSED_STRATA):
        n = int(drawn * part)
        hits.append(rng.random(n) < LEAKED * times)
        weights.append(np.full(n, rooms * share / n))
        strata.append(np.full(n, name))
    return map(np.concatenate, (hits, weights, strata))


def caught_and_missed(rng, *, drawn, right, crossed):
    """Return whether each unit drawn was caught, and whether it was missed."""
    fate = rng.random(drawn)
    return fate < right, (fate >= right) & (fate < right + crossed)


def shares_of(caught, missed):
    """Return the share found of all units, and the share missed of those found."""
    found = caught | missed
    return (
        korn_graubard(found, weights=np.ones(len(found))),
        korn_graubard(missed[found], weights=np.ones(found.sum())),
    )


def a_draw(rng, *, enforced, rooms, drawn):
    """Return both frames as one week's samples would tell of them."""
    leaks, weights, strata = drawn_passed(rng, rooms=rooms, drawn=drawn[1])
    leaked = korn_graubard(leaks, weights=weights, strata=strata)
    caught, missed = caught_and_missed(
        rng, drawn=drawn[0], right=RIGHT, crossed=CROSSED
    )
    found, crossed = shares_of(caught, missed)
    wrong = korn_graubard(~caught & ~missed, weights=np.ones(drawn[0]))
    frame = {"acted_on": enforced, "passed": rooms, "leaked": leaked}
    none = {"others": 0.0, "elsewhere": NONE_THERE}
    return (
        Violations(**frame, found=found, crossed=crossed),
        Rooms(**frame, **none, untouched=rooms, wrong=wrong),
    )


def least(runs):
    """Return the lowest coverage that chance allows so many runs."""
    return NOMINAL - 3 * math.sqrt(NOMINAL * (1 - NOMINAL) / runs)


def covered_alone(right, crossed, *, runs, drawn=200):
    """Return how often M13 is covered where nothing passed."""
    rng = np.random.default_rng(11)
    truth, held = crossed / (right + crossed), 0
    for _ in range(runs):
        parts = caught_and_missed(rng, drawn=drawn, right=right, crossed=crossed)
        found, missed = shares_of(*parts)
        frames = Violations(
            acted_on=1000, found=found, crossed=missed, passed=0, leaked=NONE_THERE
        )
        estimate = misses(frames).estimate
        held += estimate.low <= truth <= estimate.high
    return held / runs


def test_parts_of_one_sample_are_not_taken_for_two():
    """M13: half caught and two fifths missed, of one sample of 200, are covered."""
    assert covered_alone(0.5, 0.4, runs=150) >= least(150)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "crossed"), [(0.5, 0.4), (0.85, 0.05), (0.2, 0.7), (0.9, 0.01)]
)
def test_misses_among_what_was_acted_on_are_covered(right, crossed):
    """M13: at least 95 % of intervals hold the truth, but for chance."""
    assert covered_alone(right, crossed, runs=2000) >= least(2000)


@pytest.mark.slow
@pytest.mark.parametrize("drawn", [(150, 2500), (40, 400)])
def test_both_rates_are_covered(drawn):
    """M11 and M13: at least 95 % of intervals hold the truth, but for chance."""
    rng = np.random.default_rng(7)
    enforced, rooms, runs = 600, 40_000, 300
    missed = rooms * LEAKED + enforced * CROSSED
    wrong = enforced * (1 - RIGHT - CROSSED)
    truths = (
        missed / (missed + enforced * RIGHT),
        wrong / (wrong + rooms * (1 - LEAKED)),
    )
    held = np.zeros(2)
    for _ in range(runs):
        units, whole = a_draw(rng, enforced=enforced, rooms=rooms, drawn=drawn)
        rates = (misses(units).estimate, wrong_actions(whole).estimate)
        held += [
            rate.low <= truth <= rate.high
            for rate, truth in zip(rates, truths, strict=True)
        ]
    assert held.min() / runs >= least(runs)
