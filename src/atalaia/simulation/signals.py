"""The hints that reach the moderators: scores, reports, keywords, patrols, notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import SignalType
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints, earliest
from atalaia.simulation.candidates import FLOOR, Candidates, score_of
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.sessions import Sessions, session_ids

__all__ = ["NEVER", "SIGNALS", "Signals", "draw_signals", "signal_rows"]

SIGNALS = tuple(SignalType)
NEVER = 1 << 61
_REPORTERS = ("viewer", "trusted_flagger", "authority")
_CLASS = {
    SignalType.USER_REPORT: 0,
    SignalType.PARTNER: 1,
    SignalType.LEGAL_NOTICE: 2,
}
_LAWS = {
    "BR": "Lei 15.211/2025",
    "MX": "LGDNNA",
    "CO": "Ley 2489/2025",
    "CL": "Ley 21.719",
}
_OTHER_LAW = "national law"
_MOST_REPORTS = 60
# Chance of a rare hint, for a violation and for an innocent candidate.
_RARE = {
    SignalType.KEYWORD: (0.10, 0.012),
    SignalType.PATROL: (0.06, 0.006),
    SignalType.PARTNER: (0.004, 0.0004),
    SignalType.LEGAL_NOTICE: (0.002, 0.0001),
    SignalType.CREATOR_SELF: (0.001, 0.0002),
    SignalType.AGENCY: (0.003, 0.0005),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Arrays over signals; `kind` indexes SIGNALS, `score` is NaN beside models."""

    candidate: Ints
    kind: Ints
    at: Ints
    score: Floats

    def kept(self, which: Flags | Ints) -> "Signals":
        """Return some of the signals."""
        return Signals(
            candidate=self.candidate[which],
            kind=self.kind[which],
            at=self.at[which],
            score=self.score[which],
        )

    def first_at(self, count: int) -> Ints:
        """Return when each candidate was first raised, NEVER where it was not."""
        return earliest(self.candidate, values=self.at, count=count, none=NEVER)

    def first_kind(self, count: int) -> Ints:
        """Return the kind of each candidate's first signal, -1 for none."""
        order = np.lexsort((self.kind, self.at))[::-1]
        kind = np.full(count, -1)
        kind[self.candidate[order]] = self.kind[order]
        return kind

    def number_of(self, kind: SignalType, *, count: int) -> Ints:
        """Return how many signals of a kind each candidate has."""
        chosen = self.candidate[self.kind == SIGNALS.index(kind)]
        return np.bincount(chosen, minlength=count)


def draw_signals(
    rng: np.random.Generator,
    candidates: Candidates,
    *,
    sessions: Sessions,
    starts_at: Ints,
) -> Signals:
    """Draw all hints of a day; `starts_at` is when each candidate begins to show."""
    ends = sessions.planned_end[candidates.session]
    scored = np.flatnonzero((candidates.z >= FLOOR) & (candidates.seen_at < ends))
    model = Signals(
        candidate=scored,
        kind=np.full(scored.size, SIGNALS.index(SignalType.MODEL)),
        at=candidates.seen_at[scored],
        score=score_of(candidates.z[scored]),
    )
    parts = [model, _reports(rng, candidates, sessions=sessions, starts_at=starts_at)]
    for kind, (true, false) in _RARE.items():
        parts.append(
            _rare(
                rng,
                candidates,
                kind=kind,
                chance=np.where(candidates.is_true, true, false),
                starts_at=starts_at,
            )
        )
    return _joined(parts)


def _reports(
    rng: np.random.Generator,
    candidates: Candidates,
    *,
    sessions: Sessions,
    starts_at: Ints,
) -> Signals:
    crowd = np.log1p(sessions.expected_views[candidates.session])
    mean = np.where(candidates.is_true, 0.4, 0.008) * crowd
    mean = np.where(candidates.is_raid, 18.0, mean)
    count = np.minimum(rng.poisson(mean), _MOST_REPORTS)
    who = np.repeat(np.arange(candidates.count), count)
    delay = (rng.exponential(240, who.size) + 15) * MICROSECOND
    return Signals(
        candidate=who,
        kind=np.full(who.size, SIGNALS.index(SignalType.USER_REPORT)),
        at=starts_at[who] + delay.astype(np.int64),
        score=np.full(who.size, np.nan),
    )


def _rare(
    rng: np.random.Generator,
    candidates: Candidates,
    *,
    kind: SignalType,
    chance: Floats,
    starts_at: Ints,
) -> Signals:
    who = np.flatnonzero(rng.random(candidates.count) < chance)
    typical = 7200 if kind is SignalType.LEGAL_NOTICE else 90
    delay = (rng.exponential(typical, who.size) + 5) * MICROSECOND
    return Signals(
        candidate=who,
        kind=np.full(who.size, SIGNALS.index(kind)),
        at=starts_at[who] + delay.astype(np.int64),
        score=np.full(who.size, np.nan),
    )


def _joined(parts: Sequence[Signals]) -> Signals:
    return Signals(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Signals.__dataclass_fields__
        }
    )


def signal_rows(
    signals: Signals,
    *,
    candidates: Candidates,
    sessions: Sessions,
    first_number: int,
    policies: Sequence[str],
    markets: Sequence[str],
    models: Sequence[str],
    versions: Sequence[str],
) -> pa.Table:
    """Return the signals as contract rows, in the order of their arrival."""
    found = signals.kept(np.argsort(signals.at, kind="stable"))
    session = candidates.session[found.candidate]
    policy = candidates.policy[found.candidate]
    version = candidates.version[found.candidate]
    is_model = found.kind == SIGNALS.index(SignalType.MODEL)
    minute = (found.at - sessions.starts_at[session]) // (60 * MICROSECOND)
    minute = np.where(found.at < sessions.ends_at[session], minute, -1)
    market = sessions.market[session]
    return columns.observations(
        "signal",
        {
            "signal_id": columns.ids("g", first_number + np.arange(found.at.size)),
            "session_id": session_ids(sessions.number[session]),
            "creator_id": creator_ids(sessions.creator[session]),
            "market": columns.text(markets, market),
            "segment_seq": columns.whole(minute),
            "type": columns.text(SIGNALS, found.kind),
            "policy_id": columns.text(policies, policy),
            "model_id": columns.text(models, np.where(is_model, policy, -1)),
            "model_version": columns.text(versions, np.where(is_model, version, -1)),
            "score": columns.numbers(found.score),
            "received_at": columns.instants(found.at),
            **_sender(found.kind, market=market, markets=markets),
        },
        known_at=found.at,
    )


def _sender(
    kind: Ints, *, market: Ints, markets: Sequence[str]
) -> Mapping[str, pa.Array]:
    """Return who reported, and the law that a notice rests on."""
    reporter = np.full(kind.size, -1)
    for sent, which in _CLASS.items():
        reporter[kind == SIGNALS.index(sent)] = which
    is_notice = kind == SIGNALS.index(SignalType.LEGAL_NOTICE)
    laws = [_LAWS.get(code, _OTHER_LAW) for code in markets]
    return {
        "reporter_class": columns.text(_REPORTERS, reporter),
        "legal_basis": columns.text(laws, np.where(is_notice, market, -1)),
    }
