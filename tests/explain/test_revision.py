"""What a changed definition would have said, beside the one in use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaia.domain.marked_yaml import parse_marked
from atalaia.explain.errors import SameDefinitionError, VersionNotRaisedError
from atalaia.explain.revision import changed_fields, revise
from atalaia.metrics.catalogue import metric_of, with_own
from atalaia.metrics.owners.metric_file import read_metric
from atalaia.metrics.question import ForeignDimensionError, Question
from builders import DAY, a_decision, a_penalty, a_session, some_facts, the_reference

EXAMPLE = Path(__file__).parents[2] / "docs" / "how-to" / "metrics" / "x01.yaml"
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)


def a_metric(**changed):
    """The how-to's own file, with words replaced."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in changed.items():
        text = text.replace(*{"version": ("version: 1", new), "of": (OF, new)}[old])
    marked = parse_marked(text.encode(), file="x01.yaml")
    return read_metric(marked, file="x01.yaml", reference=the_reference()).metric


OF = "any_of: [critical, high]"
ALSO_MEDIUM = "any_of: [critical, high, medium]"
RAISED = "version: 2"


@pytest.fixture(scope="module")
def facts():
    """Two days; a severe case on both, and a medium one on the second alone."""
    days = {DAY - timedelta(days=1): ("high",), DAY: ("high", "medium")}
    sessions, decisions = [], []
    for day, severities in days.items():
        for severity in severities:
            room = a_session(business_date=day)
            sessions.append(room)
            same = ("session_id", "creator_id", "business_date")
            kept = {name: room[name] for name in same}
            decisions.append(a_decision(**kept, severity=severity))
    held = some_facts(
        live_session=sessions,
        moderation_decision=decisions,
        penalty=[a_penalty(decision) for decision in decisions],
    )
    return replace(held, definitions=with_own([a_metric()]))


def revised(old, new, facts, **asked):
    start = DAY - timedelta(days=1)
    question = Question(metric=new.id, start=start, end=DAY, **asked)
    return revise(old, new, question=question, facts=facts, now=NOW)


def test_only_the_day_that_the_change_touches_changes(facts):
    new = a_metric(version=RAISED, of=ALSO_MEDIUM)
    told = revised(a_metric(), new, facts, grain="day")
    assert [cell.is_changed for cell in told.cells] == [False, True]
    assert told.cells[1].difference == pytest.approx(500)


def test_both_values_are_those_of_their_own_definition(facts):
    new = a_metric(version=RAISED, of=ALSO_MEDIUM)
    (cell,) = revised(a_metric(), new, facts, by=("market",)).cells
    assert (cell.old.numerator, cell.new.numerator) == (2, 3)
    assert (cell.old.version, cell.new.version) == (1, 2)
    assert cell.old.catalogue_hash != cell.new.catalogue_hash


def test_the_fields_that_differ_are_named():
    new = a_metric(version=RAISED, of=ALSO_MEDIUM)
    assert changed_fields(a_metric(), new) == ("version", "numerator")
    assert "maturity_days" in changed_fields(metric_of("M02"), metric_of("M05"))


def test_a_change_under_an_old_version_is_refused(facts):
    """Values name their version: two meanings of one could not be told apart."""
    with pytest.raises(VersionNotRaisedError, match="X01"):
        revised(a_metric(), a_metric(of=ALSO_MEDIUM), facts)


def test_the_same_definition_is_refused(facts):
    with pytest.raises(SameDefinitionError):
        revised(a_metric(), a_metric(version=RAISED), facts)


def test_a_dimension_that_one_of_them_lacks_is_refused(facts):
    with pytest.raises(ForeignDimensionError):
        revised(metric_of("M03"), a_metric(), facts, by=("tier",))
