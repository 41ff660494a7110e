"""Appeals, and what is said where they lack, on facts small enough to count."""

from datetime import timedelta

import pytest

from answers import NOW, ask, only, penalised
from atalaia.domain.fact_names import FACT_NAMES
from atalaia.metrics.arrival import EmptyColumnError, NoFactsError
from atalaia.metrics.catalogue.reasons import NOTHING_COUNTED, TOO_FEW
from atalaia.metrics.cube import cube_tables
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.stored_cube import StoredCube
from builders import (
    DAY,
    a_decision,
    a_penalty,
    a_session,
    an_appeal,
    at,
    some_facts,
)


def test_the_last_round_of_an_appeal_counts():
    """M26 reads the second round and ignores a withdrawn third."""
    session = a_session()
    decision, penalty = penalised(session)
    appeals = [
        an_appeal(penalty, round=1, result="upheld"),
        an_appeal(penalty, round=2, result="overturned"),
        an_appeal(penalty, round=3, result="withdrawn"),
    ]
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision],
        penalty=[penalty],
        appeal=appeals,
    )
    for metric in ("M25", "M26", "M27"):
        answer = only(ask(metric, facts))
        assert (answer.numerator, answer.denominator) == (1, 1)


def test_rounds_on_two_days_are_rounds_of_one_penalty():
    """M25 to M27 count a penalty once, wherever the rows of its rounds lie."""
    session = a_session()
    decision, penalty = penalised(session)
    later = DAY + timedelta(days=4)
    appeals = [
        an_appeal(penalty, round=1, result="overturned", business_date=later),
        an_appeal(penalty, round=2, result="upheld"),
    ]
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision],
        penalty=[penalty],
        appeal=appeals,
    )
    counted = {name: only(ask(name, facts)) for name in ("M25", "M26", "M27")}
    told = {name: (one.numerator, one.denominator) for name, one in counted.items()}
    assert told == {"M25": (1, 1), "M26": (0, 1), "M27": (0, 1)}


def test_lost_hours_never_exceed_what_was_planned():
    """M29 caps the lost time of a reversed suspension at its planned end."""
    session = a_session()
    start = at("15:30")
    decision, penalty = penalised(
        session,
        subject="creator",
        code="live_suspend_1d",
        status="reversed",
        planned_end_at=start + timedelta(hours=24),
        ended_at=start + timedelta(hours=30),
    )
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision],
        penalty=[penalty],
        appeal=[an_appeal(penalty, result="overturned")],
    )
    assert only(ask("M29", facts)).value == pytest.approx(24)


@pytest.mark.parametrize("metric", ["M25", "M26", "M27", "M28"])
def test_penalties_without_any_appeal_are_not_a_rate_of_zero(metric):
    """Where no appeal ever arrived, nobody knows what was appealed or overturned."""
    facts = some_facts(penalty=[a_penalty(a_decision()) for _ in range(10)])
    with pytest.raises(NoFactsError, match="Appeals"):
        ask(metric, facts)


def test_a_lacking_table_is_named_before_an_empty_denominator():
    """M25 over penalties that nobody may appeal still says that appeals lack."""
    penalties = [a_penalty(a_decision(), appealable=None) for _ in range(10)]
    with pytest.raises(NoFactsError, match="Appeals"):
        ask("M25", some_facts(penalty=penalties))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_lacking_table_is_named_in_the_readers_language(language):
    """M10 without any fact names verdicts and decisions, never a table's code."""
    with pytest.raises(NoFactsError) as refused:
        ask("M10", some_facts())
    names = [table.of(language) for table in refused.value.fields["tables"]]
    assert names == [
        FACT_NAMES[table].of(language)
        for table in ("verdict", "sample", "moderation_decision")
    ]


def test_an_empty_column_is_named_where_nothing_could_be_counted():
    """M25 over penalties that say nothing of appeals names the column to fill."""
    penalties = [a_penalty(a_decision(), appealable=None) for _ in range(10)]
    facts = some_facts(penalty=penalties, appeal=[an_appeal(penalties[0])])
    with pytest.raises(EmptyColumnError, match="'appealable' is empty"):
        ask("M25", facts)


def test_a_column_that_says_no_is_not_empty():
    """M25 over penalties that nobody may appeal counts them: there are none."""
    penalties = [a_penalty(a_decision(), appealable=False) for _ in range(10)]
    facts = some_facts(penalty=penalties, appeal=[an_appeal(penalties[0])])
    assert only(ask("M25", facts)).reason == NOTHING_COUNTED


def test_the_cube_gives_no_rate_without_appeals():
    """A cube built of penalties alone holds zeros that M25 must not repeat."""
    facts = some_facts(penalty=[a_penalty(a_decision()) for _ in range(10)])
    cube = StoredCube(tables=cube_tables(facts))
    question = Question(metric="M25", start=DAY, end=DAY)
    with pytest.raises(NoFactsError, match="Appeals"):
        evaluate(question, facts, now=NOW, cube=cube)


@pytest.mark.parametrize("metric", ["M25", "M26", "M27", "M28"])
@pytest.mark.parametrize(("count", "is_given"), [(4, False), (5, True)])
def test_a_rate_of_appeals_needs_five_units(metric, count, is_given):
    """Four penalties or appeals give no rate and say why; five do."""
    penalties = [a_penalty(a_decision()) for _ in range(count)]
    appeals = [an_appeal(penalty) for penalty in penalties]
    answer = only(ask(metric, some_facts(penalty=penalties, appeal=appeals)))
    assert (answer.value is not None) is is_given
    assert answer.reason == (None if is_given else TOO_FEW)
