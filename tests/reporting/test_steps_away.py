"""Creators one step from suspension, against a count made row by row."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.open_strikes import open_strikes
from atalaia.reporting.contents.steps_away import LONGEST_LIST, steps_away
from atalaia.reporting.contents.wording.sections import speak_sections
from builders import AS_OF, a_decision, a_penalty, some_facts
from reporting.brief_builder import a_brief

GIFT_BAIT, DUEL, IDLE = "tns.minors.gift_bait", "tns.danger.driving", "eco.quality.idle"
NO_STEP = "tns.hate.stereotype"
"""A policy whose repeat brings no suspension."""


def a_strike(creator="c1", policy=GIFT_BAIT, *, days_ago=1.0, **given):
    """An open strike of a creator without an agency, yesterday."""
    instant = AS_OF - timedelta(days=days_ago)
    decision = a_decision(creator_id=creator, policy_id=policy, decided_at=instant)
    return a_penalty(decision) | {"strike_counted": True, "agency_id": None} | given


def told(*penalties, market=None):
    facts = some_facts(penalty=list(penalties))
    return steps_away(facts, facts.reference, market=market, now=AS_OF)


def by_agency(found):
    return {line.agency: line.creators for line in found.lines}


def test_a_creator_near_in_two_areas_counts_once():
    """One person to call is one person, however many areas they are close in."""
    found = told(
        a_strike(agency_id="ag1"), a_strike(policy=DUEL, days_ago=2, agency_id="ag1")
    )
    (line,) = found.lines
    assert (line.agency, line.creators, found.creators) == ("ag1", 1, 1)
    assert len(line.areas) == 2


def test_a_creator_who_changed_agency_counts_at_the_last():
    """The agency of the last strike is the one to call; leaving one leaves it."""
    moved = told(
        a_strike(days_ago=5, agency_id="ag1"), a_strike(policy=DUEL, agency_id="ag2")
    )
    left = told(a_strike(days_ago=5, agency_id="ag1"), a_strike(policy=DUEL))
    assert by_agency(moved) == {"ag2": 1}
    assert by_agency(left) == {None: 1}


def test_a_suspension_already_served_is_no_step_ahead():
    """Who was suspended in an area for an open strike is past that step."""
    suspended = a_strike(days_ago=3, code="live_suspend_1d")
    assert told(suspended, a_strike()).creators == 0
    assert told(suspended, a_strike(policy=DUEL)).creators == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"strike_counted": False},
        {"days_ago": 91.0},
        {"days_ago": -1.0},
        {"status": "void_technical"},
        {"policy": NO_STEP},
        {"subject": "viewer"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_no_open_strike_brings_nobody_near(changes):
    """Expired, void, later and viewers' penalties count for nothing."""
    assert told(a_strike("c1", **changes), a_strike("c2")).creators == 1


def test_no_penalties_on_record_is_not_nobody():
    """Without penalties nobody can tell; with others' penalties nobody is near."""
    assert told() is None
    assert told(a_strike(policy=NO_STEP)).creators == 0


def test_the_list_is_short_and_says_what_it_leaves_out():
    """The agencies with most come first, those without one last, all are counted."""
    many = [
        a_strike(f"c{agency}-{n}", agency_id=f"ag{agency:02d}")
        for agency in range(12)
        for n in range(1 + agency % 3)
    ]
    found = told(*many, a_strike("organic"))
    names = [line.agency for line in found.lines]
    assert (found.agencies, found.creators, found.managed) == (12, 25, 24)
    assert names[:4] == ["ag02", "ag05", "ag08", "ag11"]
    assert names[LONGEST_LIST:] == [None]


def test_the_longest_suspension_of_an_agency_is_named():
    """A ban that one of them risks is not hidden behind a day's suspension."""
    found = told(a_strike("c1", IDLE, agency_id="ag1"), a_strike("c2", agency_id="ag1"))
    assert found.lines[0].next_penalty.en == "Account ban"


@pytest.mark.parametrize("turn", [1, -1], ids=["as given", "turned round"])
def test_strikes_of_one_instant_are_ordered_by_their_id(turn):
    """Of two strikes in the same second the greater id is the last, in any order."""
    rows = [
        a_strike(penalty_id="p1", policy=GIFT_BAIT, agency_id="ag1"),
        a_strike(penalty_id="p2", policy="tns.minors.regulated", agency_id="ag2"),
    ]
    facts = some_facts(penalty=rows[::turn])
    found = open_strikes(facts, facts.reference, market=None, now=AS_OF).to_pylist()
    assert [row["policy_id"] for row in found] == ["tns.minors.regulated"]
    assert [row["agency_id"] for row in found] == ["ag2"]


def some_strikes(seed):
    """Four hundred penalties of sixty creators, with ties in time."""
    rng = np.random.default_rng(seed)

    def one_of(*choices):
        return choices[rng.integers(len(choices))]

    return [
        a_strike(
            f"c{rng.integers(60)}",
            one_of(GIFT_BAIT, DUEL, IDLE, NO_STEP),
            days_ago=float(rng.integers(-3, 120)),
            penalty_id=f"p{n:04d}",
            market=one_of("BR", "MX"),
            agency_id=one_of(None, "", "ag1", "ag2", "ag3"),
            code=one_of("interrupt", "interrupt", "warn", "live_suspend_1d"),
            strike_counted=bool(rng.random() < 0.8),
        )
        for n in range(400)
    ]


def counted_row_by_row(rows, reference, *, market):
    """The same definition, told creator by creator."""
    ladders, policies = reference.ladders, reference.policies
    since = AS_OF - timedelta(days=ladders.strikes.expiry_days)
    strikes = defaultdict(list)
    for row in rows:
        is_open = row["strike_counted"] and since <= row["started_at"] <= AS_OF
        if is_open and market in (None, row["market"]):
            area = policies.first_level(row["policy_id"])
            strikes[row["creator_id"], area].append(row)
    near = defaultdict(list)
    for (creator, area), own in strikes.items():
        last = max(own, key=lambda row: (row["started_at"], row["penalty_id"]))
        text = policies.in_force(last["policy_id"], at=AS_OF, market=last["market"])
        ahead = [code for code in text.repeat_penalties if ladders.is_suspension(code)]
        if ahead and not any(ladders.is_suspension(row["code"]) for row in own):
            near[creator].append((last["started_at"], area, last["agency_id"]))
    creators = defaultdict(int)
    for steps in near.values():
        newest = max(step[0] for step in steps)
        agency = min(s for s in steps if s[0] == newest)[2] or None
        creators[agency] += 1
    return dict(creators)


@pytest.mark.parametrize("market", [None, "BR"])
@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_a_count_creator_by_creator(seed, market):
    """Agencies, ties in time and markets come out as a plain loop has them."""
    rows = some_strikes(seed)
    facts = some_facts(penalty=rows)
    found = steps_away(facts, facts.reference, market=market, now=AS_OF)
    expected = counted_row_by_row(rows, facts.reference, market=market)
    assert by_agency(found) == expected
    assert found.creators == sum(expected.values())


def said(found):
    """The section's sentences in English."""
    voice, words = Voice(language="en"), translator("en")
    sections = speak_sections(a_brief(steps_away=found), voice=voice, words=words)
    return next(s for s in sections if s.key == "steps").sentences


def test_penalties_that_do_not_say_strike_are_no_reassurance():
    """Where no penalty says whether it is a strike, nobody is called safe."""
    (only,) = said(told(a_strike(strike_counted=None)))
    assert only.startswith("Nobody can tell: no penalty says")


def test_what_the_list_leaves_out_is_counted():
    """Untold strikes, and strikes under a group of policies, are named as left out."""
    found = told(
        a_strike(), a_strike("c2", strike_counted=None), a_strike("c3", "tns.minors")
    )
    assert (found.creators, found.untold, found.unplaced) == (1, 1, 1)
    assert sum("Left out: 1" in sentence for sentence in said(found)) == 2


def test_nobody_near_among_the_told_is_not_nobody_near():
    """With strikes left out, nobody says that no creator is close."""
    found = told(a_strike(policy=NO_STEP), a_strike("c2", strike_counted=None))
    assert said(found)[0] == "Of the strikes that can be told, none is so close."
