"""What moved: chance is not told as news, one cause is told once."""

from datetime import date

import numpy as np
import pytest

from atalaia.estimation.false_discoveries import false_discoveries
from atalaia.reporting.contents.movers import (
    FALSE_SHARE,
    FEWEST_CASES,
    _told,
)
from atalaia.reporting.contents.slice_changes import Cases
from builders import the_reference

DAY = date(2026, 7, 5)
DIMENSIONS = ("policy", "agency", "market")
POLICIES = np.array(sorted(leaf.id for leaf in the_reference().policies.leaves)[:40])


def some_cases(seed, *, planted=0):
    """Two weeks of one rate for 600 creators; a planted agency breaks one policy."""
    rng = np.random.default_rng(seed)
    creators = np.arange(600)
    agency = creators % 10
    who = np.concatenate([rng.choice(creators, 900), rng.choice(creators, 900)])
    is_after = np.repeat([False, True], 900)
    policy = rng.integers(len(POLICIES), size=len(who))
    ring = creators[agency == 3]
    who = np.concatenate([who, np.tile(ring, planted)])
    is_after = np.concatenate([is_after, np.ones(len(ring) * planted, dtype=bool)])
    policy = np.concatenate([policy, np.full(len(ring) * planted, 7)])
    return Cases(
        creator=who.astype(str).astype(object),
        words={
            "policy": POLICIES[policy].astype(object),
            "agency": np.array([f"ag{n}" for n in agency[who]], dtype=object),
            "market": np.where(who % 3 == 0, "BR", "MX").astype(object),
        },
        before=(~is_after).astype(float),
        after=is_after.astype(float),
        days=14,
        left_out=0,
    )


def told(cases):
    slices = cases.slices(DIMENSIONS, fewest=FEWEST_CASES)
    slices = sorted(slices, key=lambda part: part.p_value)
    found = false_discoveries([part.p_value for part in slices], rate=FALSE_SHARE)
    return _told(slices, cases, found, reference=the_reference(), day=DAY)


def test_a_world_without_incidents_seldom_has_a_real_mover():
    """The share of briefs with a real mover keeps to the rate that they print."""
    briefs = [told(some_cases(seed)) for seed in range(60)]
    alarms = np.mean([any(m.word == "real" for m in brief) for brief in briefs])
    assert alarms <= FALSE_SHARE


def test_one_cause_seen_in_two_slices_is_told_once():
    """An agency that breaks one policy is one line, and names the other slice."""
    first, *others = told(some_cases(1, planted=2))
    seen = {first.slice_name.en, *(name.en for name in first.also)}
    assert first.word == "real"
    assert {"Agency ag3", the_reference().policies.name(POLICIES[7]).en} <= seen
    assert not any(mover.word == "real" for mover in others)


def test_the_interval_of_a_real_mover_leaves_out_zero():
    """Word and interval never contradict each other."""
    for mover in told(some_cases(2, planted=2)):
        holds_zero = mover.change_low <= 0 <= mover.change_high
        assert holds_zero == (mover.word != "real")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_slices_add_up_to_the_whole(dimension):
    """Every case lies in one slice of a dimension."""
    cases = some_cases(3)
    parts = cases.slices((dimension,), fewest=0)
    assert sum(part.after for part in parts) == cases.after.sum()
    assert sum(part.before for part in parts) == cases.before.sum()


def test_a_mover_names_the_market_in_which_most_of_it_lies():
    """Whoever opens a case about it opens it there."""
    cases = some_cases(1, planted=2)
    ring = cases.words["agency"] == "ag3"
    cases.words["market"][ring] = "CO"
    first, *_ = told(cases)
    assert (first.dimension, first.market) in {
        ("agency", "CO"),
        ("market", "CO"),
        ("policy", "CO"),
    }
