"""Cumulative incidence with people who were not followed to the end."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.kaplan_meier import cumulative_incidence


def cohort(rng, *, n, rate, ties=1):
    """Events at a daily rate, following ended at random within 60 days."""
    event, end = rng.exponential(1 / rate, n), rng.uniform(0, 60, n)
    days = np.ceil(np.minimum(event, end) * ties) / ties
    return days, event <= end


@pytest.mark.parametrize("rate", [0.003, 0.02, 0.06])
def test_value_and_error_agree_with_statsmodels(rate):
    """The curve and Greenwood's variance, with ties, checked against another's code."""
    days, again = cohort(np.random.default_rng(6), n=300, rate=rate)
    other = SurvfuncRight(days, again)
    last = np.flatnonzero(other.surv_times <= 30)[-1]
    estimate = cumulative_incidence(days, again, by=30)
    assert estimate.value == pytest.approx(1 - other.surv_prob[last])
    on_log = np.log(-np.log(1 - np.array([estimate.low, estimate.high])))
    error = other.surv_prob_se[last] / other.surv_prob[last]
    assert np.diff(on_log)[0] / 2 == pytest.approx(
        1.959964 * error / abs(np.log(other.surv_prob[last])), rel=1e-6
    )


def test_everyone_followed_gives_the_plain_share():
    """Without censoring it is the number of repeaters over all."""
    days, again = np.array([3, 10, 30, 30, 30]), [1, 1, 0, 0, 0]
    assert cumulative_incidence(days, again, by=30).value == pytest.approx(0.4)


def test_those_still_followed_are_not_counted_as_clean():
    """Ten creators followed for a day do not halve the rate."""
    days = [3, 30, 30, 30] + [1] * 10
    again = [1, 0, 0, 0] + [0] * 10
    assert cumulative_incidence(days, again, by=30).value == pytest.approx(0.25)


def test_an_event_on_the_last_day_counts():
    """By day 30 includes day 30."""
    assert cumulative_incidence([30, 30], [1, 0], by=30).value == pytest.approx(0.5)


def test_nobody_followed_to_the_horizon_leaves_no_value():
    """After five days nobody knows the rate by thirty."""
    estimate = cumulative_incidence([5, 5, 2], [0, 0, 1], by=30)
    assert estimate.value is None
    assert estimate.high == 1
    assert estimate.reason


def test_no_event_among_few_is_no_promise():
    """Nobody of twenty: up to one in six may still come."""
    estimate = cumulative_incidence([30] * 20, [0] * 20, by=30)
    assert estimate.value == estimate.low == 0
    assert estimate.high == pytest.approx(0.1684, abs=1e-4)


def test_the_truth_is_covered_as_often_as_promised():
    """400 cohorts of 150: 95 % of the intervals hold it, less Monte-Carlo error."""
    rng, runs, rate = np.random.default_rng(17), 400, 0.01
    truth, held = 1 - np.exp(-rate * 30), 0
    for _ in range(runs):
        days, again = cohort(rng, n=150, rate=rate, ties=10_000)
        estimate = cumulative_incidence(days, again, by=30)
        held += estimate.low <= truth <= estimate.high
    assert held / runs >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / runs)


@pytest.mark.parametrize("days", [[-1, 2], [np.nan, 2], [1]])
def test_times_that_cannot_be_are_refused(days):
    """Negative, missing, or fewer than the events."""
    with pytest.raises(ImpossibleSampleError):
        cumulative_incidence(days, [1, 0], by=30)


def test_one_event_after_many_were_lost_is_no_certainty():
    """99 lost on day 1 and one event later: the one says as much as one of one."""
    estimate = cumulative_incidence([1] * 99 + [25], [0] * 99 + [1], by=30)
    assert estimate.value == 1
    assert estimate.low == pytest.approx(0.025)


def test_everyone_with_the_event_is_worth_everyone_followed():
    """Forty of forty, none lost: the exact interval of 40 out of 40."""
    estimate = cumulative_incidence(range(1, 41), [1] * 40, by=40)
    assert estimate.value == estimate.high == 1
    assert estimate.low == pytest.approx(0.025 ** (1 / 40))
