"""Metrics that owners add by a file count like any other, or are refused."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from atalaia.domain.errors import ReferenceDataError
from atalaia.metrics.catalogue import BUILT_IN, CATALOGUE
from atalaia.metrics.change import compare
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Kind, Span, each
from atalaia.metrics.owners.countable import is_drawn
from atalaia.metrics.owners.loading import load_definitions
from atalaia.metrics.owners.own_measures import named_measures
from atalaia.metrics.question import Question
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.amounts import AMOUNTS
from atalaia.warehouse.contracts import CONTRACTS
from builders import (
    DAY,
    a_decision,
    a_penalty,
    a_session,
    some_facts,
    the_reference,
)

EXAMPLE = Path(__file__).parents[2] / "docs" / "how-to" / "metrics" / "x01.yaml"
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
REFERENCE = the_reference()


def example(**changed):
    """The how-to's own file, with fields changed or, where None, taken out."""
    told = yaml.safe_load(EXAMPLE.read_text("utf-8")) | changed
    return {field: value for field, value in told.items() if value is not None}


def counted(view, condition):
    """The rows of a view that meet one condition, as a file says it."""
    return {"over": view, "where": [condition]}


@pytest.fixture
def loaded(tmp_path):
    """Load some files' metrics beside the catalogue's."""

    def load(*files):
        for number, told in enumerate(files, start=1):
            text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True)
            (tmp_path / f"m{number}.yaml").write_text(text, "utf-8")
        return load_definitions(tmp_path, reference=REFERENCE)

    return load


@pytest.fixture
def refused(loaded, tmp_path):
    """Return what is said of a file, without the folder it lies in."""

    def load(*files):
        with pytest.raises(ReferenceDataError) as caught:
            loaded(*files)
        return str(caught.value).replace(f"{tmp_path}/", "")

    return load


@pytest.fixture(scope="module")
def facts():
    """One day: four rooms of an hour, three penalised, one of them severely."""
    sessions = [a_session(creator_id=f"c{n % 2}") for n in range(4)]
    decisions = [
        a_decision(
            **{name: room[name] for name in ("session_id", "creator_id")},
            severity=severity,
        )
        for room, severity in zip(sessions, ("critical", "low", "medium"), strict=False)
    ]
    return some_facts(
        live_session=sessions,
        moderation_decision=decisions,
        penalty=[a_penalty(decision) for decision in decisions],
    )


def value_of(name, facts, definitions, **asked):
    question = Question(metric=name, start=DAY, end=DAY, **asked)
    answer = evaluate(question, replace(facts, definitions=definitions), now=NOW)
    return answer.rows[0]


def test_a_narrowed_view_counts_what_both_conditions_hold(loaded, facts):
    """One severe case over four LIVE hours: 250 in a thousand."""
    row = value_of("X01", facts, loaded(example()))
    assert (row.numerator, row.denominator) == (1, 4 * 3600)
    assert row.value == pytest.approx(250)


def test_people_are_counted_once_each(loaded, facts):
    own = example(
        id="X02",
        kind="people",
        scale=None,
        unit="share",
        min_n=1,
        numerator={"over": "penalties", "distinct": "creator_id"},
        denominator="active_creators",
    )
    row = value_of("X02", facts, loaded(own))
    assert (row.numerator, row.denominator) == (2, 2)


def test_an_own_metric_has_its_change_and_its_interval(loaded, facts):
    """Noise or real is told of owners' metrics as of any other."""
    after = Question(metric="X01", start=DAY, end=DAY)
    known = replace(facts, definitions=loaded(example()))
    assert compare(after, after, known, now=NOW).estimate is not None


def test_the_catalogue_s_digest_tells_of_own_metrics(loaded):
    """A number computed beside another definition can be told apart."""
    one = loaded(example()).digest
    other = loaded(example(min_n=5)).digest
    assert len({BUILT_IN.digest, one, other}) == 3


def test_an_own_metric_names_its_file_and_keeps_its_target(loaded):
    known = loaded(example())
    assert known.of("X01").file == "m1.yaml"
    assert not any(metric.file for metric in CATALOGUE.values())
    assert known.targets["X01"].of(market="BR") == 25
    assert known.targets["X01"].of(market="MX") == 30


def test_a_dimension_of_the_base_alone_is_left_out_of_it(loaded):
    """The part above it does not have it, so no slice of it could be told."""
    own = example(numerator={"over": "severe", "dimensions": ["market"]})
    metric = loaded(own).of("X01")
    assert metric.dimensions == ("market",)
    assert metric.denominator.dimensions == ("market",)


def test_an_own_metric_says_how_it_is_usually_read(loaded):
    """Week by week and by market; over the whole period where the file is silent."""
    said = loaded(example(grain={"each": "week", "by": ["market"]})).of("X01")
    silent = loaded(example()).of("X01")
    assert (said.grain, silent.grain) == (each(Span.WEEK, "market"), each(Span.WHOLE))


def test_an_empty_list_of_dimensions_is_no_dimension(loaded):
    """Nothing to split by was meant, and not all that there is."""
    assert loaded(example(dimensions=[])).of("X01").dimensions == ()


def test_a_policy_and_a_statement_s_category_can_be_named(loaded):
    named = ["tns.hate", "STATEMENT_CATEGORY_VIOLENCE", "unknown"]
    own = example(
        numerator=counted("incidents", {"column": "policy_l1", "any_of": named})
    )
    assert loaded(own).of("X01").numerator.where[0].values == tuple(named)


def test_no_additive_metric_of_the_catalogue_counts_a_sample():
    """The rule for owners is the rule that the catalogue keeps."""
    counted_whole = [
        metric.numerator.view
        for metric in CATALOGUE.values()
        if metric.kind in (Kind.ADDITIVE, Kind.PEOPLE)
    ]
    assert not any(is_drawn(view) for view in counted_whole)


def test_views_over_a_sample_are_a_sample():
    """Misses are drawn, so that the waits that hold them are no complete count."""
    assert is_drawn("time_to_action")
    assert not is_drawn("appeals_last_round")


def test_no_folder_is_the_catalogue_alone(tmp_path):
    assert load_definitions(tmp_path / "none", reference=REFERENCE) is BUILT_IN
    assert load_definitions(None, reference=REFERENCE) is BUILT_IN


BROKEN = {
    "unknown_view": example(views={"severe": {"over": "incident"}}),
    "unknown_column": example(
        views={"severe": {"over": "incidents", "where": [{"column": "severty"}]}}
    ),
    "unknown_code": example(
        numerator={
            "over": "incidents",
            "where": [{"column": "severity", "any_of": ["sever"]}],
        }
    ),
    "unknown_measure": example(denominator="live_second"),
    "unknown_dimension": example(
        numerator={"over": "severe", "dimensions": ["market", "planet"]}
    ),
    "unknown_field": example(demoninator="live_seconds"),
    "unknown_guard_rail": example(guard_rails=["M99"]),
    "own_guard_rail": example(guard_rails=["X01"]),
    "circle_of_one": example(views={"severe": {"over": "severe"}}),
    "circle_of_three": example(
        views={
            "severe": {"over": "worse"},
            "worse": {"over": "worst"},
            "worst": {"over": "severe"},
        }
    ),
    "circle_by_a_catalogue_name": example(
        views={"severe": {"over": "incidents"}, "incidents": {"over": "severe"}}
    ),
    "a_catalogue_view_s_name": example(
        views={"severe": {"over": "incidents"}, "traffic": {"over": "penalties"}}
    ),
    "negative_denominator": example(
        denominator={"over": "cases_decided", "sum": "in_central_s"}
    ),
    "sum_of_words": example(denominator={"over": "valid_sessions", "sum": "language"}),
    "id_of_the_catalogue": example(id="M02"),
    "id_no_name": example(id="my metric"),
    "kind_of_its_own": example(kind="state"),
    "people_by_rows": example(kind="people"),
    "people_added_up": example(
        numerator={"over": "penalties", "distinct": "creator_id"}
    ),
    "sampled_of_facts": example(kind="sampled"),
    "distribution_with_base": example(kind="distribution", quantile=0.5),
    "language_missing": example(name={"en": "A", "es": "B"}),
    "target_of_nowhere": example(target={"everywhere": 1, "markets": {"XX": 1}}),
    "view_without_days": example(views={"severe": {"over": "cases"}}),
    "measure_without_days": example(numerator="open_cases"),
    "view_that_nothing_uses": example(
        views={"severe": {"over": "incidents"}, "loop": {"over": "severe", "any": 1}}
    ),
    "circle_that_nothing_uses": example(
        views={
            "severe": {"over": "incidents"},
            "loop": {"over": "pool"},
            "pool": {"over": "loop"},
        }
    ),
    "sample_as_a_count": example(
        numerator=counted("reviewed_enforced", {"column": "is_overkill", "is": True}),
        denominator={"over": "reviewed_enforced"},
    ),
    "population_with_its_sample": example(numerator={"over": "rooms_by_frame"}),
    "people_of_a_sample": example(
        kind="people",
        numerator={"over": "reviewed_enforced", "distinct": "creator_id"},
        denominator="active_creators",
    ),
    "sessions_of_cases_added_up": example(
        numerator={"over": "cases_closed", "distinct": "session_id"}
    ),
    "negative_scale": example(scale=-1),
    "no_scale": example(scale=0),
    "scale_no_number": example(scale=float("nan")),
    "endless_share": example(matters_share=-float("inf")),
    "negative_version": example(version=-3),
    "no_least_number": example(min_n=0),
    "quantile_of_a_count": example(quantile=0.5),
    "sum_and_distinct": example(
        denominator={
            "over": "enforced_decisions",
            "sum": "penalties_n",
            "distinct": "creator_id",
        }
    ),
    "two_tests": example(
        numerator=counted(
            "incidents", {"column": "actor", "any_of": ["human"], "known": True}
        )
    ),
    "empty_list": example(
        numerator=counted("incidents", {"column": "actor", "any_of": []})
    ),
    "unknown_policy": example(
        numerator=counted("incidents", {"column": "policy_l1", "any_of": ["tns.hatee"]})
    ),
    "unknown_leaf": example(
        numerator=counted("incidents", {"column": "policy", "none_of": ["tns.hate"]})
    ),
    "unknown_market": example(
        numerator=counted("incidents", {"column": "market", "any_of": ["ZZ"]})
    ),
    "flag_test_of_a_text": example(
        numerator=counted("incidents", {"column": "severity", "is": True})
    ),
    "word_test_of_a_flag": example(
        numerator=counted("incidents", {"column": "is_net", "any_of": ["yes"]})
    ),
    "word_test_of_an_amount": example(
        numerator=counted("valid_sessions", {"column": "live_s", "any_of": ["60"]})
    ),
    "unknown_span": example(grain={"each": "fortnight"}),
    "grain_by_no_dimension": example(grain={"each": "week", "by": ["programme"]}),
    "no_condition": example(
        views={"severe": {"over": "incidents", "where": [{"column": "severity"}]}}
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_trusted_is_refused_at_its_line(refused, name, snapshot):
    """What is wrong, the line it stands on, and the nearest thing that exists."""
    said = refused(BROKEN[name])
    assert said.startswith("m1.yaml:")
    assert said == snapshot


def test_two_files_of_one_id_are_refused(refused):
    said = refused(example(), example())
    assert said.startswith("m2.yaml:1")
    assert "'X01' already belongs to a metric" in said


def test_every_amount_is_a_column_of_its_view():
    missing = {
        (view, column)
        for view, columns in AMOUNTS.items()
        for column in columns
        if column not in VIEWS[view].columns
    }
    assert missing == set()


def test_an_amount_is_no_smaller_than_its_contract_says():
    """A view that hands on a fact's column cannot promise more than the fact does."""
    minima = {
        field.name: field.minimum
        for contract in CONTRACTS.values()
        for field in contract.fields
        if field.minimum is not None
    }
    for columns in AMOUNTS.values():
        for column, least in columns.items():
            assert least is None or least >= 0
            assert minima.get(column, 0) >= 0


def test_no_catalogue_denominator_would_be_refused():
    """The rule for owners is the rule that the catalogue keeps."""
    for metric in CATALOGUE.values():
        below = metric.denominator
        if below is not None and below.how == "sum":
            assert (AMOUNTS[below.view][below.column] or 0) >= 0


def test_every_measure_of_the_catalogue_can_be_named():
    assert {"incidents", "live_seconds", "active_creators"} <= set(named_measures())
