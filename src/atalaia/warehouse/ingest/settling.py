"""Verdicts by majority of the blind judgments that a mapping brings with decisions."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.codes import (
    Judgment,
    Outcome,
    SampleFrame,
    VerdictCode,
    VerdictOrigin,
)
from atalaia.warehouse.contracts import CONTRACTS

__all__ = ["settled_by_majority"]

LEAST_JUDGMENTS = 2
ENFORCED = pa.array([str(outcome) for outcome in Outcome if outcome.is_enforced])


def settled_by_majority(
    decisions: pa.Table, reviews: pa.Table
) -> tuple[pa.Table, pa.Array]:
    """Return one verdict per decision with reviews, and the decision's position.

    More than half of the judgments that could be made decide; a tie is borderline;
    none is unreviewable. One judgment is no majority: its origin is `single`. An
    enforced decision whose truth is not violating is overkill, a passed one whose truth
    is violating is leakage; a borderline truth counts neither way and leaves the
    decision correct. Both tables hold their contracts' columns.
    """
    counts = _counts(reviews)
    at = pc.index_in(
        decisions["decision_id"].combine_chunks(),
        value_set=counts["decision_id"].combine_chunks(),
    )
    judged = pc.indices_nonzero(at.is_valid())
    decisions = decisions.take(judged)
    found = counts.take(at.drop_null())
    truth = _truths(found)
    enforced = pc.is_in(decisions["outcome"].combine_chunks(), value_set=ENFORCED)
    is_violating = pc.equal(truth, str(Judgment.VIOLATING))
    is_clean = pc.equal(truth, str(Judgment.NON_VIOLATING))
    verdict = pc.if_else(
        pc.and_(enforced, is_clean),
        str(VerdictCode.OVERKILL),
        pc.if_else(
            pc.and_(pc.invert(enforced), is_violating),
            str(VerdictCode.LEAKAGE),
            str(VerdictCode.CORRECT),
        ),
    )
    return _as_verdicts(
        decisions, found, truth=truth, verdict=verdict, enforced=enforced
    ), judged


def _counts(reviews: pa.Table) -> pa.Table:
    """Return, per decision, its judgments counted and what its reviews share."""
    for judgment in (Judgment.VIOLATING, Judgment.NON_VIOLATING):
        is_it = pc.equal(reviews["judgment"], str(judgment)).cast(pa.int64())
        reviews = reviews.append_column(f"n_{judgment}", is_it)
    unable = pc.equal(reviews["judgment"], str(Judgment.UNREVIEWABLE))
    reviews = reviews.append_column("n_able", pc.invert(unable).cast(pa.int64()))
    return reviews.group_by("decision_id", use_threads=False).aggregate(
        [
            ("n_violating", "sum"),
            ("n_non_violating", "sum"),
            ("n_able", "sum"),
            ("judgment", "count"),
            ("reviewed_at", "max"),
            ("sample_id", "first"),
            ("stratum", "first"),
            ("weight", "first"),
            ("policy_version_used", "first"),
            ("is_blind", "min"),
        ]
    )


def _truths(found: pa.Table) -> pa.Array:
    able = found["n_able_sum"].to_numpy()
    violating = found["n_violating_sum"].to_numpy()
    clean = found["n_non_violating_sum"].to_numpy()
    truth = np.select(
        [able == 0, 2 * violating > able, 2 * clean > able],
        [
            str(Judgment.UNREVIEWABLE),
            str(Judgment.VIOLATING),
            str(Judgment.NON_VIOLATING),
        ],
        str(Judgment.BORDERLINE),
    )
    return pa.array(truth, pa.string())


def _origins(found: pa.Table) -> pa.Array:
    is_settled = pc.greater_equal(found["n_able_sum"], LEAST_JUDGMENTS)
    return pc.if_else(
        is_settled, str(VerdictOrigin.MAJORITY), str(VerdictOrigin.SINGLE)
    ).combine_chunks()


def _as_verdicts(
    decisions: pa.Table,
    found: pa.Table,
    *,
    truth: pa.Array,
    verdict: pa.Array,
    enforced: pa.Array,
) -> pa.Table:
    length = decisions.num_rows
    is_violating = pc.equal(truth, str(Judgment.VIOLATING))
    policy = decisions["policy_id"].combine_chunks()
    decision = decisions["decision_id"].combine_chunks()
    columns = {
        "verdict_id": pc.binary_join_element_wise(decision, "majority", ":"),
        "truth": truth,
        "verdict": verdict,
        "origin": _origins(found),
        "frame": pc.if_else(
            enforced, str(SampleFrame.ENFORCED), str(SampleFrame.PASSED)
        ),
        "truth_policy_id": pc.if_else(is_violating, policy, None),
        "truth_lane": pc.if_else(
            is_violating, decisions["lane"].combine_chunks(), None
        ),
        "settled_at": found["reviewed_at_max"],
        "reviews_n": found["judgment_count"],
        "sample_id": found["sample_id_first"],
        "stratum": found["stratum_first"],
        "weight": found["weight_first"],
        "policy_version_used": found["policy_version_used_first"],
        "is_blind": found["is_blind_min"],
    }
    for name in ("decision_id", "session_id", "creator_id", "market"):
        columns[name] = decisions[name]
    schema = CONTRACTS["verdict"].schema
    missing = {
        f.name: pa.nulls(length, f.type) for f in schema if f.name not in columns
    }
    return pa.table({**columns, **missing}).select(schema.names).cast(schema)
