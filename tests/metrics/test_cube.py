"""The cube gives the numbers that counting rows gives, and only where it may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from atalaia.metrics.catalogue import CATALOGUE, catalogue_hash
from atalaia.metrics.cube import CUBE_DIMENSIONS, cube_measures, cube_tables
from atalaia.metrics.cube_totals import covers
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import StoredCube, build_cube, read_cube, table_of
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.snapshots import publish
from builders import the_engine, the_reference

pytestmark = pytest.mark.slow

IN_CELLS = [
    m.id
    for m in CATALOGUE.values()
    if m.kind is Kind.ADDITIVE and m.numerator.view in cube_measures()
]


@pytest.fixture(scope="module")
def reading(world):
    return world.reading()


@pytest.fixture(scope="module")
def cube(reading):
    """The cube's tables, computed once and held in memory."""
    tables = {
        view: reading.engine.rows(reading.engine.read(table.cells).read_all())
        for view, table in cube_tables(reading).items()
    }
    return StoredCube(tables=tables)


def answers(facts, world, question, *, cube=None):
    answer = evaluate(question, facts, now=world.now, cube=cube)
    return answer.origin, [
        (dict(row.dims), row.start, row.numerator, row.denominator)
        for row in answer.rows
    ]


@pytest.fixture(scope="module")
def held(reading):
    """The rows of every view, read once for all metrics."""
    return Held(reading=reading)


@pytest.mark.parametrize("metric", IN_CELLS)
def test_the_cube_gives_the_numbers_of_the_rows(metric, held, cube, world):
    """By market and week, and inside one domain by day: equal to the last unit."""
    start, end = world.plan.start, world.plan.last_day
    whole = Question(metric=metric, start=start, end=end)
    questions = [replace(whole, by=("market",), grain="week")]
    if "policy_l1" in CATALOGUE[metric].dimensions:
        tns = {"domain": "tns"}
        questions.append(replace(whole, by=("policy_l1",), where=tns, grain="day"))
    else:
        words = set(CUBE_DIMENSIONS) & set(CATALOGUE[metric].split_dimensions)
        questions.append(replace(whole, by=(max(words),)))
    for question in questions:
        from_rows = answers(held, world, question)
        from_cube = answers(held, world, question, cube=cube)
        assert from_cube == ("cube", from_rows[1])


def test_only_additive_measures_live_in_the_cube():
    """People, percentiles and samples are in no cell."""
    held = {m.name for measures in cube_measures().values() for m in measures}
    for metric in CATALOGUE.values():
        if metric.kind is not Kind.ADDITIVE:
            assert metric.numerator.name not in held


def test_a_split_that_the_cells_lack_is_counted_from_rows(world):
    """M03 by tier is not in the cube: asking falls back to the rows."""
    question = Question(
        metric="M03", start=world.plan.start, end=world.plan.last_day, by=("tier",)
    )
    assert not covers(CATALOGUE["M03"], question)


def test_a_built_cube_is_read_back_while_its_facts_stand(world):
    """Built, published, read; built again it is found current."""
    first = world.reading()
    assert read_cube(first) is None
    build_cube(first)
    publish(world.place, now=world.now)
    second = world.reading()
    stored = read_cube(second)
    assert stored is not None
    question = Question(metric="M03", start=world.plan.start, end=world.plan.last_day)
    from_rows = answers(second, world, question)
    assert answers(second, world, question, cube=stored) == ("cube", from_rows[1])
    assert build_cube(second).is_current


def test_days_recomputed_alone_equal_a_full_build(reading):
    """A few scattered days give the same cells as the whole, cut to those days."""
    name = "enforced_decisions"
    full = reading.engine.read(cube_tables(reading)[name].cells).read_all()
    days = frozenset(sorted(set(full["business_date"].to_pylist()))[3:8:2])
    part = cube_tables(reading, days=days, views=[name])[name].cells
    found = reading.engine.read(part).read_all().to_pylist()
    kept = [row for row in full.to_pylist() if row["business_date"] in days]

    def cell(row):
        return sorted((key, str(value)) for key, value in row.items())

    assert sorted(map(cell, found)) == sorted(map(cell, kept))


def test_names_of_tables_say_what_they_hold():
    """A view's cells are stored as cube_<view>."""
    assert table_of("penalties") == "cube_penalties"


def test_cells_of_sessions_on_air_are_not_told_at_another_moment(world):
    """Asked a day later, the last days are counted from rows, earlier ones are not."""
    facts = open_facts(
        world.place, engine=the_engine(), as_of=world.now + timedelta(days=1)
    )
    stored = read_cube(Reading(facts=facts, reference=the_reference()))
    assert stored is not None
    assert not stored.holds(world.plan.last_day)
    assert stored.holds(world.plan.start)


def test_a_view_read_otherwise_makes_an_old_cube_stale():
    """Its version is part of the catalogue's hash."""
    name = "valid_sessions"
    changed = replace(VIEWS[name], version=VIEWS[name].version + 1)
    assert catalogue_hash() != catalogue_hash(views={**VIEWS, name: changed})
