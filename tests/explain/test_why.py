"""Why a metric moved: parts that add up, and refusals that say why not."""

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from atalaia.explain.errors import (
    IndivisibleMetricError,
    NothingToExplainError,
    NothingToSplitError,
    NumeratorOnlyError,
    PartsDoNotAddError,
    SameSidesError,
)
from atalaia.explain.why import why
from atalaia.metrics.change import NO_ROWS
from atalaia.metrics.from_aggregates import AggregatesCannotTellError
from atalaia.metrics.question import Question
from builders import (
    DAY,
    a_creator,
    a_decision,
    a_penalty,
    a_session,
    fresh,
    some_facts,
)

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
AGENCIES = ("one", "two", "three")


@pytest.fixture(scope="module")
def facts():
    """Two weeks of sessions at random, some penalised, creators of several agencies."""
    rng = np.random.default_rng(20260706)
    creators = [f"c{number}" for number in range(120)]
    tiers = rng.choice(["new", "mid", "top"], size=len(creators))
    sessions, decisions, penalties = [], [], []
    for number in rng.integers(len(creators), size=400):
        day = DAY - timedelta(days=int(rng.integers(14)))
        later = day > DAY - WEEK
        session = a_session(
            creator_id=creators[number],
            market="BR" if number % 3 else "MX",
            agency_id=str(rng.choice(AGENCIES, p=(0.2, 0.5, 0.3))),
            duration_s=float(rng.integers(60, 9000)),
            business_date=day,
        )
        sessions.append(session)
        if rng.random() < (0.12 if later else 0.06):
            same = ("session_id", "creator_id", "market", "agency_id", "business_date")
            decision = a_decision(**{name: session[name] for name in same})
            decisions.append(decision)
            penalties.append(a_penalty(decision))
    return some_facts(
        creator=[
            a_creator(creator_id=name, tier=str(tier))
            for name, tier in zip(creators, tiers, strict=True)
        ],
        live_session=sessions,
        moderation_decision=decisions,
        penalty=penalties,
    )


def sides(metric: str, **where: str) -> tuple[Question, Question]:
    def of(last: date) -> Question:
        return Question(
            metric=metric, start=last - timedelta(days=6), end=last, where=where
        )

    return of(DAY - WEEK), of(DAY)


@pytest.mark.parametrize(
    ("metric", "along"),
    [
        ("M01", ("agency",)),
        ("M02", ("agency",)),
        ("M03", ("tier",)),
        ("M04", ("market", "agency")),
        ("M05", ("market", "tier")),
    ],
)
def test_parts_add_up_to_the_change(facts, metric, along):
    """Whatever the metric and the dimension, to 1e-9 of the change itself."""
    found = why(*sides(metric), facts, along=along, now=NOW)
    assert found.change.value is not None
    parts = sum(part.volume + part.mix + part.rate for part in found.parts)
    assert parts == pytest.approx(found.change.value, rel=1e-9, abs=1e-9)


def test_a_creator_of_two_agencies_counts_once(facts):
    """The parts are people: together they are the active creators, none twice."""
    found = why(*sides("M02"), facts, along=("agency",), now=NOW)
    active = sum(part.after.below for part in found.parts)
    assert active == found.change.after.denominator


def test_the_largest_part_comes_first(facts):
    found = why(*sides("M03"), facts, along=("agency",), now=NOW)
    sizes = [abs(part.total) for part in found.parts]
    assert sizes == sorted(sizes, reverse=True)


def test_two_markets_are_compared_like_two_periods(facts):
    (_, brazil), (_, mexico) = sides("M03", market="BR"), sides("M03", market="MX")
    found = why(mexico, brazil, facts, along=("tier",), now=NOW)
    assert found.value == pytest.approx(found.change.value, rel=1e-9)


def test_the_counts_behind_a_ratio_are_split_with_volume(facts):
    found = why(*sides("M03"), facts, along=("agency",), now=NOW)
    after, before = found.change.after, found.change.before
    moved = after.numerator - before.numerator
    assert sum(part.total for part in found.count) == pytest.approx(moved)


def test_a_numerator_s_own_dimension_is_refused(facts):
    with pytest.raises(NumeratorOnlyError, match="policy_l1"):
        why(*sides("M02"), facts, along=("policy_l1",), now=NOW)


@pytest.mark.parametrize("metric", ["M07", "M19", "M23", "M55"])
def test_what_is_no_sum_of_slices_is_refused(facts, metric):
    with pytest.raises(IndivisibleMetricError, match=metric):
        why(*sides(metric), facts, along=("market",), now=NOW)


def test_a_side_without_any_session_is_refused(facts):
    (before, after) = sides("M03", market="PE")[0], sides("M03")[1]
    with pytest.raises(NothingToExplainError):
        why(before, after, facts, along=("agency",), now=NOW)


def a_cell(day, tier, **given):
    """Sessions that an analyst counted in a pivot, by the creator's tier."""
    return {
        "measure": "M03",
        "market": "BR",
        "policy_id": "*",
        "period_start": day,
        "period_end": day,
        "slice": json.dumps({"tier": tier} if tier else {}),
        "business_date": day,
        "file_id": fresh("f"),
    } | given


def counted(*cells, metric="M03"):
    rows = [
        a_cell(day, tier, numerator=above, denominator=below, measure=metric)
        for day, tier, above, below in cells
    ]
    before, after = (
        Question(metric=metric, start=day, end=day) for day in (DAY - WEEK, DAY)
    )
    return why(before, after, some_facts(aggregate=rows), along=("tier",), now=NOW)


def test_counted_cells_are_split_along_the_columns_that_they_have():
    told = counted(
        (DAY - WEEK, "new", 10.0, 100.0),
        (DAY - WEEK, "top", 10.0, 50.0),
        (DAY, "new", 20.0, 100.0),
        (DAY, "top", 5.0, 60.0),
    )
    assert told.value == pytest.approx(25 / 160 - 20 / 150, abs=1e-12)
    assert told.change.value == pytest.approx(told.value, abs=1e-12)
    assert told.change.reason == NO_ROWS


def test_people_of_counted_cells_are_split_where_the_cells_make_up_the_whole():
    told = counted(
        (DAY - WEEK, "", 20.0, 150.0),
        (DAY - WEEK, "new", 10.0, 100.0),
        (DAY - WEEK, "top", 10.0, 50.0),
        (DAY, "", 25.0, 160.0),
        (DAY, "new", 20.0, 100.0),
        (DAY, "top", 5.0, 60.0),
        metric="M02",
    )
    assert told.value == pytest.approx(told.change.value, abs=1e-12)


def test_cells_that_leave_units_out_explain_nothing():
    """Half of the sessions stand in no tier: the parts are not the whole."""
    with pytest.raises(PartsDoNotAddError, match="10, and the whole 25"):
        counted(
            (DAY - WEEK, "", 25.0, 200.0),
            (DAY - WEEK, "top", 10.0, 50.0),
            (DAY, "", 20.0, 100.0),
            (DAY, "top", 5.0, 60.0),
        )


def test_a_column_that_the_cells_lack_is_named_with_the_facts_that_have_it():
    with pytest.raises(AggregatesCannotTellError, match=r"'tier'.*market.*sessions"):
        counted((DAY - WEEK, "", 25.0, 200.0), (DAY, "", 20.0, 100.0))


def test_a_side_beside_itself_and_a_split_by_nothing_are_refused(facts):
    before, after = sides("M01")
    with pytest.raises(SameSidesError):
        why(after, after, facts, along=("tier",), now=NOW)
    with pytest.raises(NothingToSplitError):
        why(before, after, facts, along=(), now=NOW)
