"""Appeals: who complains, in which round, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Actor, AppealChannel, AppealReason, AppealResult
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.creators import Tongues, creator_ids
from atalaia.simulation.moderation import ACTORS

__all__ = ["Appealable", "Appeals", "Relief", "appeal_rows", "draw_appeals"]

_CHANNELS = tuple(AppealChannel)
_REASONS = tuple(AppealReason)
_RESULTS = tuple(AppealResult)
_HOUR = 3600 * MICROSECOND
_OVERTURNED = _RESULTS.index(AppealResult.OVERTURNED)
_REDUCED = _RESULTS.index(AppealResult.REDUCED)
_UPHELD = _RESULTS.index(AppealResult.UPHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """Chances of lodging and winning a round: for a wrong and for a right penalty."""

    number: int
    lodged: tuple[float, float]
    won: tuple[float, float]
    wait_hours: float
    decide_hours: float


_ROUNDS = (
    _Round(
        number=1, lodged=(0.54, 0.12), won=(0.54, 0.03), wait_hours=7, decide_hours=22
    ),
    _Round(
        number=2, lodged=(0.5, 0.22), won=(0.42, 0.03), wait_hours=14, decide_hours=30
    ),
    _Round(
        number=3, lodged=(0.5, 0.25), won=(0.60, 0.05), wait_hours=20, decide_hours=60
    ),
)
_MANUAL_ORGANIC = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealable:
    """Arrays over the incidents whose heaviest penalty can be appealed."""

    penalty: Ints
    creator: Ints
    market: Ints
    language: Ints
    is_managed: Flags
    is_wrong: Flags
    stops_live: Flags
    started_at: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals:
    """Arrays over rounds; `of` indexes the appealable incidents."""

    of: Ints
    round: Ints
    channel: Ints
    submitted_at: Ints
    decided_at: Ints
    result: Ints
    reason: Ints
    actor: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """What an appealable incident won: `at` is -1 for nothing."""

    at: Ints
    is_reduced: Flags


def draw_appeals(
    rng: np.random.Generator, appealable: Appealable
) -> tuple[Appeals, Relief]:
    """Draw up to three rounds per incident; a later one follows an upheld one."""
    count = appealable.penalty.size
    relief_at = np.full(count, -1)
    is_reduced = np.zeros(count, dtype=np.bool_)
    open_ = np.arange(count)
    since = appealable.started_at.copy()
    rounds: list[Appeals] = []
    for stage in _ROUNDS:
        lodged = _lodged(rng, stage, appealable=appealable, who=open_)
        found = _decided(rng, stage, appealable=appealable, who=lodged, since=since)
        rounds.append(found)
        won = np.isin(found.result, (_OVERTURNED, _REDUCED))
        relief_at[found.of[won]] = found.decided_at[won]
        is_reduced[found.of[found.result == _REDUCED]] = True
        since[found.of] = found.decided_at
        open_ = found.of[found.result == _UPHELD]
    return _joined(rounds), Relief(at=relief_at, is_reduced=is_reduced)


def _lodged(
    rng: np.random.Generator, stage: _Round, *, appealable: Appealable, who: Ints
) -> Ints:
    wrong, right = stage.lodged
    chance = np.where(appealable.is_wrong[who], wrong, right)
    chance = chance * np.where(appealable.stops_live[who], 1.4, 0.9)
    if stage.number == len(_ROUNDS):
        chance = chance * np.where(appealable.is_managed[who], 1, _MANUAL_ORGANIC)
    return who[rng.random(who.size) < chance]


def _decided(
    rng: np.random.Generator,
    stage: _Round,
    *,
    appealable: Appealable,
    who: Ints,
    since: Ints,
) -> Appeals:
    submitted = since[who] + _wait(rng, who.size, stage.wait_hours)
    decided = submitted + _wait(rng, who.size, stage.decide_hours)
    is_wrong = appealable.is_wrong[who]
    draw = rng.random(who.size)
    win = np.where(is_wrong, *stage.won)
    stops = appealable.stops_live[who] & ~is_wrong
    result = np.select(
        [draw < win, stops & (draw < win + 0.03), draw > 0.985, draw > 0.97],
        [
            _OVERTURNED,
            _REDUCED,
            _RESULTS.index(AppealResult.WITHDRAWN),
            _RESULTS.index(AppealResult.INVALID),
        ],
        default=_UPHELD,
    )
    channel = _CHANNELS.index(
        AppealChannel.AGENCY_MANUAL if stage.number == 3 else AppealChannel.IN_APP
    )
    actor = Actor.REGIONAL if stage.number == 3 else Actor.INHOUSE
    return Appeals(
        of=who,
        round=np.full(who.size, stage.number),
        channel=np.full(who.size, channel),
        submitted_at=submitted,
        decided_at=decided,
        result=result,
        reason=_reasons(rng, result, is_wrong=is_wrong),
        actor=np.full(who.size, ACTORS.index(actor)),
    )


def _reasons(rng: np.random.Generator, result: Ints, *, is_wrong: Flags) -> Ints:
    draw = rng.random(result.size)
    won = result == _OVERTURNED
    return np.select(
        [
            result == _REDUCED,
            won & is_wrong & (draw < 0.88),
            won & (draw < 0.5),
            won,
        ],
        [
            _REASONS.index(AppealReason.TOO_SEVERE),
            _REASONS.index(AppealReason.NO_VIOLATION),
            _REASONS.index(AppealReason.NEW_EVIDENCE),
            _REASONS.index(AppealReason.TECHNICAL),
        ],
        default=-1,
    )


def _wait(rng: np.random.Generator, count: int, median_hours: float) -> Ints:
    hours: Floats = median_hours * rng.lognormal(0, 0.8, count)
    return (hours * _HOUR).astype(np.int64) // MICROSECOND * MICROSECOND + MICROSECOND


def _joined(rounds: Sequence[Appeals]) -> Appeals:
    return Appeals(
        **{
            name: np.concatenate([getattr(part, name) for part in rounds])
            for name in Appeals.__dataclass_fields__
        }
    )


def appeal_rows(
    appeals: Appeals,
    *,
    appealable: Appealable,
    first_number: int,
    markets: Sequence[str],
    tongues: Tongues,
) -> pa.Table:
    """Return two observations of each round: lodged, and later decided."""
    count = appeals.of.size
    twice = np.tile(np.arange(count), 2)
    is_decided = np.arange(2 * count) >= count
    of = appeals.of[twice]
    decided = np.where(is_decided, appeals.decided_at[twice], -1)
    pending = _RESULTS.index(AppealResult.PENDING)
    return columns.observations(
        "appeal",
        {
            "appeal_id": columns.ids("a", first_number + twice),
            "penalty_id": columns.ids("p", appealable.penalty[of]),
            "creator_id": creator_ids(appealable.creator[of]),
            "market": columns.text(markets, appealable.market[of]),
            "round": columns.whole(appeals.round[twice]),
            "channel": columns.text(_CHANNELS, appeals.channel[twice]),
            "submitted_at": columns.instants(appeals.submitted_at[twice]),
            "text_language": columns.text(tongues.languages, appealable.language[of]),
            "decided_at": columns.instants(decided),
            "result": columns.text(
                _RESULTS, np.where(is_decided, appeals.result[twice], pending)
            ),
            "reason": columns.text(
                _REASONS, np.where(is_decided, appeals.reason[twice], -1)
            ),
            "reviewer_actor": columns.text(
                ACTORS, np.where(is_decided, appeals.actor[twice], -1)
            ),
            "is_reopened": columns.flags(np.zeros(2 * count, dtype=np.bool_)),
        },
        known_at=np.where(is_decided, decided, appeals.submitted_at[twice]),
    )
