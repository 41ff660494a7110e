"""MetricFlow's ratio and simple metrics become owners' files; the rest says why not."""

from pathlib import Path

import pytest
import yaml

from atalaia.domain.marked_entry import root_of
from atalaia.domain.marked_yaml import parse_marked
from atalaia.metrics.metric import Kind, Unit
from atalaia.metrics.owners.metric_file import read_metric
from atalaia.metrics.owners.metricflow import read_metricflow
from atalaia.metrics.owners.metricflow_errors import (
    NoMetricsError,
    OtherDayError,
    OtherEntityError,
    UnreadableFilterError,
    UnreadFieldError,
    UnsupportedAggregationError,
    UnsupportedTypeError,
)
from atalaia.metrics.owners.metricflow_filter import tests_of as conditions_of
from builders import the_reference

EXAMPLE = Path(__file__).parents[2] / "docs" / "how-to" / "metrics" / "metricflow.yml"


def read(text, tmp_path):
    path = tmp_path / "semantic.yml"
    path.write_text(text, "utf-8")
    return {each.name: each for each in read_metricflow(path, owner="team")}


def as_metric(imported):
    """Hold what was taken over against the rules of an owner's file."""
    text = yaml.safe_dump(imported.told, sort_keys=False)
    marked = parse_marked(text.encode(), file="x.yaml")
    return read_metric(marked, file="x.yaml", reference=the_reference()).metric


@pytest.fixture(scope="module")
def example():
    return {each.name: each for each in read_metricflow(EXAMPLE, owner="team")}


def test_a_ratio_of_two_metrics_counts_over_our_views(example):
    """The filter on one side narrows that side alone."""
    metric = as_metric(example["severe_case_share"])
    assert metric.id == "SevereCaseShare"
    assert metric.numerator.view == metric.denominator.view == "incidents"
    tested = [test.column for test in metric.numerator.where]
    assert tested == ["incident_id", "severity"]
    assert metric.unit is Unit.SHARE
    assert [test.column for test in metric.denominator.where] == ["incident_id"]


def test_a_simple_metric_is_a_count_without_a_base(example):
    metric = as_metric(example["spanish_sessions"])
    assert metric.denominator is None
    assert metric.numerator.where[0].values == ("es",)


def test_what_is_no_quotient_of_counts_is_refused_by_name(example):
    refused = {name: type(each.refusal) for name, each in example.items()}
    assert refused["cases_so_far"] is UnsupportedTypeError
    assert refused["longest_session"] is UnsupportedAggregationError
    assert example["longest_session"].told is None
    assert refused["severe_case_share"] is type(None)


def test_metrics_that_aggregate_themselves_are_read_too(tmp_path):
    """The form of dbt Core 1.12: no measures, and a ratio without type_params."""
    text = """
models:
  - name: penalties
    semantic_model: {enabled: true}
    metrics:
      - {name: penalised, type: simple, agg: count_distinct, expr: creator_id}
  - name: creator_days
    semantic_model: {enabled: true}
    metrics:
      - {name: active, type: simple, agg: count_distinct, expr: creator_id}
metrics:
  - {name: penalty_ratio, type: ratio, numerator: penalised, denominator: active}
"""
    metric = as_metric(read(text, tmp_path)["penalty_ratio"])
    assert metric.kind is Kind.PEOPLE
    assert metric.denominator.view == "creator_days"


def test_a_model_of_no_view_names_the_nearest(tmp_path):
    text = """
semantic_models:
  - name: session
    model: ref('valid_session')
    measures: [{name: n, agg: count, expr: 1}]
metrics:
  - {name: sessions, type: simple, type_params: {measure: n}}
"""
    refusal = read(text, tmp_path)["sessions"].refusal
    assert "valid_sessions" in str(refusal)


def test_a_file_without_metrics_is_refused(tmp_path):
    with pytest.raises(NoMetricsError):
        read("semantic_models: []", tmp_path)


def filtered(text):
    marked = parse_marked(yaml.safe_dump({"filter": text}).encode(), file="f.yml")
    entry = root_of(marked).child("filter")
    return conditions_of(
        entry, columns={"lang": "language", "net": "is_net"}, entities=("s",)
    )


KNOWN = [
    {"column": "language", "known": True},
    {"column": "language", "none_of": ["unknown"]},
]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ Dimension('s__lang') }} = 'es'", {"any_of": ["es"]}),
        ("{{ Dimension('lang') }} IN ('es', 'pt')", {"any_of": ["es", "pt"]}),
    ],
)
def test_a_plain_test_of_a_column_is_read(text, told):
    assert filtered(text) == [{"column": "language", **told}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{Dimension('s__lang')}} != 'es'", [["es"]]),
        ("{{ Dimension('s__lang') }} not in ('es', 'pt')", [["es", "pt"]]),
        ("{{ Dimension('s__lang') }} is not null", []),
    ],
)
def test_what_is_unknown_is_no_other_word(text, told):
    """SQL drops nulls from "not this"; a view says "unknown" for some of them."""
    without = [{"column": "language", "none_of": values} for values in told]
    assert filtered(text) == [*without, *KNOWN]


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("{{ Dimension('s__net') }}", True),
        ("{{ Dimension('s__net') }} = true", True),
        ("{{ Dimension('s__net') }} != true", False),
        ("{{ Dimension('s__net') }} is false", False),
    ],
)
def test_what_is_unknown_is_neither_true_nor_false(text, is_true):
    known = [] if is_true else [{"column": "is_net", "known": True}]
    assert filtered(text) == [{"column": "is_net", "is": is_true}, *known]


def test_a_filter_on_another_semantic_model_is_refused():
    """The creator's own market is not the session's."""
    with pytest.raises(OtherEntityError, match="'creator'"):
        filtered("{{ Dimension('creator__lang') }} = 'es'")


def test_tests_joined_by_and_must_all_hold():
    found = filtered(
        "{{ Dimension('s__lang') }} = 'es' AND {{ Dimension('s__market') }} = 'MX'"
    )
    assert [test["column"] for test in found] == ["language", "market"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ Dimension('s__lang') }} = 'es' or {{ Dimension('s__lang') }} = 'pt'",
        "{{ Dimension('s__live_s') }} > 60",
        "{{ TimeDimension('metric_time', 'day') }} = '2026-01-01'",
        "language = 'es'",
    ],
)
def test_what_is_no_plain_test_is_refused_with_its_text(text):
    """A filter left out would count what nobody meant."""
    with pytest.raises(UnreadableFilterError, match="cannot be read"):
        filtered(text)


MODEL = {
    "name": "sessions",
    "model": "ref('valid_sessions')",
    "entities": [{"name": "session", "type": "primary", "expr": "session_id"}],
    "dimensions": [{"name": "language", "type": "categorical"}],
    "measures": [
        {"name": "sessions", "agg": "count", "expr": 1},
        {"name": "live_time", "agg": "sum", "expr": "live_s"},
        {"name": "creators", "agg": "count_distinct", "expr": "creator_id"},
    ],
}
SPANISH = "{{ Dimension('session__language') }} = 'es'"


def semantic(*, model=None, measure=None, metrics):
    """One semantic model, its fields and its first measure's perhaps more."""
    first, *others = MODEL["measures"]
    told = MODEL | {"measures": [first | (measure or {}), *others]} | (model or {})
    return yaml.safe_dump({"semantic_models": [told], "metrics": metrics})


def simple(name, measure, **more):
    return {"name": name, "type": "simple", "type_params": {"measure": measure}} | more


def ratio(above, below):
    sides = {"numerator": above, "denominator": below}
    return {"name": "quotient", "type": "ratio", "type_params": sides}


def test_a_filter_of_the_measure_s_own_is_kept(tmp_path):
    """MetricFlow's own form narrows the measure where it is named."""
    named = simple("spanish", {"name": "sessions", "filter": SPANISH})
    told = read(semantic(metrics=[named]), tmp_path)["spanish"].told
    assert told["numerator"]["where"] == [{"column": "language", "any_of": ["es"]}]


def of_input(**more):
    """A ratio whose numerator has a field more."""
    return ratio({"name": "sessions"} | more, "sessions")


def of_measure(**more):
    """A simple metric whose measure has a field more."""
    return simple("quotient", {"name": "sessions"} | more)


COUNT = simple("sessions", "sessions")
PLAIN = simple("quotient", "sessions")
ROLLING = {"type_params": {"measure": "sessions", "window": "7 days"}}
OF_THE_LAST_DAY = {"non_additive_dimension": {"name": "d", "window_choice": "max"}}
IGNORED = {
    "offset_window": {"metrics": [COUNT, of_input(offset_window="1 day")]},
    "offset_to_grain": {"metrics": [COUNT, of_input(offset_to_grain="month")]},
    "fill_nulls_with": {"metrics": [of_measure(fill_nulls_with=0)]},
    "join_to_timespine": {"metrics": [of_measure(join_to_timespine=True)]},
    "non_additive_dimension": {"metrics": [PLAIN], "measure": OF_THE_LAST_DAY},
    "where": {"metrics": [PLAIN | {"where": "language = 'es'"}]},
    "sql_where": {"metrics": [PLAIN], "model": {"sql_where": "true"}},
    "window": {"metrics": [PLAIN | ROLLING]},
}


@pytest.mark.parametrize("field", IGNORED)
def test_a_field_that_would_be_ignored_is_refused_by_name(field, tmp_path):
    """A rule left out would make another number under the same name."""
    refusal = read(semantic(**IGNORED[field]), tmp_path)["quotient"].refusal
    assert isinstance(refusal, UnreadFieldError)
    assert refusal.fields["field"] == field


@pytest.mark.parametrize(
    "stated",
    [
        {"measure": {"agg_time_dimension": "ended_at"}},
        {"model": {"defaults": {"agg_time_dimension": "ended_at"}}},
    ],
    ids=["measure", "model"],
)
def test_a_measure_of_another_day_is_refused(stated, tmp_path):
    """Rows count on the business date of their view, and on no other."""
    told = read(semantic(metrics=[COUNT], **stated), tmp_path)["sessions"]
    assert isinstance(told.refusal, OtherDayError)


def test_a_measure_s_day_may_be_the_view_s_under_another_name(tmp_path):
    day = {"name": "day", "type": "time", "expr": "business_date"}
    model = {"dimensions": [day], "defaults": {"agg_time_dimension": "day"}}
    told = read(semantic(metrics=[COUNT], model=model), tmp_path)["sessions"]
    assert told.refusal is None


@pytest.mark.parametrize(
    ("above", "below", "unit"),
    [
        ("spanish", "sessions", "share"),
        ("live_time", "creators", "per_creator"),
        ("live_time", "sessions", "coefficient"),
    ],
)
def test_a_quotient_of_different_things_is_no_share(above, below, unit, tmp_path):
    """Hours a case are no percentage."""
    metrics = [
        simple("spanish", "sessions", filter=SPANISH),
        *(simple(each, each) for each in ("sessions", "live_time", "creators")),
        ratio(above, below),
    ]
    told = read(semantic(metrics=metrics), tmp_path)["quotient"].told
    assert told["unit"] == unit
