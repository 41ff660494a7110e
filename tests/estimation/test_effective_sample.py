"""The size that a designed sample is worth stays honest with few positives."""

import numpy as np
import pytest

from atalaia.estimation.effective_sample import (
    as_units,
    effective_size,
    weakest_density,
)
from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.clopper_pearson import clopper_pearson
from atalaia.estimation.estimators.korn_graubard import korn_graubard

ALLOCATION = np.array([400, 250, 200, 150])
SHARES = np.array([0.70, 0.20, 0.08, 0.02])
STRATA = np.repeat(np.arange(4), ALLOCATION)
WEIGHTS = (SHARES / ALLOCATION)[STRATA]


def hits_in(stratum, *, count):
    hits = np.zeros(len(STRATA))
    hits[np.flatnonzero(stratum == STRATA)[:count]] = 1
    return hits


def test_one_positive_in_the_top_stratum_is_no_certainty():
    """Naively it is worth 7,500 units; a single positive cannot show that."""
    units = as_units(hits_in(3, count=1), weights=WEIGHTS, strata=STRATA)
    assert effective_size(units, confidence=0.95) <= len(STRATA)


@pytest.mark.parametrize("stratum", range(4))
def test_seeing_one_never_lowers_the_upper_limit(stratum):
    """A positive anywhere cannot make us surer that there are few."""
    none = korn_graubard(np.zeros(1_000), weights=WEIGHTS, strata=STRATA)
    one = korn_graubard(hits_in(stratum, count=1), weights=WEIGHTS, strata=STRATA)
    assert one.high >= none.high


@pytest.mark.parametrize("stratum", range(4))
def test_a_positive_more_never_lowers_the_upper_limit(stratum):
    """From none to six positives, and up to sixty, the limit climbs with each."""
    counts = [*range(7), 10, 20, 40, 60]
    limits = [
        korn_graubard(
            hits_in(stratum, count=count), weights=WEIGHTS, strata=STRATA
        ).high
        for count in counts
    ]
    assert limits == sorted(limits)


def test_dense_positives_say_nothing_of_the_heavy_stratum():
    """Four hundred zeros may hide 0.6 % of the whole, whatever is seen elsewhere."""
    hidden = 0.70 * clopper_pearson(0, 400).high
    for count in (1, 2, 3, 10):
        found = korn_graubard(hits_in(3, count=count), weights=WEIGHTS, strata=STRATA)
        assert found.high >= found.value + hidden


def test_many_positives_earn_the_gain_of_the_design():
    """With sixty positives where risk is dense, the design is worth its name."""
    hits = hits_in(3, count=60)
    estimate = korn_graubard(hits, weights=WEIGHTS, strata=STRATA)
    units = as_units(hits, weights=WEIGHTS, strata=STRATA)
    assert effective_size(units, confidence=0.95) > 3 * len(STRATA)
    assert estimate.value == pytest.approx(0.02 * 60 / 150)


def test_no_positive_falls_back_to_the_weakest_density():
    """Nothing seen: the limit is that of the least-sampled stratum, spread over all."""
    units = as_units(np.zeros(1_000), weights=WEIGHTS, strata=STRATA)
    assert weakest_density(units) == pytest.approx(400 / 0.70)
    estimate = korn_graubard(np.zeros(1_000), weights=WEIGHTS, strata=STRATA)
    assert estimate.high == pytest.approx(1 - 0.025 ** (0.70 / 400))


def test_no_population_hides_from_the_zero_hit_limit():
    """At the limit, however the positives lie, seeing none has at most a 2.5 % chance.

    Checked for every split of the limit over two strata of unlike density.
    """
    limit = korn_graubard(np.zeros(1_000), weights=WEIGHTS, strata=STRATA).high
    low_share, n_low = SHARES[0], ALLOCATION[0]
    for part in np.linspace(0, 1, 21):
        rate_low = limit * part / low_share
        rate_rest = limit * (1 - part) / (1 - low_share)
        unseen = (1 - rate_low) ** n_low * (1 - rate_rest) ** (1_000 - n_low)
        assert unseen <= 0.025 + 1e-12


def test_rows_of_one_creator_count_as_one_unit():
    """Ten copies of every row add no information."""
    hits = np.repeat([1, 0, 0, 0, 1, 0, 0, 0, 0, 0], 10)
    creators = np.repeat(np.arange(10), 10)
    copied = korn_graubard(hits, weights=np.ones(100), clusters=creators)
    single = korn_graubard(hits[::10], weights=np.ones(10))
    assert (copied.low, copied.high) == pytest.approx((single.low, single.high))


def test_a_stratum_that_nobody_sampled_widens_both_ends():
    """A tenth of the population unseen could be all clean or all bad."""
    seen = korn_graubard(hits_in(3, count=40), weights=WEIGHTS, strata=STRATA)
    part = korn_graubard(
        hits_in(3, count=40), weights=WEIGHTS, strata=STRATA, unsampled_share=0.1
    )
    assert part.low == pytest.approx(seen.low * 0.9)
    assert part.high == pytest.approx(seen.high * 0.9 + 0.1)


@pytest.mark.parametrize(
    ("hits", "weights"),
    [([1, 2], [1, 1]), ([1, -1], [1, 1]), ([1, 0], [1, 0]), ([1], [1, 1])],
)
def test_impossible_rows_are_refused(hits, weights):
    """More hits than rows, weights of nothing, columns of other lengths."""
    with pytest.raises(ImpossibleSampleError):
        korn_graubard(hits, weights=weights)


def test_rows_of_one_share_are_no_certainty():
    """Every row three tenths positive: as wide as the weakest density allows."""
    weights = [0.1, 0.2, 0.3, 0.7, 0.9, 0.11, 0.13]
    estimate = korn_graubard(np.full(7, 0.3), weights=weights)
    assert estimate.value == pytest.approx(0.3)
    assert estimate.high - estimate.low > 0.5


@pytest.mark.parametrize(("count", "singles"), [(2, 1), (2, 3), (5, 1), (10, 1)])
def test_a_stratum_that_hit_throughout_is_no_certainty(count, singles):
    """A stratum of hits alone beside strata of one: as wide as the simple sample.

    With equal weights the exact interval of as many rows is what can be known.
    """
    hits = np.repeat([1.0, 0.0], [count, singles + 200])
    strata = np.repeat(np.arange(2 + singles), [count, *[1] * singles, 200])
    found = korn_graubard(hits, weights=np.full(len(hits), 50.0), strata=strata)
    exact = clopper_pearson(count, len(hits))
    assert found.low <= exact.low * 1.05
    assert found.high >= exact.high * 0.95


@pytest.mark.parametrize("count", [1, 2, 5, 20, 50])
def test_hits_that_fill_their_stratum_never_lower_the_upper_limit(count):
    """However many hit in one small stratum, the large one may hide what it could."""
    hits = np.repeat([1.0, 0.0], [count, 200])
    strata, weights = hits.astype(int), np.where(hits, 1.0, 30.0)
    none = korn_graubard(np.zeros_like(hits), weights=weights, strata=strata)
    found = korn_graubard(hits, weights=weights, strata=strata)
    assert found.high >= none.high


def test_outcomes_may_be_swapped():
    """The share of right decisions is one less that of wrong ones, limits included."""
    hits, strata = np.repeat([1.0, 0.0, 1.0, 0.0], [3, 40, 5, 1]), np.arange(49) // 9
    weights = 1.0 + np.arange(49) % 7
    right = korn_graubard(hits, weights=weights, strata=strata)
    wrong = korn_graubard(1 - hits, weights=weights, strata=strata)
    assert right.low == pytest.approx(1 - wrong.high)
    assert right.high == pytest.approx(1 - wrong.low)


def test_the_variance_of_a_stratified_share_follows_its_closed_form():
    """Cochran's sum of W^2 s^2 / n, strata drawn with replacement."""
    hits = np.zeros(1_000)
    for stratum, count in enumerate((40, 50, 60, 70)):
        hits[np.flatnonzero(stratum == STRATA)[:count]] = 1
    units = as_units(hits, weights=WEIGHTS, strata=STRATA)
    parts = [hits[stratum == STRATA] for stratum in range(4)]
    variance = sum(
        share**2 * part.var(ddof=1) / len(part)
        for share, part in zip(SHARES, parts, strict=True)
    )
    p = sum(share * part.mean() for share, part in zip(SHARES, parts, strict=True))
    # The t quantiles of some two hundred equal parts shrink it by a hundredth.
    assert effective_size(units, confidence=0.95) == pytest.approx(
        p * (1 - p) / variance, rel=0.03
    )
