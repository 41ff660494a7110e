"""The intervals of two frames cover the truth as often as they promise."""

import math

import numpy as np
import pytest

from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.metrics.kinds.frame_rates import Frames, misses, wrong_actions

pytestmark = pytest.mark.slow

RUNS = 300
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


def a_draw(rng, *, enforced, rooms, drawn):
    """Return both frames as one week's samples would tell of them."""
    leaks, weights, strata = drawn_passed(rng, rooms=rooms, drawn=drawn[1])
    fate = rng.random(drawn[0])
    even = np.ones(drawn[0])
    return Frames(
        enforced=enforced,
        enforced_all=enforced,
        passed=rooms,
        untouched=rooms,
        right=korn_graubard(fate < RIGHT, weights=even),
        crossed=korn_graubard((fate >= RIGHT) & (fate < RIGHT + CROSSED), weights=even),
        leaked=korn_graubard(leaks, weights=weights, strata=strata),
        is_whole=True,
    )


@pytest.mark.parametrize("drawn", [(150, 2500), (40, 400)])
def test_both_rates_are_covered(drawn):
    """M11 and M13: at least 95 % of intervals hold the truth, but for chance."""
    rng = np.random.default_rng(7)
    enforced, rooms = 600, 40_000
    missed = rooms * LEAKED + enforced * CROSSED
    wrong = enforced * (1 - RIGHT)
    truths = (
        missed / (missed + enforced * RIGHT),
        wrong / (wrong + rooms * (1 - LEAKED)),
    )
    held = np.zeros(2)
    for _ in range(RUNS):
        frames = a_draw(rng, enforced=enforced, rooms=rooms, drawn=drawn)
        rates = (misses(frames).estimate, wrong_actions(frames).estimate)
        held += [
            rate.low <= truth <= rate.high
            for rate, truth in zip(rates, truths, strict=True)
        ]
    assert held.min() / RUNS > 0.95 - 3 * math.sqrt(0.95 * 0.05 / RUNS)
