"""One LIVE session (room)."""

from atalaia.domain.codes import Audience, EndReason, Genre
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import (
    APP_VERSION,
    CREATOR,
    DIALECT,
    MARKET,
    SESSION,
)

__all__ = ["CONTRACT"]

# A week: no honest session is longer, and a duration in milliseconds is.
LONGEST_S = 7 * 86_400
CONTRACT = Contract(
    name="live_session",
    meaning="One LIVE session (room).",
    key=("session_id",),
    event_time="started_at",
    fields=(
        SESSION,
        CREATOR,
        MARKET,
        Field(
            name="agency_id",
            kind=Kind.TEXT,
            meaning="Agency at the session's start; empty for organic creators.",
            aliases=("agency", "guild_id"),
        ),
        Field(
            name="language",
            kind=Kind.TEXT,
            meaning="Language spoken, ISO 639-1; und when unknown.",
            aliases=("lang", "idioma"),
        ),
        DIALECT,
        Field(
            name="started_at",
            kind=Kind.INSTANT,
            meaning="Start.",
            is_required=True,
            aliases=("start_utc", "start_time", "inicio", "início", "begin_time"),
        ),
        Field(
            name="ended_at",
            kind=Kind.INSTANT,
            meaning="End; empty while on air.",
            aliases=("end_utc", "end_time", "fin", "fim"),
        ),
        Field(
            name="duration_s",
            kind=Kind.NUMBER,
            meaning="Length.",
            unit="seconds",
            aliases=("duration", "duracion", "duração"),
            minimum=0,
            maximum=LONGEST_S,
        ),
        Field(
            name="title_len",
            kind=Kind.INTEGER,
            meaning="Characters in the title.",
            unit="characters",
            minimum=0,
        ),
        Field(
            name="category",
            kind=Kind.TEXT,
            meaning="Genre of this session.",
            allowed=tuple(Genre),
            aliases=("genre",),
        ),
        Field(
            name="audience_setting",
            kind=Kind.TEXT,
            meaning="Audience chosen by the host.",
            allowed=tuple(Audience),
        ),
        Field(name="multi_guest", kind=Kind.FLAG, meaning="Whether guests joined."),
        Field(name="gaming", kind=Kind.FLAG, meaning="Whether it is a gaming LIVE."),
        Field(name="commerce", kind=Kind.FLAG, meaning="Whether goods are sold."),
        Field(
            name="boosted", kind=Kind.FLAG, meaning="Whether distribution was paid for."
        ),
        Field(
            name="viewers_peak",
            kind=Kind.INTEGER,
            meaning="Most viewers at once.",
            unit="viewers",
            minimum=0,
        ),
        Field(
            name="viewer_minutes",
            kind=Kind.NUMBER,
            meaning="Minutes watched, summed over viewers.",
            unit="viewer-minutes",
            minimum=0,
        ),
        Field(
            name="views",
            kind=Kind.INTEGER,
            meaning="Room entries that count as a view (VV).",
            unit="views",
            aliases=("vv", "video_views"),
            minimum=0,
        ),
        Field(name="gifts_band", kind=Kind.TEXT, meaning="Gifts received, as a band."),
        Field(
            name="end_reason",
            kind=Kind.TEXT,
            meaning="Why it ended.",
            allowed=tuple(EndReason),
        ),
        APP_VERSION,
        Field(name="is_test", kind=Kind.FLAG, meaning="A test room; never counted."),
        Field(
            name="is_internal",
            kind=Kind.FLAG,
            meaning="A room of staff; never counted.",
        ),
    ),
)
