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
    mover_ratio,
    mover_share,
)
from atalaia.estimation.estimators.quantile import quantile
from atalaia.estimation.estimators.stratified_mean import stratified_mean
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
    "mover_ratio": beside_half(mover_ratio),
    "mover_share": beside_half(mover_share),
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


STRATUM_SHARES = np.array([0.70, 0.20, 0.08, 0.02])
RATES = np.array([0.0005, 0.004, 0.02, 0.10])
TRUTH = float(STRATUM_SHARES @ RATES)
ALLOCATIONS = {
    "proportional": np.array([700, 200, 80, 20]),
    "by risk": np.array([400, 250, 200, 150]),
}


@pytest.mark.parametrize("design", ALLOCATIONS)
def test_a_rare_share_is_covered_as_often_as_promised(design):
    """0.5 % in strata, n = 1,000: at least 95 % of 600 intervals hold the truth.

    Three Monte-Carlo standard errors are allowed for.
    """
    rng, runs = np.random.default_rng(20_260_701), 600
    allocation = ALLOCATIONS[design]
    strata = np.repeat(np.arange(4), allocation)
    weights = (STRATUM_SHARES / allocation)[strata]
    held = 0
    for _ in range(runs):
        hits = (rng.random(1_000) < RATES[strata]).astype(float)
        result = korn_graubard(hits, weights=weights, strata=strata)
        held += result.low <= TRUTH <= result.high
    assert held / runs >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / runs)


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
