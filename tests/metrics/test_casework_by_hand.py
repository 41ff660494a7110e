"""M30 to M37 on cases built by hand: every rule of the definitions once.

Cases open on a Monday at 10:00 UTC, are to be acknowledged within 4 hours and resolved
within 96; a path names states and the hours since the opening. Each test has cases of
a SOP of its own.
"""

from datetime import UTC, datetime, timedelta

import pytest

from answers import NOW, ask, only
from atalaia.metrics.arrival import NoFactsError, NoFactsInPeriodError
from atalaia.metrics.catalogue.reasons import NOTHING_COUNTED
from atalaia.metrics.change import compare
from atalaia.metrics.question import Question
from builders import AS_OF, DAY, a_case, a_case_event, a_path, at, some_facts

LAST = DAY + timedelta(days=40)
HOUR = 3600
FORTNIGHT = 14 * 24
REASONED = {"root_cause": "training", "resolution": "upheld"}
CENTRAL = (
    ("triaged", 1),
    ("submitted_central", 2),
    ("rejected_incomplete", 5),
    ("submitted_central", 6),
    ("in_review", 7),
    ("waiting_reporter", 10),
    ("in_review", 20),
    ("decided", 30),
    ("closed", 40),
)


class Desk:
    """Guards the cases and moves of all tests, so that one reading serves them."""

    def __init__(self):
        self.cases, self.events = [], []

    def case(self, sop, *moves, **given):
        case = a_case(sop_id=sop, **given)
        self.cases.append(case)
        self.events += a_path(case, *moves)
        return case


def sla(desk):
    closing = [("triaged", 1), ("closed", 40)]
    desk.case("sla", *closing)
    desk.case("sla", ("triaged", 4), ("closed", 96))  # both at the last moment
    desk.case("sla", ("triaged", 5), ("closed", 40))  # acknowledged late
    desk.case("sla")  # never acknowledged
    desk.case("sla", ("triaged", 1), ("closed", 97))  # closed late
    desk.case("sla", *closing, ("reopened", 90), ("closed", 100))  # open when due
    desk.case("sla", *closing, ("reopened", 120))  # held until it was due
    desk.case("sla", ("closed", 40), ack_due_at=None)
    desk.case("sla", *closing, resolve_due_at=None)
    desk.case("sla", *closing, resolve_due_at=AS_OF + timedelta(seconds=1))
    desk.case("sla", ("triaged", 1), ("duplicate", 2))
    desk.case("sla", *closing, resolution="duplicate")


def resolution(desk):
    paused = [("triaged", 1), ("waiting_reporter", 2), ("triaged", 6), ("closed", 10)]
    desk.case("net", *paused)
    desk.case("net", *paused, priority="P0")
    twice = [("closed", 5), ("reopened", 6), ("closed", 8), ("reopened", 9)]
    desk.case("net", *twice, ("closed", 12))
    desk.case("net", ("closed", 2))
    desk.case("net", ("closed", 30))
    desk.case("net", ("closed", 3), ("reopened", 4))
    desk.case("net", ("triaged", 1))


def reopened(desk):
    """Two cases closed after a day and opened again on the thirteenth, for an hour."""
    for _ in range(2):
        desk.case("reopened", ("closed", 24), ("reopened", 288), ("closed", 289))
    by_mistake = [("duplicate", 2), ("reopened", 12), ("closed", 13)]
    for _ in range(3):
        desk.case("reopened", *by_mistake, priority="P0")


def queue(desk):
    late = DAY + timedelta(days=5)
    desk.case("queue")
    desk.case("queue", ("closed", 120))
    desk.case("queue", ("closed", 100))
    desk.case("queue", opened_at=at("20:00", day=DAY + timedelta(days=4)))
    desk.case("queue", opened_at=at("02:59", day=late))
    desk.case("queue", opened_at=at("03:01", day=late))
    old = at("10:00", day=DAY - timedelta(days=2))
    desk.case("queue", opened_at=old, resolve_due_at=None)
    desk.case("queue", ("closed", 10), ("reopened", 90))
    desk.case("queue", ("duplicate", 20))


def reports(desk):
    sent = ("submitted_central", 2)
    desk.case("report", sent, required_fields_n=10, filled_fields_n=8)
    desk.case("report", sent, required_fields_n=5, filled_fields_n=7)
    desk.case("report", sent, required_fields_n=5)
    desk.case("report", required_fields_n=5, filled_fields_n=0)
    back = ("rejected_incomplete", 5)
    again = [sent, back, ("submitted_central", 6), ("rejected_incomplete", 7)]
    desk.case("report", *again, required_fields_n=4, filled_fields_n=1)
    early = [("rejected_incomplete", 1), ("triaged", 1.5)]
    desk.case("report", *early, sent, required_fields_n=0)
    desk.case("report", sent, ("waiting_reporter", 4), required_fields_n=0)
    desk.case("report", sent, back, resolution="duplicate", required_fields_n=9)


def solutions(desk):
    done = ("closed", 40)
    fixed = {"is_fix_promised": True}
    desk.case("solved", done, **REASONED)
    desk.case("solved", done, resolution="upheld")
    desk.case("solved", done, **fixed, fix_verified_at=at("12:00"))
    desk.case("solved", done, **fixed, **REASONED)
    to_come = AS_OF + timedelta(days=1)
    desk.case("solved", done, **fixed, fix_verified_at=to_come)
    desk.case("solved", ("closed", 97), **REASONED)
    desk.case("solved", done, ("reopened", 41), **REASONED)
    desk.case("solved", done, **REASONED, resolve_due_at=None)


def reopenings(desk):
    desk.case("again", ("closed", 5))
    desk.case("again", ("closed", 5), ("reopened", 5 + FORTNIGHT))
    desk.case("again", ("closed", 5), ("reopened", 5 + FORTNIGHT + 1 / HOUR))
    twice = [("closed", 5), ("reopened", 6), ("closed", 7), ("reopened", 8)]
    desk.case("again", *twice)
    desk.case("again", ("closed", 5), ("in_review", 30), ("closed", 31))
    desk.case("again", ("triaged", 5))


def rounds(desk):
    desk.case("central", *CENTRAL)
    desk.case("central", ("submitted_central", 2), ("decided", 5), priority="P0")
    back = [("submitted_central", 1), ("decided", 9), ("reopened", 11)]
    desk.case("central", *back, ("submitted_central", 20))
    desk.case("central", ("triaged", 1), ("decided", 5))


def ties(desk):
    """Moves of one moment, their rows out of order; a move before the opening."""
    case = desk.case("ties")
    path = ("triaged", "submitted_central", "in_review", "decided", "closed")
    for seq in (4, 2, 5, 1, 3):
        desk.events.append(a_case_event(case, seq=seq, to_state=path[seq - 1]))
    early = desk.case("ties", ("triaged", -1), ("triaged", 1), ("closed", 2))
    desk.events.append(a_case_event(early, seq=9, to_state="closed"))


def clocks(desk):
    """Chile's clocks go forward at 04:00 UTC on 6 September 2026."""
    for moment in ((6, 3, 59), (6, 4, 0), (7, 2, 59), (7, 3, 0)):
        case = desk.case("clock", market="CL")
        closed = datetime(2026, 9, *moment, tzinfo=UTC)
        desk.events.append(a_case_event(case, to_state="closed", moved_at=closed))


@pytest.fixture(scope="module")
def facts():
    desk = Desk()
    for scene in (
        *(sla, resolution, reopened, queue, reports, solutions),
        *(reopenings, rounds, ties, clocks),
    ):
        scene(desk)
    return some_facts(case=desk.cases, case_event=desk.events)


def counted(metric, facts, sop, **given):
    """Return numerator and denominator of the cases of one SOP."""
    value = only(ask(metric, facts, end=LAST, where={"sop": sop}, **given))
    return value.numerator, value.denominator


def test_both_deadlines_are_met_or_the_case_is_not(facts):
    """4 of 8: late, never acknowledged, late to close, and open again when due."""
    assert counted("M30", facts, "sla") == (4, 8)


def test_waiting_for_the_reporter_is_taken_off_save_for_p0(facts):
    """Of 2, 6, 10 (P0), 10 (reopened twice) and 30 hours: the third, and the last."""
    value = only(ask("M31", facts, end=LAST, where={"sop": "net"}))
    assert (value.value, value.n) == (10 * HOUR, 5)
    longest = only(ask("M31p90", facts, end=LAST, where={"sop": "net"}))
    assert longest.value == 30 * HOUR


def test_the_time_to_resolution_is_net_of_the_time_it_stood_closed(facts):
    """25 hours of 289, and 3 of 13 at P0: nobody worked on it in between."""
    asked = {"end": LAST, "where": {"sop": "reopened"}}
    half, nine_in_ten = (only(ask(name, facts, **asked)) for name in ("M31", "M31p90"))
    assert (half.value, nine_in_ten.value) == (3 * HOUR, 25 * HOUR)


def test_the_backlog_is_what_stood_open_at_local_midnight(facts):
    """6 open on the fifth day, 3 of them past due; one had closed, one came later."""
    fifth = DAY + timedelta(days=4)
    asked = {"end": fifth, "where": {"sop": "queue"}}
    value = only(ask("M32", facts, **asked))
    assert (value.numerator, value.denominator, value.value) == (3, 6, 0.5)
    age = only(ask("M32p90", facts, **asked))
    assert age.value == (2 * 24 + 113) * HOUR


def test_every_day_has_its_own_backlog(facts):
    """The open cases of each of six days, as counted by going through them."""
    days = ask(
        "M32", facts, end=DAY + timedelta(days=5), grain="day", where={"sop": "queue"}
    )
    assert [day.denominator for day in days] == [5, 4, 4, 4, 6, 6]
    assert [day.numerator for day in days] == [0, 0, 0, 0, 3, 2]


def test_a_period_to_come_has_no_backlog_and_one_begun_has_that_of_now(facts):
    """Of three weeks, the last two are not over: one has begun."""
    monday = AS_OF.date() - timedelta(days=AS_OF.weekday())
    question = {"grain": "week", "where": {"sop": "queue"}}
    weeks = ask("M32", facts, end=monday + timedelta(days=13), **question)
    assert weeks[-1].start == monday
    assert (weeks[-1].denominator, weeks[-1].maturity) == (6, "provisional")


def test_a_day_that_has_begun_in_utc_alone_has_no_backlog():
    """At 02:00 UTC it is still yesterday in Brazil: one day, and it is not over."""
    case = a_case(opened_at=at("10:00"))
    night = at("02:00", day=DAY + timedelta(days=1))
    facts = some_facts(
        as_of=night, case=[case], case_event=a_path(case, ("triaged", 1))
    )
    days = ask("M32", facts, end=DAY + timedelta(days=1), grain="day", by=("market",))
    assert [(day.start, day.denominator) for day in days] == [(DAY, 1)]


def test_fields_count_at_the_first_submission_and_never_beyond_all(facts):
    """8 of 10, 5 of 5 and 1 of 4; where a number is missing, neither side counts."""
    assert counted("M33", facts, "report") == (14, 19)


def test_a_case_that_came_back_was_not_accepted_at_first(facts):
    """One of six came back, twice; waiting for the reporter is no return.

    Nor is what the region itself found incomplete, before central ever had it.
    """
    assert counted("M34", facts, "report") == (5, 6)


def test_a_solution_is_in_time_and_reasoned_or_verified(facts):
    """2 of 6; a case open again and one without a deadline are on neither side."""
    assert counted("M35", facts, "solved") == (2, 6)


def test_a_reopening_counts_once_and_within_fourteen_days(facts):
    """3 of 5: at the last second, twice, and by going straight back to review."""
    assert counted("M36", facts, "again") == (3, 5)


def test_central_is_paid_for_its_own_hours(facts):
    """17, 3 and 8 hours: neither with the reporter, nor back, nor not yet decided."""
    value = only(ask("M37", facts, end=LAST, where={"sop": "central"}))
    assert (value.numerator, value.denominator, value.n) == (28 * HOUR, 3, 3)
    assert value.value == pytest.approx(28 / 3)


def test_moves_of_one_moment_are_in_the_order_of_their_numbers(facts):
    """All at once: acknowledged, decided and closed after an hour, none in central."""
    value = only(ask("M31", facts, end=LAST, where={"sop": "ties"}))
    assert (value.n, value.numerator) == (2, 2)
    assert counted("M37", facts, "ties") == (0, 1)
    assert counted("M30", facts, "ties") == (2, 2)


def test_the_day_is_that_of_the_market_across_a_clock_change(facts):
    """The last minute of a 23-hour day and the first of the next."""
    days = ask(
        "M35",
        facts,
        end=DAY + timedelta(days=70),
        grain="day",
        where={"sop": "clock"},
    )
    found = {day.start: day.denominator for day in days}
    opened = DAY.replace(month=9, day=5)
    one = timedelta(days=1)
    assert found == {opened: 1, opened + one: 2, opened + 2 * one: 1}


def test_a_desk_without_sessions_is_not_incomplete(facts):
    """No day must bring a case: completeness is unknown, and old weeks are mature."""
    value = only(ask("M30", facts, end=LAST, by=("market",), where={"sop": "sla"}))
    assert (value.completeness, value.incomplete_days) == (None, ())
    assert value.maturity == "mature"


def test_a_quiet_week_is_no_gap(facts):
    """Nothing closed in a week of a living desk: nothing to count over, no error."""
    quiet = DAY + timedelta(days=30)
    value = only(ask("M35", facts, start=quiet, end=quiet + timedelta(days=3)))
    assert (value.value, value.reason) == (None, NOTHING_COUNTED)


def test_days_before_the_first_case_are_refused(facts):
    """The error says from which day on there are cases."""
    early = DAY - timedelta(days=30)
    with pytest.raises(NoFactsInPeriodError, match="2026"):
        ask("M35", facts, start=early, end=early)


def test_a_change_is_judged_with_cases_as_the_units(facts):
    """Cases without a creator are not taken for one creator's."""
    days = {"start": DAY, "end": DAY + timedelta(days=4)}
    before, after = (
        Question(metric="M30", **days, where={"sop": sop}) for sop in ("sla", "net")
    )
    found = compare(before, after, facts, now=NOW)
    assert found.estimate is not None
    assert found.estimate.has_interval
    assert found.estimate.n == 8 + 7
    assert not any("reators" in text for text in found.estimate.assumptions)


@pytest.mark.parametrize(
    "metric", ["M30", "M31", "M32", "M32p90", "M33", "M34", "M35", "M36", "M37"]
)
def test_without_cases_there_is_no_number(metric):
    """Never a zero: the error names the facts that have never arrived."""
    with pytest.raises(NoFactsError, match="never arrived"):
        ask(metric, some_facts())
