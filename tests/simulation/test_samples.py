"""Samples, reviews and verdicts: probability samples with exact weights."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaia.domain.reference import Reference
from atalaia.simulation.world import load_plan
from simulation.played_world import World

pytestmark = pytest.mark.slow

FRAMES = ("enforced", "passed")
TARGETED = {"golden"}


@pytest.fixture(scope="session")
def verdicts(world: World) -> list[dict[str, object]]:
    return world.facts("verdict").to_pylist()


@pytest.fixture(scope="session")
def samples(world: World) -> dict[str, dict[str, object]]:
    return {row["sample_id"]: row for row in world.facts("sample").to_pylist()}


@pytest.fixture(scope="session")
def told(world: World) -> dict[str, datetime]:
    """When the platform told of each room."""
    truth = world.truth("session_truth").select(["session_id", "told_at"])
    return {row["session_id"]: row["told_at"] for row in truth.to_pylist()}


def test_weights_sum_to_the_frame(
    samples: dict[str, dict[str, object]], verdicts: list[dict[str, object]]
) -> None:
    """In each sample the weights add up to the units of its frame."""
    sums: dict[str, float] = defaultdict(float)
    for row in verdicts:
        if row["frame"] not in TARGETED:
            sums[row["sample_id"]] += row["weight"]
    settled = [name for name in sums if samples[name]["drawn_at"].day != 16]
    assert len(settled) > 50
    for sample_id in settled:
        assert sums[sample_id] == pytest.approx(samples[sample_id]["population_n"])


def test_strata_add_up(samples: dict[str, dict[str, object]]) -> None:
    """Strata hold the whole frame, and the drawn units are theirs."""
    for row in samples.values():
        strata = json.loads(row["strata"]).values()
        assert sum(s["population"] for s in strata) == row["population_n"]
        assert sum(s["drawn"] for s in strata) == row["drawn_n"]
        assert all(0 < s["drawn"] <= s["population"] for s in strata)


def test_enforced_frame_is_the_incidents_of_the_window(
    world: World,
    samples: dict[str, dict[str, object]],
    told: dict[str, datetime],
) -> None:
    """The frame holds each incident's heaviest decision outside test rooms.

    A room not yet told of is in no frame.
    """
    truth = world.truth("decision_truth")
    truth = truth.filter(pc.and_(truth["is_enforced"], truth["is_heaviest"]))
    truth = truth.filter(pc.invert(truth["is_test"]))
    decided = truth["decided_at"].to_pylist()
    market = truth["market"].to_pylist()
    known = [told[name] for name in truth["session_id"].to_pylist()]
    for row in samples.values():
        if row["frame"] == "enforced":
            inside = sum(
                place == row["market"]
                and row["window_start_at"] <= at < row["window_end_at"]
                and known_at <= row["drawn_at"]
                for place, at, known_at in zip(market, decided, known, strict=True)
            )
            assert inside == row["population_n"]


def told_in_time(sessions: pa.Table, sample: dict[str, object]) -> int:
    """Count the sessions of a sample's market and window that its draw could know."""
    window = pc.and_(
        pc.greater_equal(sessions["started_at"], sample["window_start_at"]),
        pc.less(sessions["started_at"], sample["window_end_at"]),
    )
    told = pc.less_equal(sessions["told_at"], sample["drawn_at"])
    here = pc.equal(sessions["market"], sample["market"])
    return pc.sum(pc.and_(here, pc.and_(window, told))).as_py() or 0


def test_passed_frame_is_the_sessions_not_acted_on_in_time(
    world: World, samples: dict[str, dict[str, object]]
) -> None:
    """The frame holds the valid sessions of the window that passed."""
    truth = world.truth("session_truth")
    passed = truth.filter(truth["is_passed"])
    for row in samples.values():
        if row["frame"] == "passed":
            assert told_in_time(passed, row) == row["population_n"]


@pytest.mark.parametrize("frame", FRAMES)
def test_weighted_share_meets_the_truth(
    frame: str,
    world: World,
    samples: dict[str, dict[str, object]],
    verdicts: list[dict[str, object]],
) -> None:
    """Over all weeks and markets, the estimate lies within four standard errors."""
    wrong = "overkill" if frame == "enforced" else "leakage"
    hits, weights, strata = [], [], []
    for row in verdicts:
        if row["frame"] == frame and row["truth"] in ("violating", "non_violating"):
            hits.append(row["verdict"] == wrong)
            weights.append(row["weight"])
            strata.append(f"{row['sample_id']}/{row['stratum']}")
    y, w = np.array(hits, dtype=float), np.array(weights)
    estimate = float((w * y).sum() / w.sum())
    variance = 0.0
    for name in set(strata):
        here = np.array([stratum == name for stratum in strata])
        n = int(here.sum())
        if n > 1:
            spread = np.var(y[here] - estimate, ddof=1)
            variance += float(w[here].sum() ** 2 * spread / n)
    error = float(np.sqrt(variance) / w.sum())
    judged = {row["sample_id"] for row in verdicts}
    windows = [samples[name] for name in judged if samples[name]["frame"] == frame]
    last = max(row["window_end_at"] for row in windows)
    truth = world.truth("decision_truth" if frame == "enforced" else "session_truth")
    if frame == "enforced":
        units = truth.filter(pc.and_(truth["is_enforced"], truth["is_heaviest"]))
        units = units.filter(pc.less(units["decided_at"], last))
        known = pc.mean(pc.equal(units["verdict"], wrong).cast("float64")).as_py()
    else:
        units = truth.filter(truth["is_passed"])
        units = units.filter(pc.less(units["started_at"], last))
        known = pc.mean(units["is_violating"].cast("float64")).as_py()
    assert abs(estimate - known) < 4 * error + 0.001


def judgments(world: World) -> list[dict[str, object]]:
    """Judgments on the samples that stand for more than themselves."""
    rows = world.facts("review").to_pylist()
    return [row for row in rows if "-golden-" not in str(row["sample_id"])]


def test_two_blind_judgments_by_different_people(world: World) -> None:
    """Every unit is judged twice, blind, by two people; some get an arbiter."""
    rows = judgments(world)
    people: dict[tuple[str, str, str | None], set[str]] = defaultdict(set)
    for row in rows:
        assert row["is_blind"]
        unit = (row["sample_id"], row["session_id"], row["decision_id"])
        people[unit].add(row["reviewer_id"])
    sizes = {len(who) for who in people.values()}
    assert max(sizes) == 3
    assert sum(len(who) >= 2 for who in people.values()) > 0.95 * len(people)


def test_reviewers_disagree_now_and_then(world: World) -> None:
    """Reviewers err, so that agreement and disagreement can be measured."""
    rows = judgments(world)
    said: dict[tuple[str, str, str | None], dict[int, str]] = defaultdict(dict)
    for row in rows:
        unit = (row["sample_id"], row["session_id"], row["decision_id"])
        said[unit][row["slot"]] = row["judgment"]
    pairs = [words for words in said.values() if 1 in words and 2 in words]
    differ = sum(words[1] != words[2] for words in pairs) / len(pairs)
    assert 0.01 < differ < 0.15


def test_every_claim_of_the_rare_kind_is_arbitrated(
    verdicts: list[dict[str, object]],
) -> None:
    """No leak and no overkill is settled by two reviewers alone."""
    for row in verdicts:
        is_rare = row["verdict"] in ("leakage", "overkill")
        if is_rare and row["frame"] in FRAMES:
            assert row["origin"] != "majority"
            assert row["reviews_n"] == 3


def test_every_frame_of_the_plan_is_drawn(
    samples: dict[str, dict[str, object]], verdicts: list[dict[str, object]]
) -> None:
    """Random, risk-stratified, appeal, report and golden sets all hold verdicts."""
    frames = {"enforced", "passed", "appeal", "report", "golden"}
    assert {row["frame"] for row in samples.values()} == frames
    assert {row["frame"] for row in verdicts} == frames


def test_only_golden_items_are_targeted_and_weightless(
    samples: dict[str, dict[str, object]], verdicts: list[dict[str, object]]
) -> None:
    """A targeted set stands for itself alone: no weight could be right."""
    for row in verdicts:
        is_targeted = samples[row["sample_id"]]["design"] == "targeted"
        assert is_targeted == (row["frame"] == "golden")
        assert (row["weight"] is None) == is_targeted


def test_appeal_frame_is_the_decisions_appealed_in_the_window(
    world: World,
    samples: dict[str, dict[str, object]],
    told: dict[str, datetime],
) -> None:
    """The frame holds each decision of which an appeal was decided, once."""
    appeals = world.latest("appeal", key="appeal_id")
    said = pa.array(["upheld", "overturned", "reduced"])
    appeals = appeals.filter(pc.is_in(appeals["result"], value_set=said))
    penalties = world.latest("penalty", key="penalty_id")
    decisions = dict(
        zip(
            penalties["penalty_id"].to_pylist(),
            penalties["decision_id"].to_pylist(),
            strict=True,
        )
    )
    truth = world.truth("decision_truth")
    tests = set(truth.filter(truth["is_test"])["decision_id"].to_pylist())
    room = {row["decision_id"]: row["session_id"] for row in truth.to_pylist()}
    rows = appeals.to_pylist()
    for sample in samples.values():
        if sample["frame"] == "appeal":
            inside = {
                decisions[row["penalty_id"]]
                for row in rows
                if row["market"] == sample["market"]
                and sample["window_start_at"]
                <= row["decided_at"]
                < sample["window_end_at"]
                and told[room[decisions[row["penalty_id"]]]] <= sample["drawn_at"]
            }
            assert len(inside - tests) == sample["population_n"]


def test_report_frame_is_the_passed_sessions_that_viewers_reported(
    world: World, samples: dict[str, dict[str, object]]
) -> None:
    """The frame is a part of the passed one, and far riskier than the whole."""
    truth = world.truth("session_truth")
    signals = world.facts("signal")
    reports = signals.filter(pc.equal(signals["type"], "user_report"))
    reported = pc.is_in(
        truth["session_id"], value_set=reports["session_id"].combine_chunks()
    )
    passed = truth.filter(pc.and_(truth["is_passed"], reported))
    for row in samples.values():
        if row["frame"] == "report":
            assert told_in_time(passed, row) == row["population_n"]


def test_golden_items_are_half_violating_and_judged_by_all(world: World) -> None:
    """Each item has a known truth and a judgment of every reviewer of its market."""
    verdict = world.facts("verdict")
    golden = verdict.filter(pc.equal(verdict["frame"], "golden"))
    violating = pc.mean(pc.equal(golden["truth"], "violating").cast("float64")).as_py()
    assert 0.4 < violating < 0.75
    truth = world.truth("decision_truth").select(["decision_id", "truth"])
    known = dict(
        zip(truth["decision_id"].to_pylist(), truth["truth"].to_pylist(), strict=True)
    )
    for row in golden.to_pylist():
        assert row["truth"] == known[row["decision_id"]]
        assert row["reviews_n"] == 8


def test_another_frame_leaves_the_draws_of_the_others(
    play: Callable[..., World], reference: Reference
) -> None:
    """Each frame draws from its own stream, so that adding one moves no other."""
    plan = load_plan(reference=reference)
    size = {"sessions": 3_000, "creators": 600, "days": 12, "incidents": ()}
    some = replace(plan.sampling, appeal=0, report=0, golden=0)

    def enforced(world: World) -> pa.Table:
        rows = world.facts("review").sort_by("review_id")
        return rows.filter(pc.match_substring(rows["sample_id"], "-enforced-"))

    with_all, with_some = play(**size), play(**size, sampling=some)
    assert enforced(with_all) == enforced(with_some)
    assert set(with_some.facts("sample")["frame"].to_pylist()) == set(FRAMES)


def test_technical_faults_are_found_in_the_sample(
    play: Callable[..., World], reference: Reference
) -> None:
    """A verdict is technical where, and only where, the truth of the decision is."""
    plan = load_plan(reference=reference)
    world = play(
        sessions=6_000,
        creators=1_200,
        days=12,
        incidents=(),
        moderation=replace(plan.moderation, technical_share=0.2),
    )
    truth = world.truth("decision_truth").select(["decision_id", "verdict"])
    known = dict(
        zip(truth["decision_id"].to_pylist(), truth["verdict"].to_pylist(), strict=True)
    )
    rows = world.facts("verdict").to_pylist()
    rows = [row for row in rows if row["frame"] == "enforced"]
    settled = [row for row in rows if row["truth"] in ("violating", "non_violating")]
    found = {row["decision_id"] for row in settled if row["verdict"] == "technical"}
    assert len(found) > 5
    assert found == {
        row["decision_id"]
        for row in settled
        if known[row["decision_id"]] == "technical"
    }
