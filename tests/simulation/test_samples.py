"""Samples, reviews and verdicts: probability samples with exact weights."""

import json
from collections import defaultdict

import numpy as np
import pyarrow.compute as pc
import pytest

from simulation.played_world import World

FRAMES = ("enforced", "passed")


@pytest.fixture(scope="session")
def verdicts(world: World) -> list[dict[str, object]]:
    return world.facts("verdict").to_pylist()


@pytest.fixture(scope="session")
def samples(world: World) -> dict[str, dict[str, object]]:
    return {row["sample_id"]: row for row in world.facts("sample").to_pylist()}


def test_weights_sum_to_the_frame(
    samples: dict[str, dict[str, object]], verdicts: list[dict[str, object]]
) -> None:
    """In each sample the weights add up to the units of its frame."""
    sums: dict[str, float] = defaultdict(float)
    for row in verdicts:
        sums[row["sample_id"]] += row["weight"]
    for sample_id, total in sums.items():
        if len(samples) and samples[sample_id]["drawn_at"].day != 16:
            assert total == pytest.approx(samples[sample_id]["population_n"])


def test_strata_add_up(samples: dict[str, dict[str, object]]) -> None:
    """Strata hold the whole frame, and the drawn units are theirs."""
    for row in samples.values():
        strata = json.loads(row["strata"]).values()
        assert sum(s["population"] for s in strata) == row["population_n"]
        assert sum(s["drawn"] for s in strata) == row["drawn_n"]
        assert all(0 < s["drawn"] <= s["population"] for s in strata)


def test_enforced_frame_is_the_incidents_of_the_window(
    world: World, samples: dict[str, dict[str, object]]
) -> None:
    """The frame holds each incident's heaviest decision outside test rooms."""
    truth = world.truth("decision_truth")
    truth = truth.filter(pc.and_(truth["is_enforced"], truth["is_heaviest"]))
    truth = truth.filter(pc.invert(truth["is_test"]))
    decided = truth["decided_at"].to_pylist()
    market = truth["market"].to_pylist()
    for row in samples.values():
        if row["frame"] == "enforced":
            inside = sum(
                place == row["market"]
                and row["window_start_at"] <= at < row["window_end_at"]
                for place, at in zip(market, decided, strict=True)
            )
            assert inside == row["population_n"]


def test_passed_frame_is_the_sessions_not_acted_on_in_time(
    world: World, samples: dict[str, dict[str, object]]
) -> None:
    """The frame holds the valid sessions of the window that passed."""
    truth = world.truth("session_truth")
    truth = truth.filter(truth["is_passed"])
    started = truth["started_at"].to_pylist()
    market = truth["market"].to_pylist()
    for row in samples.values():
        if row["frame"] == "passed":
            inside = sum(
                place == row["market"]
                and row["window_start_at"] <= at < row["window_end_at"]
                for place, at in zip(market, started, strict=True)
            )
            assert inside == row["population_n"]


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


def test_two_blind_judgments_by_different_people(world: World) -> None:
    """Every unit is judged twice, blind, by two people; some get an arbiter."""
    rows = world.facts("review").to_pylist()
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
    rows = world.facts("review").to_pylist()
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
        if row["verdict"] in ("leakage", "overkill"):
            assert row["origin"] != "majority"
            assert row["reviews_n"] == 3
