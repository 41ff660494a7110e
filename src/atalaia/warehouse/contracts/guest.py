"""A guest's stay in a session."""

from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET, SESSION

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="guest",
    meaning="A guest's stay in a session.",
    key=("session_id", "creator_id", "joined_at"),
    event_time="joined_at",
    parent=("session_id", "live_session"),
    fields=(
        SESSION,
        Field(
            name="creator_id",
            kind=Kind.TEXT,
            meaning="The guest, a creator too, as a pseudonym.",
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
        MARKET,
        Field(
            name="joined_at",
            kind=Kind.INSTANT,
            meaning="When the guest came in.",
            is_required=True,
        ),
        Field(name="left_at", kind=Kind.INSTANT, meaning="When the guest left."),
        Field(
            name="was_removed",
            kind=Kind.FLAG,
            meaning="Whether moderation removed the guest.",
        ),
    ),
)
