"""Where viewers came from, step by step; a session's views are its entries."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import TrafficSource
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Floats, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.plan import AppVersion
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["SOURCES", "Fault", "Traffic", "draw_traffic", "traffic_rows"]

SOURCES = tuple(TrafficSource)
_SHARE = np.array([46, 9, 5, 2, 14, 5, 3, 8, 2.5, 2.5, 1, 0.0, 2]) / 100
# Enter-room rate exists only where the source counts impressions; NaN elsewhere.
_ENTER = np.array(
    [0.06, 0.11, 0.10, 0.22, 0.30, *([np.nan] * 6), 0.05, np.nan], dtype=np.float64
)
_EFFECTIVE = np.array(
    [0.42, 0.5, 0.5, 0.6, 0.74, 0.72, 0.66, 0.55, 0.6, 0.5, 0.55, 0.35, 0.5]
)
_PAID_SHARE = 0.35
_TIER_FEED = np.array([0.7, 0.9, 1.0, 1.1, 1.2])
_MOST_WATCH = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An application version loses impressions of one source."""

    app_version: int
    source: int
    kept_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Arrays over session x source with entries; no `impressions` is -1."""

    session: Ints
    source: Ints
    impressions: Ints
    entries: Ints
    effective_10s: Ints
    effective_60s: Ints
    watch_seconds: Floats
    interactors: Ints
    follows: Ints
    gifters: Ints

    def views(self, count: int) -> Ints:
        """Return each session's views: the sum of its entries."""
        return np.bincount(self.session, weights=self.entries, minlength=count).astype(
            np.int64
        )

    def viewer_minutes(self, count: int) -> Floats:
        """Return each session's minutes watched."""
        watched = np.bincount(self.session, weights=self.watch_seconds, minlength=count)
        return np.round(watched / 60, 2)

    def gifts(self, count: int) -> Ints:
        """Return each session's gift band, 0..4."""
        gave = np.bincount(self.session, weights=self.gifters, minlength=count)
        return np.digitize(gave, [1, 4, 20, 100])


def draw_traffic(
    rng: np.random.Generator, sessions: Sessions, *, faults: Sequence[Fault]
) -> Traffic:
    """Draw the funnel of every source of every session, cut short where it was."""
    planned = (sessions.planned_end - sessions.starts_at) / MICROSECOND
    on_air = np.clip(sessions.seconds / np.maximum(planned, 1), 0, 1)
    views = sessions.expected_views * on_air**0.9
    shares = _SHARE * rng.gamma(4, 0.25, (sessions.count, _SHARE.size))
    shares[:, 0] *= _TIER_FEED[sessions.tier]
    paid = SOURCES.index(TrafficSource.PAID)
    guest = SOURCES.index(TrafficSource.GUEST)
    shares[:, paid] = np.where(sessions.is_boosted, _PAID_SHARE, 0)
    shares[:, guest] *= sessions.has_guests * 3.0
    shares /= shares.sum(axis=1, keepdims=True)
    mean = views[:, None] * shares
    for fault in faults:
        here = sessions.app_version == fault.app_version
        mean[here, fault.source] *= fault.kept_share
    entries = rng.poisson(mean)
    session, source = np.nonzero(entries)
    came = entries[session, source]
    return _funnel(rng, sessions, session=session, source=source, entries=came)


def _funnel(
    rng: np.random.Generator,
    sessions: Sessions,
    *,
    session: Ints,
    source: Ints,
    entries: Ints,
) -> Traffic:
    appeal = rng.normal(0, 0.25, sessions.count)[session]
    lift = np.exp(appeal * 0.4)
    enter = np.clip(_ENTER[source] * lift, 0.005, 0.9)
    missed = rng.poisson(entries * np.nan_to_num((1 - enter) / enter))
    impressions = np.where(np.isnan(enter), -1, entries + missed)
    ten = rng.binomial(entries, np.clip(_EFFECTIVE[source] * lift, 0.02, 0.95))
    sixty = rng.binomial(ten, np.clip(0.48 * lift, 0.02, 0.95))
    length = sessions.seconds[session]
    stay = np.minimum(420 * lift, _MOST_WATCH * length)
    watch = 4.0 * (entries - ten) + 25.0 * (ten - sixty) + (60 + stay) * sixty
    watch = np.minimum(watch, entries * np.maximum(length, 1))
    return Traffic(
        session=session,
        source=source,
        impressions=impressions,
        entries=entries,
        effective_10s=ten,
        effective_60s=sixty,
        watch_seconds=np.round(watch * rng.uniform(0.85, 1, watch.size), 1),
        interactors=rng.binomial(ten, np.clip(0.12 * lift, 0, 0.9)),
        follows=rng.binomial(ten, np.clip(0.015 * lift, 0, 0.5)),
        gifters=rng.binomial(ten, np.clip(0.01 * lift, 0, 0.5)),
    )


def traffic_rows(
    traffic: Traffic,
    *,
    sessions: Sessions,
    markets: Sequence[str],
    app_versions: Sequence[AppVersion],
) -> pa.Table:
    """Return the funnels as contract rows, counted when the room closed."""
    session = traffic.session
    versions = [version.version for version in app_versions]
    taken = sessions.ends_at[session]
    return columns.observations(
        "traffic_snapshot",
        {
            "session_id": session_ids(sessions.number).take(pa.array(session)),
            "creator_id": creator_ids(sessions.creator).take(pa.array(session)),
            "market": columns.text(markets, sessions.market[session]),
            "traffic_source": columns.text(SOURCES, traffic.source),
            "taken_at": columns.instants(taken),
            "impressions": columns.whole(traffic.impressions),
            "entries": columns.whole(traffic.entries),
            "effective_10s": columns.whole(traffic.effective_10s),
            "effective_60s": columns.whole(traffic.effective_60s),
            "watch_s": columns.numbers(traffic.watch_seconds),
            "interactors": columns.whole(traffic.interactors),
            "new_follows": columns.whole(traffic.follows),
            "gifters": columns.whole(traffic.gifters),
            "app_version": columns.text(versions, sessions.app_version[session]),
        },
        known_at=taken,
    )
