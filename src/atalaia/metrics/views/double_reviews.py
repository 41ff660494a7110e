"""Units that two people judged blind, before anybody arbitrated."""

import ibis

from atalaia.domain.codes import SampleDesign
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.decisions import standing_decisions
from atalaia.metrics.views.policy_words import DECISION_WORDS, UNKNOWN, known
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "blind_judgments", "described"]

UNIT = ("sample_id", "decision_id", "session_id", "segment_seq")
NAMING = ("decision_id", "session_id")
"""What says which unit was judged; without either, a judgment is of nothing known."""


def blind_judgments(facts: FactSource) -> ibis.Table:
    """Return each person's first blind judgment of a unit, numbered on the unit.

    The order is that of the slots and then of the moments. Who judged anonymously is
    told apart by the slot. Judgments that name no unit are left out.

    Those on targeted samples are left out: people agree more, or less, on items that
    were chosen for what they are, as golden ones.
    """
    samples = facts.table("sample")
    targeted = samples.filter(samples.design == SampleDesign.TARGETED.value)
    reviews = facts.table("review")
    rows = reviews.anti_join(targeted.select("sample_id"), "sample_id")
    text = {name: known(rows[name].cast("string")) for name in UNIT}
    unit = text["sample_id"].concat(
        "|", text["decision_id"], "|", text["session_id"], "|", text["segment_seq"]
    )
    names_a_unit = ibis.or_(*(rows[name].nullif("").notnull() for name in NAMING))
    who = ibis.coalesce(
        rows.reviewer_id.nullif(""), rows.slot.cast("string"), ibis.literal(UNKNOWN)
    )
    blind = rows.mutate(unit=unit, who=who).filter(
        rows.is_blind.fill_null(False) & names_a_unit  # noqa: FBT003 - Ibis' own signature
    )
    first = blind.mutate(again=ibis.row_number().over(_in_order("unit", "who")))
    first = first.filter(first.again == 0)
    return first.mutate(turn=ibis.row_number().over(_in_order("unit")))


def _in_order(*group_by: str) -> ibis.expr.builders.WindowBuilder:
    return ibis.window(
        group_by=list(group_by), order_by=["slot", "reviewed_at", "review_id"]
    )


def described(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return judgments with their decision's words and their unit's own day."""
    words = standing_decisions(facts).select(
        "decision_id", *DECISION_WORDS, decision_date="business_date"
    )
    sessions = facts.table("live_session").select(
        "session_id", session_date="business_date"
    )
    joined = rows.left_join(words, "decision_id").left_join(sessions, "session_id")
    filled = {word: joined[word].fill_null(UNKNOWN) for word in DECISION_WORDS}
    day = ibis.coalesce(joined.decision_date, joined.session_date, joined.business_date)
    return joined.mutate(**filled, business_date=day)


def build(facts: FactSource) -> ibis.Table:
    """Build the view from the first two blind judgments of every unit."""
    rows = blind_judgments(facts)
    first = rows.filter(rows.turn == 0)
    second = rows.filter(rows.turn == 1).select("unit", second_judgment="judgment")
    pairs = described(first.inner_join(second, "unit"), facts)
    return pairs.mutate(differs=pairs.judgment != pairs.second_judgment).select(
        *VIEW.columns
    )


VIEW = View(
    name="double_reviews",
    meaning="Units judged blind by two people; their first two judgments compared.",
    needs=("review",),
    columns=(
        "unit",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        *DECISION_WORDS,
        "judgment",
        "second_judgment",
        "differs",
    ),
    build=build,
    version=2,
)
