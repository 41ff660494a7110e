"""M38 to M43 on diffs, actions and changes built by hand."""

import math
from datetime import timedelta

import pytest

from answers import ask, only
from atalaia.metrics.arrival import NoFactsError
from atalaia.metrics.catalogue.case_reasons import (
    CASES_END_EARLY,
    CASES_TOO_NEW,
    WINDOW_NOT_OVER,
)
from builders import (
    AS_OF,
    DAY,
    a_case,
    a_change_request,
    a_diff_case,
    a_path,
    an_action,
    at,
    some_facts,
)

NOON = at("12:00")
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)
LATER = AS_OF + HOUR
MONTH = 30 * DAYS
LAST = DAY + 80 * DAYS


def a_diff(ruling, **given):
    return a_diff_case(presented_at=NOON, ruling=ruling, ruled_at=NOON) | given


def diffs_ruled():
    """Return diffs of MX: 2 accepted of 3 ruled on by now."""
    of_mexico = {"market": "MX"}
    return [
        a_diff("accepted", **of_mexico),
        a_diff("accepted", **of_mexico, ruled_at=None),
        a_diff("rejected", **of_mexico),
        a_diff("more_data", **of_mexico),
        a_diff(None, **of_mexico),
        a_diff("accepted", **of_mexico, ruled_at=LATER),
        a_diff("accepted", **of_mexico, presented_at=None),
        a_diff("accepted", **of_mexico, presented_at=LATER),
    ]


def diffs_adopted():
    """Return diffs of CO, adopted after 3, 0 (in effect before) and 50 days."""
    waits = (3 * DAYS, -2 * DAYS, 50 * DAYS)
    adopted = [
        a_diff("accepted", market="CO", effective_at=NOON + wait) for wait in waits
    ]
    return [
        *adopted,
        a_diff("accepted", market="CO", effective_at=LATER),
        a_diff("accepted", market="CO", effective_at=NOON, presented_at=None),
        a_diff("rejected", market="CO", effective_at=NOON),
    ]


EFFECTIVE = NOON + 40 * DAYS
TRAP = {"policy_id": "tns.hate.slur", "trap_id": "rapariga"}
OTHER = {"policy_id": "tns.hate.slur", "trap_id": "mono"}
OFFSETS = {
    # Matching cases: at the first and last moment of each window, and beyond them.
    "matching": [-MONTH, -5 * DAYS, -4 * DAYS, -HOUR, timedelta(), MONTH - HOUR, MONTH],
    "others": [-MONTH - HOUR, -20 * DAYS, -DAYS, timedelta(), DAYS, 2 * DAYS, MONTH],
}


def recurring():
    """Return cases of AR: matching 4 before and 2 after, others 2 and 3."""
    words = {"matching": TRAP, "others": OTHER}
    cases = [
        a_case(market="AR", opened_at=EFFECTIVE + offset, **words[side])
        for side, offsets in OFFSETS.items()
        for offset in offsets
    ]
    ended = [-MONTH, *[timedelta()] * 8, MONTH - HOUR]
    elsewhere = [
        a_case(market="PE", opened_at=EFFECTIVE + offset, **TRAP) for offset in ended
    ]
    double = a_case(market="AR", opened_at=EFFECTIVE, resolution="duplicate", **TRAP)
    return [*cases, *elsewhere, double]


def a_ruled_change(diff_id, **given):
    in_effect = {"effective_at": EFFECTIVE, "market": "AR", **TRAP}
    return a_diff("accepted", diff_id=diff_id, **(in_effect | given))


def actions():
    """Return actions of CL: 2 of 4 done when they were due."""
    due = {"market": "CL", "due_at": NOON}
    return [
        an_action(**due, done_at=NOON - HOUR),
        an_action(**due, done_at=NOON),
        an_action(**due, done_at=NOON + HOUR),
        an_action(**due, dropped_at=NOON + HOUR),
        an_action(**due, dropped_at=NOON - HOUR),
        an_action(market="CL", due_at=LATER, done_at=NOON),
    ]


def changes():
    """Return changes: 1 success of 5 in CL; BR's deployed after 1, 2 and 9 days."""
    due = {"market": "CL", "deployed_at": NOON, "review_due_at": NOON + DAYS}
    judged = [
        a_change_request(**due, result="met"),
        a_change_request(**due, result="met", reverted_at=NOON + 2 * DAYS),
        a_change_request(**due, result="not_met"),
        a_change_request(**due, result="cannot_tell"),
        a_change_request(**due),
        a_change_request(**due | {"review_due_at": LATER}, result="met"),
        a_change_request(**due | {"deployed_at": None}, result="met"),
    ]
    deployed = [
        a_change_request(proposed_at=NOON, deployed_at=NOON + days * DAYS)
        for days in (2, 1, 9)
    ]
    return [*judged, *deployed, a_change_request(deployed_at=LATER)]


@pytest.fixture(scope="module")
def facts():
    cases = recurring()
    recurrences = [
        a_ruled_change("one"),
        a_ruled_change("of-no-trap", trap_id=None),
        a_ruled_change("zero", policy_id="tns.minors.gift_bait"),
        a_ruled_change("above", policy_id="tns.hate"),
        a_ruled_change("beside", policy_id="tns.hat"),
        a_ruled_change("ended", market="PE"),
        a_ruled_change("running", effective_at=AS_OF - MONTH + HOUR),
        a_ruled_change("early", effective_at=EFFECTIVE - 2 * DAYS),
    ]
    return some_facts(
        diff_case=[*diffs_ruled(), *diffs_adopted(), *recurrences],
        case=cases,
        case_event=a_path(cases[0], ("triaged", 1)),
        action=actions(),
        change_request=changes(),
    )


def counted(metric, facts, market):
    value = only(ask(metric, facts, end=LAST, where={"market": market}))
    return value.numerator, value.denominator


def recurrence(facts, diff):
    return only(ask("M40", facts, end=LAST + 10 * DAYS, where={"diff": diff}))


def test_a_diff_is_ruled_on_once_central_says_yes_or_no(facts):
    """2 of 3; more data, no ruling and a ruling to come are pending."""
    assert counted("M38", facts, "MX") == (2, 3)


def test_adoption_is_timed_from_the_first_discussion(facts):
    """The second of 0, 3 and 50 days; without a discussion there is no time."""
    early = DAY - 5 * DAYS
    value = only(ask("M39", facts, start=early, end=LAST, where={"market": "CO"}))
    assert (value.value, value.n) == (3 * 86_400, 3)


def test_recurrence_is_held_against_all_other_cases(facts):
    """(2 / 4) / (3 / 2), with the interval of a log-normal ratio."""
    value = recurrence(facts, "one")
    ratio = (2 / 4) / (3 / 2)
    reach = 1.959964 * math.sqrt(1 / 2 + 1 / 4 + 1 / 3 + 1 / 2)
    assert value.value == pytest.approx(ratio)
    assert value.estimate.low == pytest.approx(ratio / math.exp(reach), rel=1e-6)
    assert value.estimate.high == pytest.approx(ratio * math.exp(reach), rel=1e-6)
    assert value.n == 6


def test_without_a_trap_all_cases_of_the_policy_match(facts):
    """6 before and 5 after; no others are left to compare with."""
    value = recurrence(facts, "of-no-trap")
    assert (value.numerator, value.denominator, value.value) == (5, 6, None)


def test_a_policy_above_the_leaf_means_all_below_it(facts):
    """A diff on hate is one on its slurs; a name that only begins alike is not."""
    above, one = (recurrence(facts, diff) for diff in ("above", "one"))
    assert (above.value, above.n) == (one.value, one.n)
    assert recurrence(facts, "beside").n == 0


@pytest.mark.parametrize(
    ("diff", "why"),
    [
        ("zero", "zero"),
        ("running", WINDOW_NOT_OVER),
        ("early", CASES_TOO_NEW),
        ("ended", CASES_END_EARLY),
    ],
)
def test_an_effect_that_cannot_be_told_says_why(facts, diff, why):
    """An empty count, a window still running, cases that begin late or end early."""
    value = recurrence(facts, diff)
    assert (value.value, value.estimate) == (None, None)
    assert why in value.reason
    assert value.no_interval_reason == value.reason


def test_an_action_is_on_time_by_its_first_date(facts):
    """2 of 4; one dropped before it was due was due to nobody."""
    assert counted("M41", facts, "CL") == (2, 4)


def test_a_change_succeeds_by_its_result_and_by_staying(facts):
    """1 of 5: taken back, missed, unclear and unjudged are none."""
    assert counted("M42", facts, "CL") == (1, 5)


def test_a_change_is_timed_from_its_proposal(facts):
    """The second of 1, 2 and 9 days; what is not deployed by now has none."""
    value = only(ask("M43", facts, end=LAST, where={"market": "BR"}))
    assert (value.value, value.n) == (2 * 86_400, 3)


@pytest.mark.parametrize("metric", ["M38", "M39", "M40", "M41", "M42", "M43"])
def test_without_records_there_is_no_number(metric):
    """Never a zero: the error names the facts that have never arrived."""
    with pytest.raises(NoFactsError, match="never arrived"):
        ask(metric, some_facts())
