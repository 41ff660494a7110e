"""First-timers and climbs up the ladder, on a few creators counted by hand.

Every case has a market of its own, so that all are worked out at once.
"""

from datetime import timedelta

import pytest

from answers import ask, only, penalised
from builders import DAY, a_creator, a_session, some_facts

SLEEP, BAIT = "eco.quality.sleep", "tns.minors.gift_bait"


class Life:
    """Collects one market's sessions, decisions and penalties, creator by creator."""

    def __init__(self, market):
        self.market = market
        self.rows = {"live_session": [], "moderation_decision": [], "penalty": []}

    def live(self, creator, *days, tier="mid"):
        """Let a creator be live on these days after the first."""
        for day in days:
            self.session(creator, day)
        profile = a_creator(
            creator_id=f"{self.market}-{creator}", market=self.market, tier=tier
        )
        self.rows.setdefault("creator", []).append(profile)
        return self

    def session(self, creator, day):
        session = a_session(
            creator_id=f"{self.market}-{creator}",
            market=self.market,
            business_date=DAY + timedelta(days=day),
        )
        self.rows["live_session"].append(session)
        return session

    def fined(self, creator, day, code="interrupt", policy=BAIT, **given):
        """Let a creator be live on a day, and penalised."""
        decision, penalty = penalised(
            self.session(creator, day),
            decision={"policy_id": policy},
            code=code,
            **given,
        )
        self.rows["moderation_decision"].append(decision)
        self.rows["penalty"].append(penalty)
        return self


def first_timers():
    """Six creators in the second week; two offend for the first time, one again."""
    life = Life("BR")
    life.live("calm", 8).live("calmer", 9).live("new", 8, tier="new")
    life.fined("again", 1).fined("again", 9).fined("before", 2).live("before", 10)
    life.fined("first", 8).fined("first", 10).fined("new", 9)
    taken_back = {"status": "reversed", "ended_at": None}
    return life.fined("cleared", 9, **taken_back)


def climbers():
    """Ten warned or interrupted, three of whom climb within thirty days."""
    life = Life("MX").live("seen", *range(45))
    for number in range(7):
        life.fined(f"quiet{number}", 0, "warn")
    life.fined("up", 0, "warn").fined("up", 20, "interrupt")
    life.fined("far", 0).fined("far", 5).fined("far", 9, "live_suspend_7d")
    life.fined("both", 0, "warn").fined("both", 3, "live_suspend_1d")
    life.fined("level", 0, "interrupt").fined("level", 4, "warn")
    life.fined("late", 0, "warn").fined("late", 31, "interrupt")
    life.fined("other", 0, "warn").fined("other", 3, "interrupt", policy=SLEEP)
    return life.fined("heavy", 0, "live_suspend_7d").fined("heavy", 3, "account_ban")


@pytest.fixture(scope="module")
def facts():
    names: dict[str, list] = {}
    for life in (first_timers(), climbers()):
        for name, rows in life.rows.items():
            names.setdefault(name, []).extend(rows)
    return some_facts(**names)


@pytest.fixture(scope="module")
def in_brazil(facts):
    def answer(first, last, **given):
        start, end = DAY + timedelta(days=first), DAY + timedelta(days=last)
        where = {"market": "BR"} | given.pop("where", {})
        return ask("M08", facts, start=start, end=end, where=where, **given)

    return answer


def test_first_timers_stand_over_creators_with_a_clean_past(in_brazil):
    """M08: of calm, calmer, new, first and cleared, new and first are first-timers.

    Whoever offended in the first week is on neither side, and a reversed penalty is no
    offence.
    """
    answer = only(in_brazil(7, 13))
    assert (answer.numerator, answer.denominator) == (2, 5)
    assert answer.value == pytest.approx(0.4)


def test_the_first_week_has_its_own_first_timers(in_brazil):
    """M08 of the first week: both who were live then offended for the first time."""
    assert (only(in_brazil(0, 6)).numerator, only(in_brazil(0, 6)).value) == (2, None)


def test_weeks_are_cut_to_the_days_asked_for(in_brazil):
    """M08 by week: from Wednesday on, Monday's first-timers have a past."""
    rows = in_brazil(9, 13, grain="week")
    assert [(row.numerator, row.denominator) for row in rows] == [(1, 3)]


def test_new_creators_are_shown_apart(in_brazil):
    """M08 by tier: the one new creator offended, one of the four others did."""
    split = {
        row.dims["tier"]: (row.numerator, row.denominator)
        for row in in_brazil(7, 13, by=("tier",))
    }
    assert split["new"] == (1, 1)
    assert sum(above for above, _ in split.values()) == 2


def test_first_timers_by_policy_leave_all_clean_creators_below(in_brazil):
    """M08 by policy: the first incident's policy, over every creator still clean."""
    (row,) = in_brazil(7, 13, by=("policy_l1",))
    assert (row.dims["policy_l1"], row.numerator, row.denominator) == (
        "tns.minors",
        2,
        5,
    )


def test_a_climb_is_a_heavier_rung_of_the_same_ladder(facts):
    """M09: up, far and both climb; level, late, other and heavy do not.

    `far` stays on its rung once before it climbs; `late` climbs after 31 days; `other`
    climbs on the other domain's ladder; `heavy` never stood on a low rung.
    """
    answer = only(ask("M09", facts, where={"market": "MX", "domain": "tns"}))
    assert (answer.numerator, answer.n) == (3, 13)
    assert answer.value == pytest.approx(3 / 13)
    assert answer.estimate.low < answer.value < answer.estimate.high


def test_a_climb_counts_from_the_first_low_rung_of_the_period(facts):
    """M09 of one policy's ladder: nobody warned in the second week climbs later."""
    start = DAY + timedelta(days=10)
    rows = ask("M09", facts, start=start, end=start + timedelta(days=25))
    assert [(row.numerator, row.value) for row in rows] == [(0, None)]
