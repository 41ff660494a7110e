"""An alert raised over a metric, and what became of it."""

from atalaia.domain.work_codes import AlertState
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="alert",
    meaning="An alert raised over a metric, and what became of it.",
    key=("alert_id",),
    event_time="raised_at",
    is_read_whole=True,
    fields=(
        Field(name="alert_id", kind=Kind.TEXT, meaning="The alert.", is_required=True),
        MARKET,
        Field(
            name="metric",
            kind=Kind.TEXT,
            meaning="Metric that it is about.",
            is_required=True,
        ),
        Field(
            name="rule",
            kind=Kind.TEXT,
            meaning="Rule that raised it.",
            is_required=True,
        ),
        Field(
            name="raised_at",
            kind=Kind.INSTANT,
            meaning="When it was raised.",
            is_required=True,
        ),
        Field(name="acked_at", kind=Kind.INSTANT, meaning="When somebody took it."),
        Field(
            name="state",
            kind=Kind.TEXT,
            meaning="State at the time of the observation.",
            is_required=True,
            allowed=tuple(AlertState),
        ),
        Field(name="closed_at", kind=Kind.INSTANT, meaning="When it was closed."),
        Field(name="case_id", kind=Kind.TEXT, meaning="Case that came of it."),
    ),
)
