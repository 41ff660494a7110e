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
            aliases=("exposures", "impresiones", "impressoes", "impressões"),
        ),
        Field(
            name="entries",
            kind=Kind.INTEGER,
            meaning="Room entries.",
            unit="entries",
            is_required=True,
            minimum=0,
            aliases=("room_entries", "enter_room", "entradas"),
        ),
        Field(
            name="effective_10s",
            kind=Kind.INTEGER,
            meaning="Entries that watched 10 seconds or more.",
            unit="entries",
            minimum=0,
            aliases=(
                "eff_watch_10s",
                "effective_watch_10s",
                "vistas_10s",
                "visualizacoes_10s",
                "visualizações_10s",
            ),
        ),
        Field(
            name="effective_60s",
            kind=Kind.INTEGER,
            meaning="Entries that watched 60 seconds or more.",
            unit="entries",
            minimum=0,
            aliases=(
                "eff_watch_60s",
                "effective_watch_60s",
                "vistas_60s",
                "visualizacoes_60s",
                "visualizações_60s",
            ),
        ),
        Field(
            name="watch_s",
            kind=Kind.NUMBER,
            meaning="Time watched.",
            unit="seconds",
            minimum=0,
            aliases=(
                "watch_seconds",
                "watch_time_s",
                "tiempo_visto_s",
                "tempo_assistido_s",
            ),
        ),
        Field(
            name="interactors",
            kind=Kind.INTEGER,
            meaning="Viewers who liked, commented or shared.",
            unit="viewers",
            minimum=0,
            aliases=("interacting_viewers", "interactuaron", "interagiram"),
        ),
        Field(
            name="new_follows",
            kind=Kind.INTEGER,
            meaning="New followers.",
            unit="viewers",
            minimum=0,
            aliases=("new_followers", "nuevos_seguidores", "novos_seguidores"),
        ),
        Field(
            name="gifters",
            kind=Kind.INTEGER,
            meaning="Viewers who sent a gift.",
            unit="viewers",
            minimum=0,
            aliases=("gift_senders", "regalaron", "presentearam"),
        ),
        APP_VERSION,
    ),
)
