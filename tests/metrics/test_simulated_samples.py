"""Sampled metrics: equal to a plain recomputation, and their intervals hold the truth.

The reviewers of the simulated world err at random, so a rate is compared twice: with
the weighted share worked out here from the landed verdicts, and with what the world
knows, which must lie in the 95 % interval widened to about 99.9 %; the seed is fixed.
"""

from collections import Counter, defaultdict
from itertools import permutations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = [pytest.mark.slow, IN_BOTH_WORLDS]

SETTLED = {"violating", "non_violating"}
WRONG = {"overkill", "over_severe"}
UNIT = ("sample_id", "decision_id", "session_id", "segment_seq")


@pytest.fixture(scope="module")
def verdicts(world):
    """Return the settled verdicts of probability samples.

    A policy difference stays among them and is nobody's error.
    """
    samples = world.latest("sample")
    return [
        row
        for row in world.latest("verdict").values()
        if samples[row["sample_id"]]["design"] != "targeted" and row["truth"] in SETTLED
    ]


@pytest.fixture(scope="module")
def units(world):
    """Return the blind judgments of every unit drawn at random, by their slots."""
    samples = world.latest("sample")
    turns = defaultdict(dict)
    for row in world.latest("review").values():
        is_targeted = samples[row["sample_id"]]["design"] == "targeted"
        if row["is_blind"] and not is_targeted:
            turns[tuple(row[name] for name in UNIT)][row["slot"]] = row["judgment"]
    return [[slots[slot] for slot in sorted(slots)] for slots in turns.values()]


def enforced_truth(world) -> pa.Table:
    """Return the heaviest action of every enforced incident, with its truth."""
    rows = world.truth("decision_truth")
    return rows.filter(pc.and_(rows["is_enforced"], rows["is_heaviest"]))


def is_difference(row) -> bool:
    return bool(row["is_policy_difference"])


def is_right(row) -> bool:
    return row["verdict"] == "correct" or is_difference(row)


def weighted(rows, *, hit) -> tuple[float, int]:
    """Return the weighted share of rows that are hits, and how many rows there are."""
    above = sum(row["weight"] for row in rows if hit(row))
    return above / sum(row["weight"] for row in rows), len(rows)


def holds(cell, *, truth: float) -> bool:
    low, high = cell.estimate.low, cell.estimate.high
    reach = 3.29 / 1.96
    least = cell.value - reach * (cell.value - low)
    return least <= truth <= cell.value + reach * (high - cell.value)


def test_overkill_is_the_weighted_share_and_holds_the_truth(world, ask_one, verdicts):
    """M10: reviewed heaviest actions that were wrong, weighted by their draw."""
    truth = enforced_truth(world)
    heaviest = set(truth["decision_id"].to_pylist())
    mine = [
        row
        for row in verdicts
        if row["frame"] == "enforced" and row["decision_id"] in heaviest
    ]
    share, n = weighted(
        mine, hit=lambda row: row["verdict"] in WRONG and not is_difference(row)
    )
    cell = ask_one("M10")
    assert cell.n == n
    assert cell.value == pytest.approx(share, rel=1e-9)
    wrong = pc.is_in(truth["verdict"], pa.array(sorted(WRONG)))
    assert holds(cell, truth=float(np.mean(wrong.to_numpy())))


def test_leakage_is_the_weighted_share_and_holds_the_truth(world, ask_one, verdicts):
    """M12 by unit: reviewed units let pass that violate, weighted by their draw."""
    samples = world.latest("sample")
    mine = [row for row in verdicts if row["frame"] == "passed"]
    assert {samples[row["sample_id"]]["unit"] for row in mine} == {"session"}
    share, n = weighted(
        mine, hit=lambda row: row["truth"] == "violating" and not is_difference(row)
    )
    cell = ask_one("M12")
    assert (cell.dims["unit"], cell.n) == ("session", n)
    assert cell.value == pytest.approx(share, rel=1e-9)
    rows = world.truth("session_truth")
    passed = rows.filter(rows["is_passed"])
    assert holds(cell, truth=float(np.mean(passed["is_violating"].to_numpy())))


def test_review_accuracy_is_the_weighted_share_and_holds_the_truth(
    world, ask_one, verdicts
):
    """M17 of enforced decisions: those that were right, weighted by their draw."""
    mine = [
        row for row in verdicts if row["frame"] == "enforced" and row["decision_id"]
    ]
    share, n = weighted(mine, hit=is_right)
    cell = ask_one("M17", where={"frame": "enforced"})
    assert cell.n == n
    assert cell.value == pytest.approx(share, rel=1e-9)
    right = pc.equal(enforced_truth(world)["verdict"], "correct")
    assert holds(cell, truth=float(np.mean(right.to_numpy())))


def of_frame(verdicts, *frames):
    return [row for row in verdicts if row["frame"] in frames and row["decision_id"]]


def test_wrong_policies_are_weighted_and_hold_the_truth(world, ask_one, verdicts):
    """M15: reviewed heaviest actions taken under a policy that was not the one broken.

    Half of them and more were due the same penalty all the same.
    """
    truth = enforced_truth(world)
    heaviest = set(truth["decision_id"].to_pylist())
    mine = [
        row for row in of_frame(verdicts, "enforced") if row["decision_id"] in heaviest
    ]
    share, n = weighted(mine, hit=lambda row: row["verdict"] == "wrong_policy")
    cell = ask_one("M15")
    assert (cell.n, cell.value) == (n, pytest.approx(share, rel=1e-9))
    wrong = pc.equal(truth["verdict"], "wrong_policy").to_numpy(zero_copy_only=False)
    assert holds(cell, truth=float(np.mean(wrong)))


def test_technical_faults_are_weighted_and_hold_the_truth(world, ask_one, verdicts):
    """M16 of both frames; of the enforced, the world knows how many there were."""
    share, n = weighted(
        of_frame(verdicts, "enforced", "passed"),
        hit=lambda row: row["verdict"] == "technical",
    )
    cell = ask_one("M16")
    assert (cell.n, cell.value) == (n, pytest.approx(share, rel=1e-9))
    faults = pc.equal(enforced_truth(world)["verdict"], "technical")
    held = ask_one("M16", where={"frame": "enforced"})
    assert holds(held, truth=float(np.mean(faults.to_numpy(zero_copy_only=False))))


def test_machines_are_as_right_as_the_world_knows(world, ask_one, verdicts, decisions):
    """M21: reviewed decisions that a machine took alone, and were right."""
    alone = {
        name for name, row in decisions.items() if row["automated_decision"] == "full"
    }
    mine = [
        row for row in of_frame(verdicts, "enforced") if row["decision_id"] in alone
    ]
    share, n = weighted(mine, hit=is_right)
    cell = ask_one("M21")
    assert (cell.n, cell.value) == (n, pytest.approx(share, rel=1e-9))
    truth = enforced_truth(world).to_pylist()
    right = [
        row["verdict"] == "correct" for row in truth if row["decision_id"] in alone
    ]
    assert holds(cell, truth=float(np.mean(right)))


def test_double_review_differences_are_counted(ask_one, units):
    """M18 compares the first two blind judgments of every unit that has two."""
    pairs = [turns[:2] for turns in units if len(turns) > 1]
    cell = ask_one("M18")
    assert cell.denominator == len(pairs)
    assert cell.numerator == sum(first != second for first, second in pairs) > 0


def test_agreement_is_krippendorffs_alpha_of_the_judgments(ask_one, units):
    """M19 is one less observed by expected coincidences; beside it 2a / (2a + b + c).

    Worked out by the coincidence matrix; what nobody could review is missing.
    """
    seen = [[label for label in turns if label != "unreviewable"] for turns in units]
    seen = [labels for labels in seen if len(labels) > 1]
    matrix: Counter[tuple[str, str]] = Counter()
    for labels in seen:
        for pair in permutations(labels, 2):
            matrix[pair] += 1 / (len(labels) - 1)
    totals: Counter[str] = Counter()
    for (label, _), mass in matrix.items():
        totals[label] += mass
    n = sum(totals.values())
    observed = sum(mass for (one, other), mass in matrix.items() if one != other)
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2)) / (n - 1)
    cell = ask_one("M19")
    assert cell.n == len(seen)
    assert cell.numerator == sum(labels.count("violating") for labels in seen)
    assert cell.value == pytest.approx(1 - observed / expected, rel=1e-9)
    agreed = matrix["violating", "violating"] / totals["violating"]
    assert cell.beside.value == pytest.approx(agreed, rel=1e-9)
