"""A verdict by majority needs more than one judgment."""

import pyarrow as pa
import pytest

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.settling import settled_by_majority

DECISION = {
    "decision_id": "d1",
    "session_id": "s1",
    "creator_id": "c1",
    "market": "BR",
    "policy_id": "tns.minors.gift_bait",
    "lane": "remove",
    "outcome": "interrupt",
}


@pytest.mark.parametrize(
    ("judgments", "truth", "origin"),
    [
        (["non_violating"] * 2, "non_violating", "majority"),
        (["violating", "violating", "non_violating"], "violating", "majority"),
        (["violating", "non_violating"], "borderline", "majority"),
        (["non_violating"], "non_violating", "single"),
        (["non_violating", "unreviewable"], "non_violating", "single"),
        (["unreviewable"], "unreviewable", "single"),
    ],
)
def test_one_able_judgment_is_no_majority(
    judgments: list[str], truth: str, origin: str
) -> None:
    """Where refused rows leave one, the verdict says that it rests on one."""
    decisions = pa.Table.from_pylist(
        [DECISION], schema=CONTRACTS["moderation_decision"].schema
    )
    reviews = pa.Table.from_pylist(
        [{"decision_id": "d1", "judgment": judgment} for judgment in judgments],
        schema=CONTRACTS["review"].schema,
    )
    verdicts, _ = settled_by_majority(decisions, reviews)
    (row,) = verdicts.to_pylist()
    assert (row["truth"], row["origin"]) == (truth, origin)
