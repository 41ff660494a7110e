"""Only verdicts drawn at random and judged blind by the rule in force may count."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from atalaia.metrics.arrival import NoFactsError
from atalaia.metrics.catalogue import reasons
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import (
    AS_OF,
    DAY,
    a_decision,
    a_sample,
    a_session,
    a_verdict,
    some_facts,
    the_reference,
)

pytestmark = pytest.mark.slow

POLICY = "tns.minors.gift_bait"


def overkill(verdicts, *, samples, **decision):
    """Return M10's answer; every verdict is of a decision of its own."""
    decisions = [
        a_decision(decision_id=row["decision_id"], **decision) for row in verdicts
    ]
    facts = some_facts(
        live_session=[a_session()],
        moderation_decision=decisions,
        sample=samples,
        verdict=verdicts,
    )
    return evaluate(Question(metric="M10", start=DAY, end=DAY), facts, now=AS_OF)


def verdicts(count, **given):
    """Return wrong enforcements; the flawed ones are told apart by what is given."""
    wrong = {"truth": "non_violating", "verdict": "overkill"}
    name = "-".join(map(str, given.values()))
    return [a_verdict(decision_id=f"d{name}{n}", **wrong | given) for n in range(count)]


def in_force() -> str:
    found = the_reference().policies.in_force(POLICY, at=DAY, market="BR")
    return found.id


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"sample_id": None}, reasons.OF_NO_SAMPLE),
        ({"sample_id": "forgotten"}, reasons.OF_NO_SAMPLE),
        ({"is_blind": False}, reasons.NOT_BLIND),
        ({"is_blind": None}, reasons.NOT_BLIND),
        ({"policy_version_used": f"{POLICY}@1999-01"}, reasons.OTHER_VERSION),
    ],
)
def test_a_flawed_verdict_is_left_out_and_counted_apart(flaw, reason):
    """M10 rests on the eight sound verdicts; the three flawed ones are named."""
    sound = verdicts(8, verdict="correct", truth="violating")
    sound = [row | {"policy_version_used": in_force()} for row in sound]
    answer = overkill(sound + verdicts(3, **flaw), samples=[a_sample()])
    (value,) = answer.rows
    assert (value.n, value.numerator) == (8, 0)
    assert [(each.message, each.count) for each in answer.left_out] == [(reason, 3)]


@pytest.mark.parametrize("design", ["srs", "stratified", "census"])
def test_a_random_design_counts(design):
    """A simple, a stratified and a whole sample speak for the frame."""
    answer = overkill(verdicts(6), samples=[a_sample(design=design)])
    assert answer.rows[0].n == 6


def test_a_targeted_sample_is_left_out_without_a_word():
    """No definition admits it, so nothing is missing without it."""
    targeted = a_sample(sample_id="golden", design="targeted")
    rows = verdicts(6, policy_version_used=in_force())
    rows += verdicts(4, sample_id="golden")
    answer = overkill(rows, samples=[a_sample(), targeted])
    assert (answer.rows[0].n, answer.left_out) == (6, ())


def test_a_verdict_without_its_policy_version_is_kept_and_told():
    """Who does not say the version is taken at the word that it was the right one."""
    answer = overkill(verdicts(6), samples=[a_sample()])
    assert answer.rows[0].n == 6
    (told,) = answer.left_out
    assert (told.message, told.count) == (reasons.VERSION_UNSTATED, 6)


def test_without_any_sample_nothing_is_estimated():
    """Verdicts of which no sample ever arrived are refused by name."""
    with pytest.raises(NoFactsError, match="Samples"):
        overkill(verdicts(6), samples=[])


def first_dated_version():
    """Return a version that began on a known day, in force in Brazil."""
    return next(
        version
        for leaf in the_reference().policies.leaves
        for version in leaf.versions
        if version.effective_from and "BR" in (leaf.markets or {"BR"})
    )


@pytest.mark.parametrize(("seconds", "counted"), [(-1, 0), (0, 6)])
def test_a_version_holds_from_local_midnight_of_its_first_day(seconds, counted):
    """A second before midnight in Brasília the new wording judges nobody."""
    version = first_dated_version()
    midnight = datetime.combine(
        version.effective_from, time(), tzinfo=ZoneInfo("America/Sao_Paulo")
    )
    rows = verdicts(6, policy_version_used=version.id)
    answer = overkill(
        rows, samples=[a_sample()], decided_at=midnight + timedelta(seconds=seconds)
    )
    assert sum(row.n for row in answer.rows) == counted
