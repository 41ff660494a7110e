"""A guest's stay in a session."""

from dataclasses import replace

from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR, MARKET, SESSION

__all__ = ["CONTRACT"]

# The host of the room has other names (host_id, anchor_id) than who joins it.
GUEST = replace(
    CREATOR,
    meaning="The guest, a creator too, as a pseudonym.",
    aliases=("guest_id", "guest", "user_id", "uid", "creator", "creador", "criador"),
)
CONTRACT = Contract(
    name="guest",
    meaning="A guest's stay in a session.",
    key=("session_id", "creator_id", "joined_at"),
    event_time="joined_at",
    parent=("session_id", "live_session"),
    fields=(
        SESSION,
        GUEST,
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
