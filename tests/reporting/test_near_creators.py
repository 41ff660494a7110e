"""Whom to talk to first, and what is left of their appeals."""

from datetime import timedelta

import pytest

from atalaia.reporting.contents.near_creators import AppealLeft, to_talk_to
from builders import AS_OF, an_appeal, some_facts
from reporting.test_steps_away import DUEL, GIFT_BAIT, a_strike


def told(*penalties, appeals=(), **asked):
    facts = some_facts(penalty=list(penalties), appeal=list(appeals))
    asked = {"market": None, "now": AS_OF} | asked
    return to_talk_to(facts, facts.reference, **asked)


def test_nobody_can_tell_while_no_penalty_is_on_record():
    """Nobody near and nobody known are two things."""
    assert told() is None


def test_a_creator_near_in_two_areas_stands_once():
    """One message to one person, about the heavier; the other is named in it."""
    found = told(a_strike(), a_strike(policy=DUEL, days_ago=2))
    (near,) = found.creators
    assert len(near.also) == 1
    assert near.area not in near.also


def test_who_is_near_in_more_areas_comes_first():
    """The longer the next suspension the sooner, then the more areas."""
    found = told(
        a_strike("one", days_ago=0.5),
        a_strike("two", days_ago=3),
        a_strike("two", policy=DUEL, days_ago=3),
    )
    assert [near.creator for near in found.creators] == ["two", "one"]


def test_ten_creators_and_three_agencies_are_named():
    """A list that can be worked through in a day; all are counted."""
    found = told(*(a_strike(f"c{n:02}", agency_id=f"ag{n % 5}") for n in range(23)))
    assert (len(found.creators), len(found.agencies)) == (10, 3)
    assert found.steps.creators == 23


def test_an_agency_is_told_of_its_own_creators_alone():
    """Neither others' creators nor how many there are."""
    found = told(
        a_strike("c1", agency_id="ag1"),
        a_strike("c2", agency_id="ag2"),
        a_strike("c3", strike_counted=None, agency_id="ag2"),
        agency="ag1",
    )
    assert [near.creator for near in found.creators] == ["c1"]
    assert (found.steps.creators, found.steps.untold) == (1, 0)


def test_a_strike_is_open_for_as_long_as_the_ladder_says():
    """The message names the day on which it expires."""
    (near,) = told(a_strike(days_ago=10)).creators
    assert near.expires_at == AS_OF + timedelta(days=80)


ROUNDS = {
    AppealLeft.BOTH: [],
    AppealLeft.LAST: [{}],
    AppealLeft.PENDING: [{"decided_at": None, "result": None}],
    AppealLeft.USED_UP: [{}, {"round": 2}],
}


@pytest.mark.parametrize("left", ROUNDS)
def test_what_is_left_follows_from_the_rounds(left):
    """Two rounds in the app; one that nobody decided yet is waited for."""
    strike = a_strike(policy=GIFT_BAIT)
    appeals = [an_appeal(strike, **given) for given in ROUNDS[left]]
    (near,) = told(strike, appeals=appeals).creators
    assert near.appeal is left


@pytest.mark.parametrize("result", ["withdrawn", "invalid"])
def test_an_appeal_that_was_not_heard_uses_up_no_round(result):
    """Who withdrew it may still ask twice."""
    strike = a_strike()
    (near,) = told(strike, appeals=[an_appeal(strike, result=result)]).creators
    assert near.appeal is AppealLeft.BOTH


@pytest.mark.parametrize(
    ("appealable", "left"),
    [(False, AppealLeft.NOT_OFFERED), (None, AppealLeft.UNTOLD)],
)
def test_no_appeal_is_promised_that_nobody_knows_of(appealable, left):
    """What the facts do not say is not told to a creator."""
    (near,) = told(a_strike(appealable=appealable)).creators
    assert near.appeal is left
