"""Counted cells answer where no rows are to be had, and say what they cannot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from atalaia.metrics.arrival import NoFactsError, NoFactsInPeriodError
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.catalogue.reasons import (
    CELLS_LACK_UNITS,
    ONLY_CELLS_ELSEWHERE,
    SUMMED_OF_PARTS,
    TOO_FEW,
)
from atalaia.metrics.change import OTHER_CELLS, compare
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.from_aggregates import (
    AggregatesCannotTellError,
    CellsDoNotAddError,
    CellsOverlapError,
    CellsTooWideError,
)
from atalaia.metrics.metric import Kind, Method, Unit
from atalaia.metrics.question import Question
from builders import DAY, a_decision, a_penalty, a_session, at, fresh, some_facts

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)


def a_cell(**given):
    return {
        "measure": "M03",
        "market": "BR",
        "policy_id": "*",
        "period_start": DAY,
        "period_end": DAY,
        "slice": "{}",
        "numerator": 2.0,
        "denominator": 100.0,
        "business_date": DAY,
        "file_id": fresh("f"),
    } | given


def ask(facts, **given):
    question = Question(
        **({"metric": "M03", "start": DAY, "end": DAY + timedelta(days=6)} | given)
    )
    return evaluate(question, facts, now=NOW)


def test_cells_add_up_over_days_and_markets():
    """Numerators and denominators are summed; ratios are never averaged."""
    cells = [
        a_cell(),
        a_cell(market="MX", numerator=9.0, denominator=300.0),
        a_cell(
            period_start=DAY + timedelta(days=1), period_end=DAY + timedelta(days=1)
        ),
    ]
    answer = ask(some_facts(aggregate=cells))
    (value,) = answer.rows
    assert answer.origin == "aggregates"
    assert (value.numerator, value.denominator) == (13, 500)
    assert value.no_interval_reason


def test_the_whole_wins_over_its_parts():
    """Beside a cell for all policies, cells of single policies are not added."""
    cells = [
        a_cell(),
        a_cell(policy_id="tns.minors.gift_bait", numerator=1.0),
        a_cell(policy_id="eco.quality.sleep", numerator=2.0),
    ]
    assert ask(some_facts(aggregate=cells)).rows[0].numerator == 2


def test_a_split_by_domain_reads_the_policy_cells():
    """By domain, the cells of single policies are what is asked for."""
    cells = [
        a_cell(),
        a_cell(policy_id="tns.minors.gift_bait", numerator=1.0),
        a_cell(policy_id="eco.quality.sleep", numerator=2.0),
    ]
    rows = ask(some_facts(aggregate=cells), by=("domain",)).rows
    assert {row.dims["domain"]: row.numerator for row in rows} == {
        "tns": 1,
        "ecosystem": 2,
    }


def test_a_split_that_no_cell_carries_is_refused():
    """Asking by tier names what the cells lack."""
    with pytest.raises(AggregatesCannotTellError, match="tier"):
        ask(some_facts(aggregate=[a_cell()]), by=("tier",))


def test_people_of_two_days_are_not_added():
    """Two days of M02 hold the same creators: their sum is refused by name."""
    cells = [
        a_cell(measure="M02"),
        a_cell(
            measure="M02",
            period_start=DAY + timedelta(days=1),
            period_end=DAY + timedelta(days=1),
        ),
    ]
    with pytest.raises(CellsDoNotAddError, match="M02"):
        ask(some_facts(aggregate=cells), metric="M02")


def test_a_week_does_not_answer_by_day():
    """A cell of a week cannot be cut into days."""
    cell = a_cell(period_end=DAY + timedelta(days=6))
    with pytest.raises(CellsTooWideError, match="day"):
        ask(some_facts(aggregate=[cell]), grain="day")


def test_without_rows_and_cells_the_missing_facts_are_named():
    """Nothing at all: the error says which kinds of fact are missing."""
    with pytest.raises(NoFactsError, match="LIVE sessions, Penalties"):
        ask(some_facts())


@pytest.mark.parametrize(("units", "reason"), [(4, TOO_FEW), (5, None)])
def test_counted_cells_meet_the_bar_that_rows_meet(units, reason):
    """Four sessions give no ratio and say why; five do, summed over two cells."""
    cells = [
        a_cell(numerator=1.0, denominator=units - 2.0),
        a_cell(market="MX", numerator=1.0, denominator=2.0),
    ]
    (value,) = ask(some_facts(aggregate=cells)).rows
    assert (value.value is None) is (reason is not None)
    assert (value.reason, value.n) == (reason, units)


def test_counted_cells_ripen_as_rows_do():
    """M05 stays provisional until its period is 14 days past; M03 is mature at once."""
    facts = some_facts(aggregate=[a_cell(), a_cell(measure="M05")])
    soon = replace(facts, as_of=at("12:00", day=DAY + timedelta(days=10)))
    words = {
        (when, metric): ask(source, metric=metric, end=DAY).rows[0].maturity
        for when, source in (("soon", soon), ("late", facts))
        for metric in ("M03", "M05")
    }
    assert words == {
        ("soon", "M03"): "mature",
        ("soon", "M05"): "provisional",
        ("late", "M03"): "mature",
        ("late", "M05"): "mature",
    }


def test_a_percentile_rests_on_the_cases_that_its_cell_names():
    """M23 of one cell: the wait is the value, its denominator the cases behind it."""
    cell = a_cell(measure="M23", numerator=95.0, denominator=40.0)
    (value,) = ask(some_facts(aggregate=[cell]), metric="M23").rows
    assert (value.value, value.n) == (95, 40)


def test_a_day_and_its_week_are_not_added():
    """Cells of one slice that overlap in time are refused: units would count twice."""
    cells = [a_cell(), a_cell(period_end=DAY + timedelta(days=6), numerator=9.0)]
    with pytest.raises(CellsOverlapError, match="overlap"):
        ask(some_facts(aggregate=cells))


def test_a_sum_of_parts_says_so():
    """A total made of single policies carries a caution; a counted total does not."""
    parts = [a_cell(policy_id="tns.hate.slur"), a_cell(policy_id="eco.quality.sleep")]

    assert SUMMED_OF_PARTS in ask(some_facts(aggregate=parts)).caveats
    assert SUMMED_OF_PARTS not in ask(some_facts(aggregate=[a_cell()])).caveats


def test_a_total_is_not_compared_with_a_sum_of_parts():
    """Two weeks counted in different cells have no change between them."""
    later = DAY + timedelta(days=7)
    cells = [
        a_cell(),
        a_cell(policy_id="tns.hate.slur", period_start=later, period_end=later),
    ]
    weeks = [
        Question(metric="M03", start=start, end=start + timedelta(days=6))
        for start in (DAY, later)
    ]
    change = compare(*weeks, some_facts(aggregate=cells), now=NOW)

    assert change.value is None
    assert change.reason == OTHER_CELLS


def test_days_that_no_cell_speaks_of_are_lacking():
    """One day's cell does not make a week: its six other days are named."""
    (value,) = ask(some_facts(aggregate=[a_cell()])).rows
    assert value.completeness == pytest.approx(1 / 7)
    assert len(value.incomplete_days) == 6
    assert f"BR {DAY}" not in value.incomplete_days


def test_a_market_without_cells_in_the_period_is_lacking():
    """Mexico's cells lie in the next week: the sum over all says what it lacks."""
    later = DAY + timedelta(days=7)
    cells = [a_cell(), a_cell(market="MX", period_start=later, period_end=later)]
    (value,) = ask(some_facts(aggregate=cells), end=DAY).rows
    assert value.incomplete_days == (f"MX {DAY}",)


def test_a_cell_without_its_denominator_is_left_out_with_a_word():
    """A numerator over nothing would raise the ratio; neither of its sides counts."""
    next_day = DAY + timedelta(days=1)
    bare = a_cell(
        period_start=next_day, period_end=next_day, numerator=30.0, denominator=None
    )
    answer = ask(some_facts(aggregate=[a_cell(), bare]), end=next_day)
    (value,) = answer.rows
    assert (value.numerator, value.denominator) == (2, 100)
    assert value.incomplete_days == (f"BR {next_day}",)
    assert CELLS_LACK_UNITS in answer.caveats


def test_rows_of_one_market_do_not_hide_the_cells_of_another():
    """Brazil has rows, Mexico only counted cells: each is answered from its own."""
    session = a_session()
    decision = a_decision(
        session_id=session["session_id"], creator_id=session["creator_id"]
    )
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision],
        penalty=[a_penalty(decision)],
        aggregate=[a_cell(measure="M01", market="MX", numerator=50.0)],
    )
    mexico = ask(facts, metric="M01", where={"market": "MX"})
    assert (mexico.origin, mexico.rows[0].value) == ("aggregates", 50)
    brazil = ask(facts, metric="M01", where={"market": "BR"})
    assert (brazil.origin, brazil.rows[0].value) == ("facts", 1)
    both = ask(facts, metric="M01")
    assert (both.origin, both.rows[0].value) == ("facts", 1)
    assert ONLY_CELLS_ELSEWHERE in both.caveats
    assert ONLY_CELLS_ELSEWHERE not in brazil.caveats


def test_cells_answer_for_days_before_the_rows_begin():
    """June was counted, July came in rows: June's question reads the cell."""
    june = DAY - timedelta(days=30)
    session = a_session()
    decision = a_decision(session_id=session["session_id"])
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision],
        penalty=[a_penalty(decision)],
        aggregate=[
            a_cell(measure="M01", period_start=june, period_end=june, numerator=7.0)
        ],
    )
    answer = ask(facts, metric="M01", start=june, end=june)
    assert (answer.origin, answer.rows[0].value) == ("aggregates", 7)
    assert ask(facts, metric="M01").origin == "facts"


def test_days_outside_all_cells_are_refused_with_the_cells_days():
    """Nothing was counted in May: the error says from when to when it was."""
    may = DAY - timedelta(days=60)
    with pytest.raises(NoFactsInPeriodError, match=str(DAY)):
        ask(some_facts(aggregate=[a_cell()]), start=may, end=may)


def test_people_of_one_cell_meet_the_fewest_that_people_may_be():
    """M47 of three creators is not given, from cells as from rows."""
    cell = a_cell(measure="M47", numerator=1.0, denominator=3.0)
    (value,) = ask(some_facts(aggregate=[cell]), metric="M47", end=DAY).rows
    assert (value.value, value.reason) == (None, TOO_FEW)


def test_every_metric_is_told_of_counted_cells_or_of_none():
    """Whatever the kind: a share never passes one, and a clock needs its rows."""
    cells = [
        a_cell(measure=name, numerator=20.0, denominator=100.0) for name in CATALOGUE
    ]
    facts = some_facts(aggregate=cells)
    for name, metric in CATALOGUE.items():
        if metric.method is Method.LAG:
            assert ask(facts, metric=name).origin == "facts"
            continue
        answer = ask(facts, metric=name)
        (row,) = answer.rows
        assert answer.origin == "aggregates"
        if metric.unit is Unit.SHARE and metric.kind is not Kind.EFFECT:
            assert row.value == 0.2 or row.reason == TOO_FEW


def test_what_never_arrived_is_named_with_the_columns_of_a_pivot():
    """Whoever has only a pivot learns which columns it must have, and of what."""
    with pytest.raises(NoFactsError, match=r"period_end, numerator .sessions with"):
        ask(some_facts())
