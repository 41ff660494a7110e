"""What the platform writes down of a day, table by table."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import PenaltyCode
from atalaia.simulation.appeals import appeal_rows
from atalaia.simulation.arrays import Ints
from atalaia.simulation.creators import Creators
from atalaia.simulation.day import Day
from atalaia.simulation.decisions import decision_rows
from atalaia.simulation.guests import guest_rows
from atalaia.simulation.penalty_rows import penalty_rows
from atalaia.simulation.rules import CODES
from atalaia.simulation.segments import segment_rows
from atalaia.simulation.session_rows import Audience, session_rows
from atalaia.simulation.signals import signal_rows
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.traffic import traffic_rows
from atalaia.simulation.verities import rulings_of

__all__ = ["actions_of", "rooms_of"]

_GUEST_REMOVED = CODES.index(PenaltyCode.GUEST_REMOVED)


def rooms_of(stage: Stage, day: Day) -> Mapping[str, pa.Table]:
    """Return the tables that the next export holds whole: rooms and what showed."""
    markets = stage.catalogue.markets
    return {
        "live_session": _session_table(stage, day),
        "session_segment": _segment_table(stage, day),
        "guest": guest_rows(
            stage.streams.of(Concern.GUESTS, day=day.at),
            day.sessions,
            creators_of=_creators_of(day.before, markets=len(markets)),
            removed_at=_removed_at(day),
            markets=markets,
        ),
        "signal": signal_rows(
            day.signals,
            candidates=day.candidates,
            sessions=day.sessions,
            first_number=day.number,
            policies=stage.catalogue.policies,
            markets=markets,
            models=stage.rates.model_of,
            versions=stage.model_versions,
        ),
        "traffic_snapshot": traffic_rows(
            day.traffic,
            sessions=day.sessions,
            markets=markets,
            app_versions=stage.plan.app_versions,
        ),
    }


def actions_of(stage: Stage, day: Day) -> Mapping[str, pa.Table]:
    """Return the tables whose rows become known over the days that follow."""
    catalogue = stage.catalogue
    return {
        "moderation_decision": decision_rows(
            day.steps,
            number=day.decision,
            judged=day.judged,
            candidates=day.candidates,
            sessions=day.sessions,
            hides_creator=stage.hides_creator,
            rulings=rulings_of(stage, day),
            catalogue=catalogue,
            tongues=stage.tongues,
            moderators=stage.moderators,
            versions=stage.model_versions,
        ),
        "penalty": penalty_rows(
            day.penalties,
            judged=day.judged,
            sessions=day.sessions,
            catalogue=catalogue,
            strike_reversible=stage.strike_reversible,
        ),
        "appeal": appeal_rows(
            day.appeals,
            appealable=day.appealable,
            first_number=day.number,
            markets=catalogue.markets,
            tongues=stage.tongues,
        ),
    }


def _session_table(stage: Stage, day: Day) -> pa.Table:
    rng = stage.streams.of(Concern.AUDIENCE, day=day.at)
    sessions, count = day.sessions, day.sessions.count
    views = day.traffic.views(count)
    minutes = day.traffic.viewer_minutes(count)
    mean = minutes / np.maximum(sessions.seconds / 60, 0.1)
    peak = np.ceil(mean * rng.uniform(1.3, 2.6, count)).astype(np.int64)
    audience = Audience(
        views=views,
        viewer_minutes=minutes,
        peak=np.minimum(peak, views),
        gifts=day.traffic.gifts(count),
        lost_network=rng.random(count) < 0.03,
    )
    return session_rows(
        sessions,
        audience=audience,
        tongues=stage.tongues,
        markets=stage.catalogue.markets,
        app_versions=stage.plan.app_versions,
    )


def _segment_table(stage: Stage, day: Day) -> pa.Table:
    sessions, judged, candidates = day.sessions, day.judged, day.candidates
    minutes = day.traffic.viewer_minutes(sessions.count)
    looked = day.steps.judged[judged.moderator[day.steps.judged] >= 0]
    return segment_rows(
        sessions,
        signal_session=candidates.session[day.signals.candidate],
        signal_at=day.signals.at,
        violation_session=day.violations.session,
        violation_at=day.violations.starts_at,
        reviewed_session=candidates.session[judged.candidate[looked]],
        reviewed_at=judged.first_signal[looked],
        viewers=minutes / np.maximum(sessions.seconds / 60, 1),
        markets=stage.catalogue.markets,
    )


def _creators_of(creators: Creators, *, markets: int) -> list[Ints]:
    return [np.flatnonzero(creators.market == market) for market in range(markets)]


def _removed_at(day: Day) -> Ints:
    """Return when a guest was taken out of each session, -1 where none was."""
    out = day.steps.code == _GUEST_REMOVED
    removed = np.full(day.sessions.count, -1)
    candidate = day.judged.candidate[day.steps.judged[out]]
    removed[day.candidates.session[candidate]] = day.steps.at[out]
    return removed
