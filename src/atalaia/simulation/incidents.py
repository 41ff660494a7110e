"""Incidents that a plan can plant: what changes, where, from which day and how much."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

from atalaia.domain.codes import Genre, TrafficSource
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.simulation.queues import QUEUES
from atalaia.simulation.vocabulary import Vocabulary, bounded, refuse_repeated

__all__ = [
    "AgencyWave",
    "Incident",
    "ModelRelease",
    "PolicyChange",
    "QueueLeak",
    "TrafficFault",
    "UnreleasedVersionError",
    "read_incidents",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planted:
    """Days count from the world's first day, 0; `lasts_days` days from `starts_day`."""

    id: str
    starts_day: int
    lasts_days: int

    def is_active(self, day: int) -> bool:
        """Whether the incident is at work on a day."""
        return self.starts_day <= day < self.starts_day + self.lasts_days


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRelease(_Planted):
    """A model release scores innocent sessions of one genre in one market too high.

    `score_shift` is in standard deviations of the innocent scores; `share` of the
    innocent sessions of that genre and market are touched.
    """

    market: str
    genre: str
    policy: str
    model: str
    version: str
    score_shift: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeak(_Planted):
    """One queue passes what it should stop: `miss_share` of the violations it sees."""

    queue: str
    miss_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWave(_Planted):
    """Creators of one agency take up a violation in `share` of their sessions.

    `rank` names the agency by its size in the market; 1 is the largest.
    """

    market: str
    rank: int
    policy: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficFault(_Planted):
    """One application version loses impressions: `kept_share` of them remain."""

    app_version: str
    source: str
    kept_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange(_Planted):
    """A new version forbids more: violations x `rate_factor`, and moderators lag.

    For the first `lag_days` they pass `lag_miss_share` of the violations they see.
    """

    policy: str
    market: str
    version: str
    rate_factor: float
    lag_days: int
    lag_miss_share: float

    def is_lagging(self, day: int) -> bool:
        """Whether moderators still judge by the old version on a day."""
        return self.starts_day <= day < self.starts_day + self.lag_days


class UnreleasedVersionError(ReferenceDataError):
    """A fault lies in a version that nobody has yet: it would change nothing."""

    message = (
        "{place}\nThe application version '{version}' comes out on day {day}, "
        "when the incident is over."
    )
    next_step = "Plant it later, or in a version that is out by then."


class _Common(TypedDict):
    id: str
    starts_day: int
    lasts_days: int


Incident = ModelRelease | QueueLeak | AgencyWave | TrafficFault | PolicyChange
_MOST_AGENCIES = 10**6
_COMMON = ("id", "kind", "starts_day", "lasts_days")


def read_incidents(
    entries: tuple[Entry, ...], *, vocabulary: Vocabulary
) -> tuple[Incident, ...]:
    """Read incidents; an unknown name is an error with its nearest."""
    refuse_repeated(entries, field="id")
    found = []
    for entry in entries:
        kind = entry.child("kind").one_of(_READERS, kind="kind of incident")
        found.append(_READERS[kind](entry, vocabulary))
    return tuple(found)


def _model_release(entry: Entry, words: Vocabulary) -> ModelRelease:
    entry.only(*_COMMON, *_own(ModelRelease))
    policy = words.policy(entry.child("policy"))
    # A release of another model than the policy's own would change nothing.
    model = entry.child("model").one_of((words.model_of[policy],), kind="model")
    return ModelRelease(
        **_planted(entry, words),
        market=words.market(entry.child("market")),
        genre=str(entry.choice("genre", Genre)),
        policy=policy,
        model=model,
        version=entry.text("version"),
        score_shift=entry.number("score_shift"),
        share=words.share(entry, "share"),
    )


def _queue_leak(entry: Entry, words: Vocabulary) -> QueueLeak:
    entry.only(*_COMMON, *_own(QueueLeak))
    return QueueLeak(
        **_planted(entry, words),
        queue=entry.child("queue").one_of(QUEUES, kind="queue"),
        miss_share=words.share(entry, "miss_share"),
    )


def _agency_wave(entry: Entry, words: Vocabulary) -> AgencyWave:
    entry.only(*_COMMON, *_own(AgencyWave))
    return AgencyWave(
        **_planted(entry, words),
        market=words.market(entry.child("market")),
        rank=int(bounded(entry, "rank", low=1, high=_MOST_AGENCIES)),
        policy=words.policy(entry.child("policy")),
        share=words.share(entry, "share"),
    )


def _traffic_fault(entry: Entry, words: Vocabulary) -> TrafficFault:
    entry.only(*_COMMON, *_own(TrafficFault))
    planted = _planted(entry, words)
    named = entry.child("app_version")
    version = named.one_of(words.app_versions, kind="application version")
    released = words.app_versions[version]
    if released >= planted["starts_day"] + planted["lasts_days"]:
        raise UnreleasedVersionError(place=named.mark, version=version, day=released)
    return TrafficFault(
        **planted,
        app_version=version,
        source=str(entry.choice("source", TrafficSource)),
        kept_share=words.share(entry, "kept_share"),
    )


def _policy_change(entry: Entry, words: Vocabulary) -> PolicyChange:
    entry.only(*_COMMON, *_own(PolicyChange))
    return PolicyChange(
        **_planted(entry, words),
        policy=words.policy(entry.child("policy")),
        market=words.market(entry.child("market")),
        version=entry.text("version"),
        rate_factor=bounded(entry, "rate_factor", low=0, high=1000),
        lag_days=int(bounded(entry, "lag_days", low=0, high=words.days)),
        lag_miss_share=words.share(entry, "lag_miss_share"),
    )


def _own(kind: type[Incident]) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)


def _planted(entry: Entry, words: Vocabulary) -> _Common:
    return {
        "id": entry.text("id"),
        "starts_day": words.day(entry, "starts_day"),
        "lasts_days": int(bounded(entry, "lasts_days", low=1, high=words.days)),
    }


_READERS: Mapping[str, Callable[[Entry, Vocabulary], Incident]] = MappingProxyType(
    {
        "model_release": _model_release,
        "queue_leak": _queue_leak,
        "agency_wave": _agency_wave,
        "traffic_fault": _traffic_fault,
        "policy_change": _policy_change,
    }
)
