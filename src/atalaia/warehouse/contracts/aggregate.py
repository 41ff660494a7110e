"""A counted cell that an analyst holds instead of rows."""

from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="aggregate",
    meaning="A counted cell that an analyst holds instead of rows.",
    key=("measure", "market", "policy_id", "period_start", "period_end", "slice"),
    event_time="period_start",
    fields=(
        Field(
            name="measure",
            kind=Kind.TEXT,
            meaning="Metric the cell belongs to, e.g. M03.",
            is_required=True,
            aliases=("metric", "indicador", "métrica"),
        ),
        MARKET,
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy, or * for all.",
            is_required=True,
            aliases=("policy", "politica", "política"),
        ),
        Field(
            name="period_start",
            kind=Kind.DATE,
            meaning="First day.",
            is_required=True,
            aliases=("date", "fecha", "data", "day", "week"),
        ),
        Field(
            name="period_end",
            kind=Kind.DATE,
            meaning="Last day, inclusive.",
            is_required=True,
        ),
        Field(
            name="slice",
            kind=Kind.TEXT,
            meaning="Further dimensions, a JSON object; {} for none.",
            is_required=True,
        ),
        Field(
            name="numerator",
            kind=Kind.NUMBER,
            meaning="Counted units.",
            is_required=True,
            aliases=("num", "numerador", "count", "cases", "casos"),
            minimum=0,
        ),
        Field(
            name="denominator",
            kind=Kind.NUMBER,
            meaning="Units counted over; empty for plain counts.",
            aliases=("den", "denominador", "total", "base"),
            minimum=0,
        ),
    ),
)
