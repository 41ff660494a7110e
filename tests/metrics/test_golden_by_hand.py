"""Golden items: first blind answers against the settled truth, counted by hand."""

import pytest

from answers import ask, only
from atalaia.metrics.arrival import NoFactsError
from builders import DAY, a_decision, a_review, a_sample, a_session, a_verdict, at
from builders import some_facts as facts_of

BAIT, SLUR = "tns.minors.gift_bait", "tns.hate.slur"


@pytest.fixture(scope="module")
def facts():
    """Two reviewers on six violating and six innocent items; some seen before."""
    items = [a_decision(policy_id=BAIT) for _ in range(12)]
    expected, reviews = [], []
    for number, item in enumerate(items):
        is_bad = number < 6
        unit = {"sample_id": "golden", "decision_id": item["decision_id"]}
        expected.append(
            a_verdict(
                **unit,
                frame="golden",
                truth="violating" if is_bad else "non_violating",
                truth_policy_id=BAIT if is_bad else None,
            )
        )
        for who in ("ana", "bea"):
            is_wrong = who == "bea" and number in (0, 6)
            says_bad = is_bad != is_wrong
            policy = SLUR if (who, number) == ("ana", 1) else BAIT
            reviews.append(
                a_review(
                    **unit,
                    reviewer_id=who,
                    slot=1 + (who == "bea"),
                    judgment="violating" if says_bad else "non_violating",
                    judged_policy_id=policy if says_bad else None,
                    is_blind=(who, number) != ("ana", 11),
                )
            )
    before = a_review(
        sample_id="weekly",
        decision_id=items[5]["decision_id"],
        reviewer_id="bea",
        reviewed_at=at("08:00"),
    )
    return facts_of(
        live_session=[a_session()],
        moderation_decision=items,
        sample=[a_sample(sample_id="golden", frame="golden", design="targeted")],
        verdict=expected,
        review=[*reviews, before],
    )


def test_the_pass_rate_counts_first_blind_answers(facts):
    """M20: of 22 answers three are wrong: two judgments and one policy.

    Ana's look at the last item was not blind, and Bea had seen another before.
    """
    answer = only(ask("M20", facts))
    assert (answer.numerator, answer.denominator) == (19, 22)
    assert answer.value == pytest.approx(19 / 22)
    assert answer.estimate.low < answer.value < answer.estimate.high


def test_reviewers_are_told_apart(facts):
    """M20 by reviewer: ten of eleven for Ana, nine of eleven for Bea."""
    split = {
        row.dims["reviewer"]: (row.numerator, row.denominator)
        for row in ask("M20", facts, by=("reviewer",))
    }
    assert split == {"ana": (10, 11), "bea": (9, 11)}


def test_the_day_is_that_of_the_review(facts):
    """M20 of a day without golden reviews is nothing counted, not the items' day."""
    rows = ask("M20", facts, grain="day")
    assert [row.start for row in rows] == [DAY]


def test_without_golden_items_the_lack_is_named():
    """M20 without any review: the facts that never arrived are named."""
    with pytest.raises(NoFactsError):
        ask("M20", facts_of(live_session=[a_session()]))
