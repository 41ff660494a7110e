"""One minute of a session, written where something touched it."""

from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET, SESSION

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="session_segment",
    meaning="One minute of a session, written where something touched it.",
    key=("session_id", "seq"),
    event_time="started_at",
    parent=("session_id", "live_session"),
    fields=(
        SESSION,
        Field(
            name="seq",
            kind=Kind.INTEGER,
            meaning="Minute since the start, from 0.",
            is_required=True,
            unit="minutes",
            minimum=0,
        ),
        MARKET,
        Field(
            name="started_at",
            kind=Kind.INSTANT,
            meaning="Start of the minute.",
            is_required=True,
        ),
        Field(name="ended_at", kind=Kind.INSTANT, meaning="End of the minute."),
        Field(
            name="signals",
            kind=Kind.INTEGER,
            meaning="Signals raised in the minute.",
            unit="signals",
            minimum=0,
        ),
        Field(
            name="views",
            kind=Kind.INTEGER,
            meaning="Viewers present.",
            unit="views",
            minimum=0,
        ),
        Field(
            name="is_reviewed",
            kind=Kind.FLAG,
            meaning="Whether a person reviewed the minute.",
        ),
    ),
)
