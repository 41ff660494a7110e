"""What facts of some markets say of them, beside what the whole says."""

from datetime import timedelta

import pytest

from atalaia.domain.errors import QuestionError
from atalaia.domain.markets import UnknownMarketError
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.cube import cube_tables
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.filter_values import UnknownValueError
from atalaia.metrics.held import Held
from atalaia.metrics.narrowed import narrowed, narrowed_cube
from atalaia.metrics.question import Question
from atalaia.metrics.stored_cube import StoredCube
from atalaia.metrics.views import VIEWS

TWO = frozenset({"BR", "MX"})
BY_MARKET = [m.id for m in CATALOGUE.values() if "market" in m.dimensions]


@pytest.fixture(scope="module")
def held(world):
    return Held(reading=world.reading())


@pytest.fixture(scope="module")
def two(held):
    return narrowed(held, markets=TWO)


def asked(world, metric, **given):
    days = {"start": world.plan.start + timedelta(days=7), "end": world.plan.last_day}
    return Question(metric=metric, **(days | given))


def cells(question, facts, *, now, cube=None):
    """Values and n by slice, or the name of what was refused."""
    try:
        rows = evaluate(question, facts, now=now, cube=cube).rows
    except QuestionError as error:
        return type(error).__name__
    return {
        tuple(row.dims.values()): (pytest.approx(row.value), row.n, row.maturity)
        for row in rows
        if row.dims.get("market", "BR") in TWO
    }


def test_every_view_says_of_which_market_a_row_is():
    """Without it, a row could not be kept from those whom it is none of."""
    assert [name for name, view in VIEWS.items() if "market" not in view.columns] == []


@pytest.mark.parametrize("metric", BY_MARKET)
def test_a_market_has_the_same_figure_for_whoever_may_see_it(metric, world, held, two):
    """Narrowing hides markets; it does not measure those that are left otherwise."""
    question = asked(world, metric, by=("market",))

    whole = cells(question, held, now=world.now)

    assert cells(question, two, now=world.now) == whole


def test_no_cell_of_another_market_is_there(world, two):
    """Split by market, only the markets that are left appear."""
    answer = evaluate(asked(world, "M03", by=("market",)), two, now=world.now)

    assert {row.dims["market"] for row in answer.rows} == TWO


def test_a_total_is_of_the_markets_that_are_left(world, held, two):
    """It is their sum, and not that of the whole."""
    parts = evaluate(asked(world, "M01", by=("market",)), held, now=world.now).rows
    mine = sum(row.value for row in parts if row.dims["market"] in TWO)

    (total,) = evaluate(asked(world, "M01"), two, now=world.now).rows

    assert total.value == mine < sum(row.value for row in parts)


def test_facts_that_are_not_held_say_the_same(world, two):
    """Whether rows are kept in memory or read anew changes no figure."""
    question = asked(world, "M02", by=("market",))
    read = narrowed(world.reading(), markets=TWO)

    assert cells(question, read, now=world.now) == cells(question, two, now=world.now)


def test_a_market_that_was_cut_away_is_unknown(world, two):
    """Asking for it is refused, and the hint does not name it."""
    with pytest.raises(UnknownMarketError) as refused:
        evaluate(asked(world, "M01", where={"market": "CL"}), two, now=world.now)

    assert set(refused.value.fields["known"]) == TWO


def test_a_hint_names_nobody_of_another_market(world, held):
    """Creators of other markets are not told by the error about a misspelt one."""
    question = asked(world, "M01", where={"creator": "nobody"})
    one = narrowed(held, markets=frozenset({"MX"}))
    with pytest.raises(UnknownValueError) as refused:
        evaluate(question, one, now=world.now)
    found = refused.value.fields["nearest"]
    rows = held.table("live_session")
    mine = rows.filter(rows.market == "MX", rows.creator_id.isin(list(found)))

    told = held.engine.read(mine.select("creator_id").distinct()).read_all()

    assert set(told["creator_id"].to_pylist()) == set(found) - {"unknown"}


def test_a_table_has_rows_where_the_markets_have_any(held, two):
    """Facts of no market are no facts, though the table is full."""
    nowhere = narrowed(held, markets=frozenset())

    assert [f.has_rows("live_session") for f in (two, nowhere)] == [True, False]


def test_the_cube_is_cut_the_same_way(world):
    """Its cells answer for the markets that are left and for no other."""
    reading = world.reading()
    metric = CATALOGUE["M03"]
    views = {metric.numerator.view, metric.denominator.view}
    fresh = cube_tables(reading, views=sorted(views))
    cube = StoredCube(
        tables={view: reading.engine.kept(each.cells) for view, each in fresh.items()}
    )
    question = asked(world, "M03", by=("market",))

    answer = evaluate(
        question,
        narrowed(reading, markets=TWO),
        now=world.now,
        cube=narrowed_cube(cube, markets=TWO),
    )

    assert {row.dims["market"] for row in answer.rows} == TWO
    assert answer.origin == "cube"
