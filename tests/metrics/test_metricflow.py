"""MetricFlow's ratio and simple metrics become owners' files; the rest says why not."""

from pathlib import Path

import pytest
import yaml

from atalaia.domain.marked_entry import root_of
from atalaia.domain.marked_yaml import parse_marked
from atalaia.metrics.metric import Kind
from atalaia.metrics.owners.metric_file import read_metric
from atalaia.metrics.owners.metricflow import read_metricflow
from atalaia.metrics.owners.metricflow_errors import (
    NoMetricsError,
    UnreadableFilterError,
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
    return read_metric(marked, file="x.yaml", markets=the_reference().markets).metric


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
    return conditions_of(entry, columns={"lang": "language"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ Dimension('s__lang') }} = 'es'", {"any_of": ["es"]}),
        ("{{Dimension('s__lang')}} != 'es'", {"none_of": ["es"]}),
        ("{{ Dimension('lang') }} IN ('es', 'pt')", {"any_of": ["es", "pt"]}),
        ("{{ Dimension('s__lang') }} not in ('es')", {"none_of": ["es"]}),
        ("{{ Dimension('s__lang') }} is not null", {"known": True}),
        ("{{ Dimension('s__lang') }} = true", {"is": True}),
        ("{{ Dimension('s__lang') }} != true", {"is": False}),
        ("{{ Dimension('s__lang') }} is false", {"is": False}),
        ("{{ Dimension('s__lang') }}", {"is": True}),
    ],
)
def test_a_plain_test_of_a_column_is_read(text, told):
    assert filtered(text) == [{"column": "language", **told}]


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
