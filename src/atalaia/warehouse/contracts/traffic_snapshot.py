"""Funnel of one session from one traffic source."""

from atalaia.domain.codes import TrafficSource
from atalaia.warehouse.contracts.contract import Contract, Field, Kind

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="traffic_snapshot",
    meaning="Funnel of one session from one traffic source.",
    key=("session_id", "traffic_source"),
    event_time="taken_at",
    parent=("session_id", "live_session"),
    fields=(
        Field(
            name="session_id",
            kind=Kind.TEXT,
            meaning="The LIVE session (room).",
            is_required=True,
            aliases=("room_id", "live_id", "room", "sala"),
        ),
        Field(
            name="creator_id",
            kind=Kind.TEXT,
            meaning="Creator, as a pseudonym.",
            is_required=True,
            is_person=True,
            aliases=(
                "user_id",
                "uid",
                "host_id",
                "anchor_id",
                "creator",
                "creador",
                "criador",
            ),
        ),
        Field(
            name="market",
            kind=Kind.TEXT,
            meaning="Market code of the creator at the time, e.g. BR.",
            is_required=True,
            aliases=("country", "mkt", "region", "pais", "país"),
        ),
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
        Field(
            name="app_version",
            kind=Kind.TEXT,
            meaning="Application version of the host.",
        ),
    ),
)
