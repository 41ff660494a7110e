"""Agreement measures against worked examples and a simulated truth."""

import math

import numpy as np
import pytest

from atalaia.estimation.agreement import (
    gwet_ac1,
    krippendorff_alpha,
    positive_agreement,
)
from atalaia.estimation.errors import ImpossibleSampleError

NAN = math.nan
# Krippendorff's own worked example: four observers, twelve units, missing values.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


def test_alpha_agrees_with_the_published_example():
    """Nominal alpha of Krippendorff's example is 0.743."""
    assert krippendorff_alpha(PUBLISHED).value == pytest.approx(0.743, abs=5e-4)


def test_measures_of_two_judges_follow_their_closed_forms():
    """a = 40, b = 9, c = 6, d = 45."""
    pairs = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], [40, 9, 6, 45], axis=0)
    observed, positives = 0.15, 95 / 200
    assert positive_agreement(pairs).value == pytest.approx(80 / 95)
    by_chance = 2 * positives * (1 - positives)
    assert gwet_ac1(pairs).value == pytest.approx(1 - observed / (1 - by_chance))
    expected = 2 * 95 * 105 / (200 * 199)
    assert krippendorff_alpha(pairs).value == pytest.approx(1 - observed / expected)


def test_rare_categories_part_alpha_from_ac1():
    """99 % raw agreement on a rare class: alpha is moderate, AC1 nearly 1."""
    pairs = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], [5, 5, 5, 985], axis=0)
    assert krippendorff_alpha(pairs).value < 0.55
    assert gwet_ac1(pairs).value > 0.98
    assert positive_agreement(pairs).value == pytest.approx(0.5)


def test_nobody_positive_leaves_alpha_undefined():
    """One category only: alpha has no value and says why; AC1 still does."""
    clean = np.zeros((200, 3))
    assert krippendorff_alpha(clean).value is None
    assert "same" in krippendorff_alpha(clean).reason
    assert gwet_ac1(clean).value == 1
    assert positive_agreement(clean).value is None


def test_full_agreement_keeps_an_interval():
    """Agreeing on forty items is no proof of agreeing on all."""
    estimate = krippendorff_alpha(np.repeat([[0, 0], [1, 1]], 20, axis=0))
    assert estimate.value == estimate.high == 1
    assert 0.7 < estimate.low < 1


@pytest.mark.parametrize("measure", [krippendorff_alpha, gwet_ac1])
def test_chance_agreement_is_about_zero(measure):
    """Judges who toss coins agree no more than chance."""
    tossed = np.random.default_rng(3).integers(0, 2, size=(4_000, 2))
    estimate = measure(tossed)
    assert estimate.low < 0 < estimate.high
    assert estimate.value == pytest.approx(0, abs=0.05)


def judged(rng, *, items, prevalence=0.2, error=0.1, judges=2):
    truth = rng.random(items) < prevalence
    slips = rng.random((items, judges)) < error
    return (truth[:, None] ^ slips).astype(float)


@pytest.mark.parametrize("measure", [krippendorff_alpha, gwet_ac1, positive_agreement])
def test_intervals_cover_the_truth(measure):
    """95 % of 300 studies of 150 items hold the value of 400,000 items."""
    rng, runs = np.random.default_rng(11), 300
    truth = measure(judged(rng, items=400_000)).value
    held = 0
    for _ in range(runs):
        estimate = measure(judged(rng, items=150))
        held += estimate.low <= truth <= estimate.high
    # Three Monte-Carlo standard errors, and a point for the jackknife at n = 150.
    assert held / runs >= 0.94 - 3 * np.sqrt(0.95 * 0.05 / runs)


@pytest.mark.parametrize(
    ("items", "prevalence", "error", "judges"),
    [(30, 0.2, 0.1, 2), (30, 0.5, 0.02, 3), (60, 0.2, 0.3, 3), (150, 0.05, 0.02, 2)],
)
def test_alphas_intervals_cover_its_closed_form(items, prevalence, error, judges):
    """Few items, rare positives, good and bad judges: 95 % hold the true alpha."""
    positives = prevalence * (1 - error) + (1 - prevalence) * error
    truth = 1 - error * (1 - error) / (positives * (1 - positives))
    rng, runs = np.random.default_rng(items + judges), 300
    held = 0
    for _ in range(runs):
        table = judged(
            rng, items=items, prevalence=prevalence, error=error, judges=judges
        )
        estimate = krippendorff_alpha(table)
        held += estimate.low <= truth <= estimate.high
    # Three Monte-Carlo standard errors, and two points for the fewest items.
    assert held / runs >= 0.93 - 3 * np.sqrt(0.95 * 0.05 / runs)


@pytest.mark.parametrize("measure", [krippendorff_alpha, gwet_ac1])
def test_no_limit_lies_below_the_least_agreement(measure):
    """Rare positives and one difference: the limit stops at -1, as judges must."""
    rare = np.repeat([[1, 1], [1, 0], [0, 0]], [5, 1, 24], axis=0)
    opposed = np.repeat([[1, 0], [0, 1]], 20, axis=0)
    assert measure(rare).low >= -1
    worst = measure(opposed)
    assert -1 <= worst.low <= worst.value
    assert worst.value == pytest.approx(-1, abs=0.05)


def test_items_judged_once_say_nothing():
    """Single judgments are no evidence of agreement either way."""
    pairs = np.array([[1, 1], [0, 0], [1, 0], [0, 0]], dtype=float)
    lonely = np.array([[1, NAN], [NAN, 0], [NAN, NAN]])
    both = np.concatenate([pairs, lonely])
    assert krippendorff_alpha(both) == krippendorff_alpha(pairs)


@pytest.mark.parametrize("categories", [1, 2])
def test_fewer_categories_than_were_judged_are_refused(categories):
    """Three categories seen: chance agreement among two of them is not defined."""
    with pytest.raises(ImpossibleSampleError, match="3 categories"):
        gwet_ac1([[1, 2], [3, 3], [2, 1]], categories=categories)


@pytest.mark.parametrize("measure", [krippendorff_alpha, gwet_ac1, positive_agreement])
def test_no_item_judged_twice_says_so(measure):
    """One judge, or none at all: no agreement to speak of, and the reason."""
    for table in (np.empty((0, 2)), np.array([[1.0, NAN], [NAN, 0]])):
        assert measure(table).value is None
        assert "judged twice" in measure(table).reason
