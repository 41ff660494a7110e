"""Funnel of one session from one traffic source."""

from atalaia.domain.codes import TrafficSource
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import APP_VERSION, CREATOR, MARKET, SESSION

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="traffic_snapshot",
    meaning="Funnel of one session from one traffic source.",
    key=("session_id", "traffic_source"),
    event_time="taken_at",
    parent=("session_id", "live_session"),
    fields=(
        SESSION,
        CREATOR,
        MARKET,
        Field(
            name="traffic_source",
            kind=Kind.TEXT,
            meaning="Where viewers came from.",
            is_required=True,
            allowed=tuple(TrafficSource),
            aliases=("source_type",),
        ),
        Field(
            name="taken_at",
            kind=Kind.INSTANT,
            meaning="When the counts were taken.",
            is_required=True,
        ),
        Field(
            name="impressions",
            kind=Kind.INTEGER,
            meaning="Times shown; empty where the source has none.",
            unit="impressions",
            minimum=0,
        ),
        Field(
            name="entries",
            kind=Kind.INTEGER,
            meaning="Room entries.",
            unit="entries",
            is_required=True,
            minimum=0,
        ),
        Field(
            name="effective_10s",
            kind=Kind.INTEGER,
            meaning="Entries that watched 10 seconds or more.",
            unit="entries",
            minimum=0,
        ),
        Field(
            name="effective_60s",
            kind=Kind.INTEGER,
            meaning="Entries that watched 60 seconds or more.",
            unit="entries",
            minimum=0,
        ),
        Field(
            name="watch_s",
            kind=Kind.NUMBER,
            meaning="Time watched.",
            unit="seconds",
            minimum=0,
        ),
        Field(
            name="interactors",
            kind=Kind.INTEGER,
            meaning="Viewers who liked, commented or shared.",
            unit="viewers",
            minimum=0,
        ),
        Field(
            name="new_follows",
            kind=Kind.INTEGER,
            meaning="New followers.",
            unit="viewers",
            minimum=0,
        ),
        Field(
            name="gifters",
            kind=Kind.INTEGER,
            meaning="Viewers who sent a gift.",
            unit="viewers",
            minimum=0,
        ),
        APP_VERSION,
    ),
)
