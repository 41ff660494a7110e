"""Which fields of a MetricFlow file are read, or change nothing that is counted.

Any other would make another number of the metric, so that it is refused by name.
Source: dbt's documentation of semantic models and metrics, dbt Core 1.6 to 1.12.
"""

from collections.abc import Iterable, Mapping

from atalaia.domain.marked_entry import Entry
from atalaia.metrics.owners.metricflow_errors import OtherDayError, UnreadFieldError

__all__ = [
    "DIMENSION",
    "INPUT",
    "MEASURE",
    "METRIC",
    "RATIO",
    "SEMANTIC_MODEL",
    "SIMPLE",
    "require_day",
    "require_read",
]

TOLD = ("name", "label", "description", "config", "meta")
"""What people read, and settings of dbt's own."""
SEMANTIC_MODEL = (
    *TOLD,
    "model",
    "defaults",
    "entities",
    "primary_entity",
    "dimensions",
    "measures",
)
DIMENSION = (*TOLD, "type", "type_params", "expr", "is_partition")
MEASURE = (*TOLD, "agg", "expr", "agg_time_dimension", "create_metric")
METRIC = (
    *TOLD,
    "type",
    "type_params",
    "filter",
    "agg",
    "expr",
    "agg_time_dimension",
    "numerator",
    "denominator",
    "time_granularity",
    "hidden",
)
SIMPLE, RATIO = ("measure",), ("numerator", "denominator")
INPUT = ("name", "filter", "alias")
DAY = "business_date"


def require_read(entry: Entry, known: Iterable[str]) -> None:
    """Raise UnreadFieldError on a field that nothing here would heed."""
    fields = entry.fields() if isinstance(entry.value, dict) else ()
    for field in fields:
        if field.key not in known:
            raise UnreadFieldError(place=field.mark, field=field.key)


def require_day(measure: Entry, *, model: Entry, columns: Mapping[str, str]) -> None:
    """Raise OtherDayError where a row counts on another day than the view's own."""
    defaults = (model.child("defaults"),) if model.has("defaults") else ()
    blocks = (measure, model, *defaults)
    stated = [block for block in blocks if block.has("agg_time_dimension")]
    if not stated:
        return
    named = stated[0].child("agg_time_dimension")
    if columns.get(named.text(), named.text()) != DAY:
        raise OtherDayError(place=named.mark, day=named.text(), own=DAY)
