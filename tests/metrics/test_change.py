"""Noise or real, with creators as the units that chance moves."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from atalaia.estimation.change_word import ChangeWord
from atalaia.estimation.estimate import Estimate
from atalaia.metrics.change import _possible, compare
from atalaia.metrics.count_change import count_change
from atalaia.metrics.metric import Unit
from atalaia.metrics.question import Question
from builders import DAY, a_decision, a_penalty, a_session, some_facts

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def two_weeks(*, before: int, after: int, creators: int = 200):
    """Return facts of two days a week apart with so many penalised creators."""
    sessions, decisions, penalties = [], [], []
    for day, hit in ((DAY - WEEK, before), (DAY, after)):
        for number in range(creators):
            session = a_session(creator_id=f"c{number}", business_date=day)
            sessions.append(session)
            if number < hit:
                decision = a_decision(
                    session_id=session["session_id"],
                    creator_id=f"c{number}",
                    business_date=day,
                )
                decisions.append(decision)
                penalties.append(a_penalty(decision))
    return some_facts(
        live_session=sessions, moderation_decision=decisions, penalty=penalties
    )


def changed(metric, facts):
    before = Question(metric=metric, start=DAY - WEEK, end=DAY - WEEK)
    after = Question(metric=metric, start=DAY, end=DAY)
    return compare(before, after, facts, now=NOW)


@pytest.mark.parametrize("metric", ["M01", "M02", "M03", "M04"])
def test_a_large_change_is_real(metric):
    """Ten penalised creators, then sixty: more than chance does."""
    assert changed(metric, two_weeks(before=10, after=60)).word is ChangeWord.REAL


@pytest.mark.parametrize("metric", ["M01", "M02", "M03", "M04"])
def test_a_small_change_is_not_called_real(metric):
    """Ten penalised creators, then twelve: chance does as much."""
    found = changed(metric, two_weeks(before=10, after=12))
    assert found.word is not ChangeWord.REAL


def test_one_creators_bad_evening_is_not_a_trend():
    """Thirty incidents of one creator are one cluster: the change is not real."""
    found = count_change([0] * 50, [30] + [0] * 49)
    assert found.low < 0 < found.high


def test_a_percentiles_change_says_why_it_has_no_interval():
    """M23 gives the difference and a reason, never an invented interval."""
    found = changed("M23", two_weeks(before=10, after=10))
    assert found.value == 0
    assert found.estimate is None
    assert found.reason


def test_intervals_of_count_changes_hold_their_coverage():
    """Under no change the interval holds zero in at least 93 % of 2,000 draws."""
    rng = np.random.default_rng(20260706)
    held = 0
    for _ in range(2_000):
        before, after = rng.poisson(0.2, size=(2, 150))
        found = count_change(before, after)
        held += found.low <= 0 <= found.high
    # Monte-Carlo error of a 95 % coverage over 2,000 draws: 0.5 points.
    assert held / 2_000 > 0.935


def test_a_bound_is_only_for_parts_of_a_whole():
    """A share changes by 100 points at most; a quotient beyond one may by more."""
    wide = Estimate(
        value=0.5, low=-3.85, high=4.85, confidence=0.95, n=4, method="delta"
    )
    share = _possible(wide, (0.2, 0.7), unit=Unit.SHARE)
    assert (share.low, share.high) == (-1, 1)
    assert _possible(wide, (0.9, 1.4), unit=Unit.SHARE) == wide
    assert _possible(wide, (0.2, 0.7), unit=Unit.HOURS) == wide
