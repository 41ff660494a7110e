"""Moderators and models err as the plan says: by market, language, queue and trap."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaia.domain.reference import Reference
from atalaia.simulation.plan import Moderation, WorldPlan
from atalaia.simulation.world import load_plan
from simulation.played_world import World

pytestmark = pytest.mark.slow

SMALL = {"sessions": 12_000, "creators": 3_500, "days": 4, "incidents": ()}


@pytest.fixture(scope="module")
def plan(reference: Reference) -> WorldPlan:
    return load_plan(reference=reference)


@pytest.fixture(scope="module")
def usual(play: Callable[..., World], plan: WorldPlan) -> World:
    return play(**SMALL, moderation=evenly(plan))


def evenly(plan: WorldPlan, **changes: object) -> Moderation:
    """Moderation that errs alike everywhere, but for these changes."""
    same = {"market_factors": (), "language_factors": (), "queue_factors": ()}
    return replace(plan.moderation, **{**same, **changes})


def wrong_share(world: World, *, where: Mapping[str, str]) -> float:
    """Share of human decisions on sessions that are overkill or leakage."""
    truth = world.truth("decision_truth").select(["decision_id", "verdict"])
    facts = world.facts("moderation_decision")
    rows = facts.select(["decision_id", "moderator_id", *where])
    rows = rows.filter(pc.is_valid(rows["moderator_id"])).join(truth, "decision_id")
    for column, value in where.items():
        rows = rows.filter(pc.equal(rows[column], value))
    wrong = pc.is_in(rows["verdict"], value_set=pa.array(["overkill", "leakage"]))
    return float(pc.mean(wrong.cast("float64")).as_py())


@pytest.mark.parametrize(
    "case",
    [
        ("market_factors", "market", "MX", "BR"),
        ("language_factors", "content_language", "pt", "es"),
        ("queue_factors", "queue", "tns-es", "ecosystem-pt"),
    ],
)
def test_factor_multiplies_errors_there_alone(
    case: tuple[str, str, str, str],
    plan: WorldPlan,
    usual: World,
    play: Callable[..., World],
) -> None:
    """Where the plan names a factor of five, errors grow far; elsewhere they stay."""
    field, column, value, other = case
    touched = play(**SMALL, moderation=evenly(plan, **{field: ((value, 5.0),)}))
    before = wrong_share(usual, where={column: value})
    assert wrong_share(touched, where={column: value}) > 1.3 * before
    same = wrong_share(usual, where={column: other})
    assert wrong_share(touched, where={column: other}) == pytest.approx(same, abs=0.02)


def test_language_shift_makes_the_model_accuse_the_innocent(
    plan: WorldPlan, usual: World, play: Callable[..., World]
) -> None:
    """A language that models read badly scores innocent rooms too high."""
    shifted = play(
        **SMALL,
        moderation=evenly(plan),
        scoring=replace(plan.scoring, language_shifts=(("pt", 0.8),)),
    )

    def scored(world: World) -> int:
        rows = world.facts("signal")
        return int(
            pc.sum(
                pc.and_(pc.equal(rows["type"], "model"), pc.equal(rows["market"], "BR"))
            ).as_py()
        )

    assert scored(shifted) > 2 * scored(usual)


def test_better_model_leaves_less_unseen(
    plan: WorldPlan, usual: World, play: Callable[..., World]
) -> None:
    """The plan's AUC is the quality of the scores: a poor model misses more."""
    poor = play(
        **SMALL,
        moderation=evenly(plan),
        models=tuple(replace(model, auc=0.75) for model in plan.models),
    )

    def unseen(world: World) -> float:
        rows = world.truth("violations")
        missed = pc.equal(rows["owner"], "never_surfaced")
        return float(pc.mean(missed.cast("float64")).as_py())

    assert unseen(poor) > 2 * unseen(usual)


def test_technical_fault_voids_every_rung_of_its_incident(
    plan: WorldPlan, play: Callable[..., World]
) -> None:
    """What the truth calls technical is exactly what the platform voids."""
    world = play(**SMALL, moderation=evenly(plan, technical_share=0.2))
    truth = world.truth("decision_truth")
    faulty = truth.filter(pc.equal(truth["verdict"], "technical"))
    share = faulty.num_rows / pc.sum(truth["is_enforced"]).as_py()
    assert 0.15 < share < 0.25
    penalties = world.facts("penalty")
    void = penalties.filter(pc.equal(penalties["status"], "void_technical"))
    ends_at = pa.scalar(world.receipt.ends_at)
    known = pc.add(
        faulty["decided_at"], pa.scalar(30 * 3600 * 10**6, pa.duration("us"))
    )
    surely = set(faulty.filter(pc.less(known, ends_at))["decision_id"].to_pylist())
    voided = set(void["decision_id"].to_pylist())
    assert surely <= voided <= set(faulty["decision_id"].to_pylist())


def test_severity_slips_both_ways(plan: WorldPlan, play: Callable[..., World]) -> None:
    """Too hard and too mild both occur, and only where the rungs really differ."""
    world = play(
        **SMALL,
        violation_scale=6,
        moderation=evenly(plan, over_severe_share=0.3, under_severe_share=0.3),
    )
    rows = world.truth("decision_truth")
    counts = {
        row["values"]: row["counts"]
        for row in pc.value_counts(rows["verdict"]).to_pylist()
    }
    assert counts["over_severe"] > counts["under_severe"] > 5
