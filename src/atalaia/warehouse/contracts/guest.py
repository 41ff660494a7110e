"""A guest's stay in a session."""

from atalaia.warehouse.contracts.contract import Contract, Field, Kind

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="guest",
    meaning="A guest's stay in a session.",
    key=("session_id", "creator_id", "joined_at"),
    event_time="joined_at",
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
        Field(
            name="market",
            kind=Kind.TEXT,
            meaning="Market code of the creator at the time, e.g. BR.",
            is_required=True,
            aliases=("country", "mkt", "region", "pais", "país"),
        ),
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
