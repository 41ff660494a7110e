"""What a programme did to LIVE hours and to penalty intensity, counted by hand.

Every scenario is a programme of its own with its own creators, so that one set of
facts holds them all.
"""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from answers import ask, only, penalised
from atalaia.metrics.arrival import NoFactsError
from builders import DAY, a_session, an_enrolment, at, some_facts

ASSIGNED = at("09:00")
MONTH = timedelta(days=30)
LATER, EARLIER = timedelta(days=3), timedelta(days=-3)
SECOND = timedelta(seconds=1)
BEFORE, AFTER = np.random.default_rng(1).integers(1, 9, (2, 20)).astype(float)


class Facts:
    """Rows of trials, gathered room by room; others are LIVE until day 31."""

    def __init__(self):
        self.enrolments, self.rooms, self.decisions, self.penalties = [], [], [], []
        for day in range(25, 32):
            for _ in range(6):
                self.punish(self.add(business_date=DAY + timedelta(days=day)))

    def add(self, **given):
        self.rooms.append(a_session(**given))
        return self.rooms[-1]

    def punish(self, room, **given):
        decision, penalty = penalised(room, **given)
        self.decisions.append(decision)
        self.penalties.append(penalty)

    def held(self, **given):
        told = {"moderation_decision": self.decisions, "penalty": self.penalties}
        return some_facts(
            **({"enrolment": self.enrolments, "live_session": self.rooms} | told),
            **given,
        )


class Programme:
    """Twenty creators drawn one by one; the even ones are treated."""

    def __init__(self, facts, name, *, market="BR"):
        self.facts, self.name, self.market = facts, name, market
        for number in range(20):
            place = an_enrolment(
                creator_id=f"{name} {number}",
                programme_id=name,
                market=market,
                arm=("treatment", "holdout")[number % 2],
            )
            facts.enrolments.append(place)

    def room(self, number, *, since=LATER, hours=1.0, cases=0, **given):
        """Add a room of a creator, with cases on one policy an hour apart."""
        start = ASSIGNED + since
        room = self.facts.add(
            creator_id=f"{self.name} {number}",
            market=self.market,
            business_date=start.date(),
            **({"started_at": start, "duration_s": 3600 * hours} | given),
        )
        for turn in range(cases):
            moment = start + timedelta(hours=turn, minutes=10)
            self.facts.punish(room, decision={"decided_at": moment})
        return room


def hours_alone(trial):
    for number, hours in ((0, 1), (2, 3), (1, 2), (3, 5)):
        trial.room(number, hours=hours)


def hours_before(trial):
    for number in range(20):
        trial.room(number, since=EARLIER, hours=BEFORE[number])
        trial.room(number, hours=BEFORE[number] + AFTER[number])


def edges(trial):
    for turn, since in enumerate((timedelta(), -SECOND, MONTH - SECOND, MONTH)):
        trial.room(2 * turn, since=since, hours=2**turn)


def uncounted(trial):
    trial.room(0, is_test=True)
    trial.room(2, duration_s=59.0)


def intensity(trial):
    for number, hours, cases in ((0, 8, 1), (2, 2, 2), (1, 4, 4), (3, 8, 2)):
        trial.room(number, hours=hours, cases=cases)


def taken_back(trial):
    room = trial.room(0, hours=4)
    moment = room["started_at"] + timedelta(minutes=5)
    given = {"status": "reversed", "ended_at": moment + timedelta(hours=1)}
    trial.facts.punish(room, decision={"decided_at": moment}, **given)
    trial.room(1, hours=4, cases=1)


def on_air(trial):
    trial.room(0, since=timedelta(minutes=-5), hours=4, cases=1)
    trial.room(0, hours=4)
    trial.room(1, hours=4, cases=1)


def roomless(trial):
    trial.facts.rooms.remove(trial.room(0, cases=1))
    trial.room(0, hours=2)
    trial.room(1, hours=2, cases=1)


def never_live(trial):
    trial.room(1, hours=2, cases=1)


SCENARIOS = (
    hours_alone,
    hours_before,
    edges,
    uncounted,
    intensity,
    taken_back,
    on_air,
    roomless,
    never_live,
)


@pytest.fixture(scope="module")
def facts():
    facts = Facts()
    for scenario in SCENARIOS:
        scenario(Programme(facts, scenario.__name__))
    broken_off = Programme(facts, "broken_off", market="CL")
    for day in range(20):
        for number in range(6):
            broken_off.room(number, since=timedelta(days=day), cases=number % 2)
    return facts.held()


@pytest.fixture(scope="module")
def told(facts):
    """Return the value of a metric for a scenario."""
    found = {
        metric: {row.dims["programme"]: row for row in ask(metric, facts)}
        for metric in ("M46", "M46hours", "M46intensity")
    }
    return lambda metric, name: found[metric][name]


def test_hours_are_per_creator_assigned(told):
    """Ten treated with 4 hours in all, ten held out with 7; who was away has none."""
    found = told("M46hours", "hours_alone")
    assert found.value == pytest.approx(0.4 - 0.7)
    assert (found.unit, found.n, found.numerator) == ("hours", 20, 4 * 3600)
    assert found.estimate.low < found.value < found.estimate.high


def test_hours_before_are_allowed_for(told):
    """The slope on the arm beside the hours of the thirty days before."""
    arm = (np.arange(20) % 2 == 0).astype(float)
    design = np.stack([np.ones(20), arm, BEFORE], axis=1)
    slope = np.linalg.lstsq(design, BEFORE + AFTER, rcond=None)[0][1]
    assert told("M46hours", "hours_before").value == pytest.approx(slope)


def test_a_room_belongs_whole_to_the_side_on_which_it_began(told):
    """From the instant of assignment to the end of day 30, to the second."""
    assert told("M46hours", "edges").numerator == 3600 * (1 + 4)


def test_rooms_that_no_metric_counts_give_no_hours(told):
    """Tests and rooms under a minute."""
    assert told("M46hours", "uncounted").numerator == 0


def test_intensity_is_of_the_arm(told):
    """3 cases in 10 hours less 6 in 12: 200 fewer a thousand hours, not a mean."""
    found = told("M46intensity", "intensity")
    assert found.value == pytest.approx(1000 * (3 / 10 - 6 / 12))
    assert (found.unit, found.n, found.numerator) == ("per_thousand_hours", 20, 3)
    assert "rates" in found.estimate.method


@pytest.mark.parametrize(
    ("scenario", "cases", "net"),
    [("taken_back", 1, 0), ("on_air", 0, 1), ("roomless", 1, 1)],
)
def test_intensity_counts_cases_as_m04_does(told, scenario, cases, net):
    """A penalty taken back is a case; a case goes with its room, if that arrived."""
    assert told("M46intensity", scenario).numerator == cases
    assert told("M46", scenario).numerator == net


def test_an_arm_that_was_never_live_has_no_intensity(told):
    """Cases over no hours are no rate; the hours say what happened."""
    found = told("M46intensity", "never_live")
    assert found.value is None
    assert "no exposure" in found.reason
    assert told("M46hours", "never_live").value == pytest.approx(-0.2)


@pytest.mark.parametrize("metric", ["M46hours", "M46intensity"])
def test_rooms_that_end_too_early_are_no_zeros(told, metric):
    """Sessions stopped arriving: nobody knows how long creators were LIVE."""
    found = told(metric, "broken_off")
    assert found.value is None
    assert "end before" in found.reason


@pytest.mark.parametrize("metric", ["M46hours", "M46intensity"])
def test_secondary_outcomes_wait_thirty_days(facts, metric):
    """A room's length and a case are not taken back: no 14 days more."""

    def asked(name, as_of):
        rows = ask(name, replace(facts, as_of=ASSIGNED + MONTH + as_of))
        return next(row for row in rows if row.dims["programme"] == "intensity")

    early = asked(metric, -SECOND)
    assert early.value is None
    assert "not over" in early.reason
    assert asked(metric, timedelta(days=2)).value is not None
    assert asked("M46", timedelta(days=2)).value is None


def test_hours_need_no_penalties():
    """Rooms alone tell them; cases have to arrive for an intensity."""
    facts = Facts()
    hours_alone(Programme(facts, "hours_alone"))
    facts.decisions, facts.penalties = [], []
    held = facts.held()
    assert only(ask("M46hours", held)).value == pytest.approx(-0.3)
    with pytest.raises(NoFactsError, match="never arrived"):
        ask("M46intensity", held)
