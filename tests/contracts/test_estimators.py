"""Every estimator keeps the same promises.

Estimators are discovered: each public function of `atalaia.estimation.estimators`
returns an `Estimate`, and one that has no adapter here fails the suite. An adapter
feeds it a sample of 0/1 rows with weights and strata, as far as it can use them.
"""

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from atalaia.estimation import estimators
from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import clopper_pearson
from atalaia.estimation.estimators.clustered import Period, clustered_ratio_change
from atalaia.estimation.estimators.kaplan_meier import cumulative_incidence
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.estimation.estimators.mover import (
    mover_difference,
    mover_product,
    mover_ratio,
    mover_share,
    mover_sum,
)
from atalaia.estimation.estimators.quantile import quantile
from atalaia.estimation.estimators.ratio_of_ratios import ratio_of_ratios
from atalaia.estimation.estimators.stratified_mean import stratified_mean
from atalaia.estimation.estimators.two_part import two_part_mean
from atalaia.estimation.estimators.weighted_ratio import weighted_ratio
from atalaia.estimation.estimators.wilson import wilson


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A sample of 0/1 rows."""

    hits: np.ndarray
    weights: np.ndarray
    strata: np.ndarray
    creators: np.ndarray


NOTHING = Rows(
    hits=np.array([]),
    weights=np.array([]),
    strata=np.array([], int),
    creators=np.array([], int),
)
EARLIER = Period(
    numerators=np.arange(100) % 2,
    denominators=np.ones(100),
    clusters=np.arange(100),
)


def period_of(rows):
    return Period(
        numerators=rows.hits,
        denominators=np.ones(len(rows.hits)),
        clusters=rows.creators,
    )


def counted(estimator):
    return lambda rows, confidence: estimator(
        int(rows.hits.sum()), len(rows.hits), confidence=confidence
    )


def beside_half(mover):
    """The sample against a fixed one, in which half are positive."""
    return lambda rows, confidence: mover(
        clopper_pearson(int(rows.hits.sum()), len(rows.hits), confidence=confidence),
        wilson(60, 120, confidence=confidence),
    )


ADAPTERS = {
    "wilson": counted(wilson),
    "clopper_pearson": counted(clopper_pearson),
    "korn_graubard": lambda rows, confidence: korn_graubard(
        rows.hits, weights=rows.weights, strata=rows.strata, confidence=confidence
    ),
    "weighted_ratio": lambda rows, confidence: weighted_ratio(
        rows.hits,
        np.ones(len(rows.hits)),
        weights=rows.weights,
        strata=rows.strata,
        confidence=confidence,
    ),
    "stratified_mean": lambda rows, confidence: stratified_mean(
        rows.hits,
        strata=rows.strata.astype(str),
        stratum_sizes={"0": 10_000, "1": 2_000},
        confidence=confidence,
    ),
    "mover_difference": beside_half(mover_difference),
    "mover_product": beside_half(mover_product),
    "mover_ratio": beside_half(mover_ratio),
    "mover_share": beside_half(mover_share),
    "mover_sum": beside_half(mover_sum),
    "ratio_of_ratios": lambda rows, confidence: ratio_of_ratios(
        after=int(rows.hits.sum()),
        before=60,
        others_after=120,
        others_before=len(rows.hits),
        confidence=confidence,
    ),
    "two_part_mean": lambda rows, confidence: two_part_mean(
        rows.hits * (1 + rows.creators % 3),
        weights=rows.weights,
        strata=rows.strata,
        ceiling=4.0,
        confidence=confidence,
    ),
    "clustered_ratio_change": lambda rows, confidence: clustered_ratio_change(
        EARLIER if len(rows.hits) else period_of(rows),
        period_of(rows),
        confidence=confidence,
    ),
    "quantile": lambda rows, confidence: quantile(
        rows.hits, 0.5, confidence=confidence
    ),
    "cumulative_incidence": lambda rows, confidence: cumulative_incidence(
        np.where(rows.hits > 0, 3, 30), rows.hits, by=30, confidence=confidence
    ),
}
# Shares that come from a sample: the interval exists whatever was drawn.
SHARES = [
    "wilson",
    "clopper_pearson",
    "korn_graubard",
    "cumulative_incidence",
    "mover_share",
]
WEIGHTED = ["korn_graubard", "weighted_ratio"]


def rows_with(positives, *, n=300):
    """A sample with that many positives; every sixth row is of the dense stratum."""
    strata = np.where(np.arange(n) % 6 == 0, 1, 0)
    hits = np.zeros(n)
    hits[:positives] = 1
    weights = np.where(strata == 1, 40.0, 40.0 + 20.0 * (np.arange(n) % 2))
    creators = np.arange(n) // 3
    return Rows(hits=hits, weights=weights, strata=strata, creators=creators)


def estimate(name, rows, *, confidence=0.95):
    return ADAPTERS[name](rows, confidence)


def discovered():
    for module in pkgutil.iter_modules(estimators.__path__):
        loaded = importlib.import_module(f"{estimators.__name__}.{module.name}")
        for name in loaded.__all__:
            member = getattr(loaded, name)
            if (
                inspect.isfunction(member)
                and inspect.signature(member).return_annotation is Estimate
            ):
                yield name


def test_every_estimator_is_held_to_this_suite():
    """A new estimator cannot come in without an adapter here."""
    assert set(discovered()) == set(ADAPTERS)


@pytest.mark.parametrize("positives", [0, 1, 2, 150, 299, 300])
@pytest.mark.parametrize("name", ADAPTERS)
def test_the_value_lies_in_its_interval_or_a_reason_is_given(name, positives):
    """From no positive to all: low <= value <= high, or a sentence says why not."""
    result = estimate(name, rows_with(positives))
    assert result.has_interval or result.reason.endswith(".")
    if result.has_interval and result.value is not None:
        assert result.low <= result.value <= result.high


@pytest.mark.parametrize("positives", [0, 1, 2, 150, 299, 300])
@pytest.mark.parametrize("name", SHARES)
def test_the_interval_of_a_share_always_exists(name, positives):
    """A share has an interval inside [0, 1], never one without width."""
    result = estimate(name, rows_with(positives))
    assert 0 <= result.low < result.high <= 1


@pytest.mark.parametrize("name", SHARES)
def test_an_empty_sample_allows_every_share(name):
    """Nothing sampled: no value, the interval from none to all, and the reason."""
    result = estimate(name, NOTHING)
    assert (result.value, result.low, result.high) == (None, 0, 1)
    assert result.reason


@pytest.mark.parametrize("name", sorted(set(ADAPTERS) - set(SHARES)))
def test_an_empty_sample_has_no_value(name):
    """Nothing sampled: no value and a reason, not an error and not zero."""
    result = estimate(name, NOTHING)
    assert result.value is None
    assert result.reason


@pytest.mark.parametrize("name", ADAPTERS)
def test_the_order_of_rows_does_not_matter(name):
    """The same rows in another order are the same sample."""
    rows = rows_with(20)
    order = np.random.default_rng(7).permutation(len(rows.hits))
    turned = Rows(
        hits=rows.hits[order],
        weights=rows.weights[order],
        strata=rows.strata[order],
        creators=rows.creators[order],
    )
    first, second = estimate(name, rows), estimate(name, turned)
    assert second.value == pytest.approx(first.value, rel=1e-12)
    assert second.low == pytest.approx(first.low, rel=1e-9)
    assert second.high == pytest.approx(first.high, rel=1e-9)


@pytest.mark.parametrize("name", WEIGHTED)
@pytest.mark.parametrize("scale", [1e-6, 3.0, 1e9])
def test_weights_may_be_in_any_unit(name, scale):
    """Only the weights' proportions matter."""
    rows = rows_with(20)
    scaled = replace(rows, weights=rows.weights * scale)
    first, second = estimate(name, rows), estimate(name, scaled)
    assert second.value == pytest.approx(first.value, rel=1e-9)
    assert second.low == pytest.approx(first.low, rel=1e-6)
    assert second.high == pytest.approx(first.high, rel=1e-6)


@pytest.mark.parametrize("name", ADAPTERS)
def test_more_confidence_is_never_narrower(name):
    """A 99 % interval holds the 80 % one."""
    narrow = estimate(name, rows_with(40), confidence=0.8)
    wide = estimate(name, rows_with(40), confidence=0.99)
    if narrow.has_interval and wide.has_interval:
        assert wide.low <= narrow.low
        assert narrow.high <= wide.high


@pytest.mark.parametrize("confidence", [0, 1, 95])
@pytest.mark.parametrize("name", ADAPTERS)
def test_a_confidence_that_is_no_share_is_refused(name, confidence):
    """95 for 0.95 is a slip of the hand, not a wide interval."""
    with pytest.raises(ImpossibleSampleError, match="confidence"):
        estimate(name, rows_with(40), confidence=confidence)


@pytest.mark.parametrize(("positives", "n"), [(0, 50), (1, 400), (37, 90), (90, 90)])
def test_wilson_agrees_with_statsmodels(positives, n):
    """The closed form, checked against another's code."""
    expected = proportion_confint(positives, n, method="wilson")
    result = wilson(positives, n)
    assert (result.low, result.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("positives", "n"), [(0, 50), (1, 400), (37, 90), (90, 90)])
def test_clopper_pearson_agrees_with_statsmodels(positives, n):
    """The exact interval, checked against another's code."""
    expected = proportion_confint(positives, n, method="beta")
    result = clopper_pearson(positives, n)
    assert (result.low, result.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("positives", [0, 1, 30, 300])
def test_equal_weights_never_beat_the_exact_interval(positives):
    """Without a design to gain from, Korn-Graubard is about Clopper-Pearson."""
    rows = rows_with(positives)
    result = korn_graubard(rows.hits, weights=np.ones(300))
    exact = clopper_pearson(positives, 300)
    assert result.value == exact.value
    assert result.low == pytest.approx(exact.low, rel=0.02)
    assert result.high == pytest.approx(exact.high, rel=0.02)


def strata_of(sizes, rates, drawn):
    """Strata sampled apart: every row's rate, weight and stratum, and the truth."""
    sizes, rates, drawn = (np.array(column, float) for column in (sizes, rates, drawn))
    strata = np.repeat(np.arange(len(drawn)), drawn.astype(int))
    weights = (sizes / drawn)[strata]
    return rates[strata], weights, strata, float(sizes @ rates / sizes.sum())


def weeks_by_bands(weeks, *, drawn, rates):
    """The same eight score bands in many weeks, a few rows of each."""
    sizes = np.array([9_000, 5_000, 2_500, 1_500, 900, 600, 300, 200])
    uneven = np.random.default_rng(5).uniform(0.8, 1.2, 8 * weeks)
    return strata_of(np.tile(sizes, weeks) * uneven, rates * weeks, drawn * weeks)


LARGE = ([7_000, 2_000, 800, 200], [0.0005, 0.004, 0.02, 0.10])
RISING = [0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.4, 0.9]
STEEP = [0.0, 0.0, 0.0, 0.0, 0.001, 0.02, 0.7, 1.0]
COMMON = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.95]
DESIGNS = {
    "large strata, proportional": strata_of(*LARGE, [700, 200, 80, 20]),
    "large strata, by risk": strata_of(*LARGE, [400, 250, 200, 150]),
    "few hits": strata_of(*LARGE, [80, 50, 40, 30]),
    "hardly a hit": strata_of(*LARGE, [24, 15, 12, 9]),
    "all of two hit, one of one": strata_of(
        [100, 10_000, 50], [0.9, 0.0005, 0], [2, 200, 1]
    ),
    "all of three hit, three of one": strata_of(
        [150, 10_000, 50, 50, 50], [0.9, 0, 0, 0, 0], [3, 200, 1, 1, 1]
    ),
    "a dense stratum all hit, a heavy one of one": strata_of(
        [20, 3_000, 400], [0.95, 0.002, 0.01], [5, 150, 1]
    ),
    "a dense stratum all hit, four of one": strata_of(
        [20, 3_000, 60, 60, 60, 60], [0.95, 0.003, *[0.05] * 4], [10, 150, 1, 1, 1, 1]
    ),
    "nothing but strata of one": strata_of([50] * 40, [0.1] * 40, [1] * 40),
    "uneven strata of one": strata_of(
        [200, 50, 10] * 20, [0.02, 0.1, 0.5] * 20, [1] * 60
    ),
    "four weeks, one stratum always hit": strata_of(
        [8, 600, 150, 30] * 4, [1, 0.004, 0.01, 0.02] * 4, [2, 25, 8, 5] * 4
    ),
    "thirteen weeks of actors": strata_of(
        [40, 60, 100, 10] * 13, [0.1, 0.2, 0.15, 0.3] * 13, [4, 3, 5, 1] * 13
    ),
    "four weeks, nearly all hit": strata_of(
        [400, 60, 100, 10, 5] * 4, [0.95, 0.9, 0.85, 0.98, 1] * 4, [10, 3, 5, 1, 1] * 4
    ),
    "weeks by bands": weeks_by_bands(8, drawn=[6, 6, 5, 4, 4, 3, 2, 1], rates=RISING),
    "weeks by sharp bands": weeks_by_bands(
        13, drawn=[4, 4, 3, 3, 3, 3, 2, 2], rates=STEEP
    ),
    "rare where a hundred thousand hide": strata_of(
        [200, 100_000], [0.5, 0.002], [100, 300]
    ),
    "rare in the stratum nobody scored": strata_of(
        [60_000, 6_000, 2_000, 1_000, 150],
        [0.002, 0.01, 0.03, 0.1, 0.4],
        [200, 85, 90, 100, 25],
    ),
    "hardly any in nearly all": strata_of(
        [600_000, 6_000, 2_000, 1_000, 150],
        [0.001, 0.01, 0.03, 0.1, 0.4],
        [200, 85, 90, 100, 25],
    ),
    "two expected where few were drawn": strata_of(
        [60_000, 6_000, 2_000, 1_000, 150],
        [0.01, 0.01, 0.03, 0.1, 0.4],
        [200, 85, 90, 100, 25],
    ),
    "hardly any wrong, most of them hidden": strata_of(
        [200, 100_000], [0.5, 0.998], [100, 300]
    ),
    "half a hit in each of thirty alike": strata_of(
        [1_000] * 30, [0.025] * 30, [20] * 30
    ),
    "weeks by bands, common": weeks_by_bands(
        8, drawn=[3, 3, 2, 2, 1, 1, 1, 1], rates=COMMON
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
def test_a_sampled_share_is_covered_as_often_as_promised(design):
    """Whatever the strata, 95 % of 400 intervals hold the truth, and none is a point.

    Three Monte-Carlo standard errors are allowed for.
    """
    rates, weights, strata, truth = DESIGNS[design]
    rng, runs = np.random.default_rng(20_260_701), 400
    held = 0
    for _ in range(runs):
        hits = (rng.random(len(rates)) < rates).astype(float)
        result = korn_graubard(hits, weights=weights, strata=strata)
        held += result.low <= truth <= result.high
    assert held / runs >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / runs)


def test_sampling_by_risk_still_gains():
    """Room for what the heaviest stratum hides takes much of the gain, not all of it.

    On average narrower than a simple random sample of as many rows.
    """
    rates, weights, strata, truth = strata_of(
        [9_000, 900, 100], [0.001, 0.02, 0.5], [500, 300, 200]
    )
    rng, widths = np.random.default_rng(11), []
    for _ in range(50):
        hits = (rng.random(1_000) < rates).astype(float)
        result = korn_graubard(hits, weights=weights, strata=strata)
        widths.append(result.high - result.low)
    simple = clopper_pearson(1_000 * truth, 1_000)
    assert np.mean(widths) < 0.9 * (simple.high - simple.low)


@pytest.mark.parametrize("share", [0.005, 0.05, 0.4])
def test_clopper_pearson_never_covers_less_than_promised(share):
    """Exact: coverage summed over every possible count, no simulation needed."""
    n = 200
    chances = stats.binom.pmf(np.arange(n + 1), n, share)
    held = [
        (limits := clopper_pearson(int(k), n)).low <= share <= limits.high
        for k in range(n + 1)
    ]
    assert chances[held].sum() >= 0.95


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_wilson_covers_about_as_often_as_promised(share):
    """Exact coverage at n = 200 stays within two points of 95 %."""
    n = 200
    chances = stats.binom.pmf(np.arange(n + 1), n, share)
    held = [
        (limits := wilson(int(k), n)).low <= share <= limits.high for k in range(n + 1)
    ]
    assert chances[held].sum() == pytest.approx(0.95, abs=0.02)
