"""A day's sessions as the platform writes them down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import EndReason, Genre
from atalaia.simulation import columns
from atalaia.simulation.agencies import agency_ids
from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.simulation.creators import GENRES, Tongues, creator_ids
from atalaia.simulation.plan import AppVersion
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["Audience", "session_rows"]

_END_REASONS = tuple(EndReason)
_GIFTS = ("none", "1-100", "100-1k", "1k-10k", "10k+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Arrays over sessions: who watched; `lost_network` rooms ended by themselves."""

    views: Ints
    viewer_minutes: Floats
    peak: Ints
    gifts: Ints
    lost_network: Flags


def session_rows(
    sessions: Sessions,
    *,
    audience: Audience,
    tongues: Tongues,
    markets: Sequence[str],
    app_versions: Sequence[AppVersion],
) -> pa.Table:
    """Return a day's sessions as contract rows, known when each room closed."""
    reason = np.where(
        audience.lost_network,
        _END_REASONS.index(EndReason.NETWORK),
        _END_REASONS.index(EndReason.HOST),
    )
    reason = np.where(sessions.cut, _END_REASONS.index(EndReason.VIOLATION), reason)
    versions = [version.version for version in app_versions]
    return columns.observations(
        "live_session",
        {
            "session_id": session_ids(sessions.number),
            "creator_id": creator_ids(sessions.creator),
            "market": columns.text(markets, sessions.market),
            "agency_id": agency_ids(sessions.agency),
            "language": columns.text(tongues.languages, sessions.language),
            "dialect": columns.text(tongues.dialects, sessions.dialect),
            "started_at": columns.instants(sessions.starts_at),
            "ended_at": columns.instants(sessions.ends_at),
            "duration_s": columns.numbers(sessions.seconds),
            "end_reason": columns.text(_END_REASONS, reason),
            "app_version": columns.text(versions, sessions.app_version),
            **_room(sessions),
            **_watched(audience),
        },
        known_at=sessions.ends_at,
    )


def _room(sessions: Sessions) -> Mapping[str, pa.Array]:
    audiences = sessions.is_adult.astype(np.int64)
    return {
        "title_len": columns.whole(sessions.title_length),
        "category": columns.text(GENRES, sessions.category),
        "audience_setting": columns.text(("all", "adults"), audiences),
        "multi_guest": columns.flags(sessions.has_guests),
        "gaming": columns.flags(sessions.category == GENRES.index(Genre.GAMING)),
        "commerce": columns.flags(sessions.has_goods),
        "boosted": columns.flags(sessions.is_boosted),
        "is_test": columns.flags(sessions.is_test),
        "is_internal": columns.flags(sessions.is_internal),
    }


def _watched(audience: Audience) -> Mapping[str, pa.Array]:
    return {
        "viewers_peak": columns.whole(audience.peak),
        "viewer_minutes": columns.numbers(audience.viewer_minutes),
        "views": columns.whole(audience.views),
        "gifts_band": columns.text(_GIFTS, audience.gifts),
    }
