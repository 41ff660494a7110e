"""What reviewers answered to golden items they had never seen, beside the truth.

An item is a decision, else a session or its minute. Whoever judged it before, in
whichever sample, remembers it: only a person's first blind review of an item counts.
"""

import ibis

from atalaia.domain.codes import Judgment, SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.double_reviews import described
from atalaia.metrics.views.policy_words import DECISION_WORDS, known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

UNIT = ("sample_id", "decision_id", "session_id", "segment_seq")


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period is the day of the review, not of the item."""
    answers = _first_reviews(facts)
    expected = _expected(facts)
    joined = answers.inner_join(expected, "unit")
    is_same = joined.judgment == joined.truth
    named = joined.judged_policy_id.nullif("").notnull() & joined.due_policy.notnull()
    is_policy_wrong = named & (joined.judged_policy_id != joined.due_policy)
    told = joined.mutate(
        is_correct=is_same
        & ~((joined.truth == Judgment.VIOLATING.value) & is_policy_wrong),
        reviewer=known(joined.reviewer_id),
        reviewed_on=joined.business_date,
    )
    words = described(told, facts).drop("business_date")
    return words.mutate(business_date=words.reviewed_on).select(*VIEW.columns)


def _first_reviews(facts: FactSource) -> ibis.Table:
    """Return each person's first review of an item, where it was blind.

    Who judged anonymously is told apart by sample and slot.
    """
    rows = facts.table("review")
    text = _told(rows)
    place = text["session_id"].concat("|", text["segment_seq"])
    item = ibis.coalesce(rows.decision_id.nullif(""), place)
    slot = known(rows.slot.cast("string"))
    anonymous = text["sample_id"].concat("|", slot)
    who = ibis.coalesce(rows.reviewer_id.nullif(""), anonymous)
    numbered = rows.mutate(unit=_unit(text), item=item, who=who)
    in_order = ibis.window(
        group_by=["who", "item"], order_by=["reviewed_at", "review_id"]
    )
    numbered = numbered.mutate(turn=ibis.row_number().over(in_order))
    return numbered.filter(
        (numbered.turn == 0) & numbered.is_blind.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    )


def _expected(facts: FactSource) -> ibis.Table:
    """Return the settled truth of every golden unit, the latest where several are."""
    rows = facts.table("verdict")
    golden = rows.filter(rows.frame == SampleFrame.GOLDEN.value)
    golden = golden.mutate(unit=_unit(_told(golden)))
    latest = ibis.window(
        group_by="unit", order_by=[ibis.desc("settled_at"), "verdict_id"]
    )
    settled = golden.mutate(turn=ibis.row_number().over(latest))
    settled = settled.filter(settled.turn == 0)
    return settled.select(
        "unit", "truth", due_policy=settled.truth_policy_id.nullif("")
    )


def _told(rows: ibis.Table) -> dict[str, ibis.Value]:
    return {name: known(rows[name].cast("string")) for name in UNIT}


def _unit(text: dict[str, ibis.Value]) -> ibis.Value:
    first, *rest = (text[name] for name in UNIT)
    for part in rest:
        first = first.concat("|", part)
    return first


VIEW = View(
    name="golden_answers",
    meaning="First blind reviews of golden items, right or wrong, dated by the review.",
    needs=("review", "verdict"),
    columns=(
        "review_id",
        "item",
        "reviewer",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        *DECISION_WORDS,
        "is_correct",
    ),
    build=build,
)
