"""The watch-list and its log, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.models import Scoped
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.patrol.models import Sighting, Watched
from atalaia.domain.patrol_codes import WatchKind, WatchReason

__all__ = [
    "LOG_DAYS",
    "Log",
    "LogRow",
    "MarketCount",
    "WatchList",
    "WatchRow",
    "no_longer_watched",
    "seen_lately",
    "watch_list",
]

Row = TypeVar("Row", bound=Scoped)
SEE = Right.SEE_PATROL
MOST = 200
LOG_DAYS = 7
MOST_LOGGED = 500
URGENT = frozenset({WatchReason.PERSON_AT_RISK, WatchReason.POSSIBLE_MINOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRow:
    """One line of the list.

    Attributes:
        seen_at: None where nobody has looked yet.
        ended_by: who took it off; "" where it stands, or its last day has passed.
    """

    key: int
    market: str
    kind: WatchKind
    subject_id: str
    reason: WatchReason
    note: str
    every_hours: int
    until: date
    added_at: datetime
    added_by: str
    due_at: datetime
    seen_at: datetime | None
    seen_by: str
    ended_at: datetime | None
    ended_by: str
    lapses_at: datetime

    @property
    def tone(self) -> str:
        """How loud its reason looks."""
        return "warning" if self.reason in URGENT else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """What stands on the list, least recently seen first.

    Attributes:
        due, later: what has to be seen now, and what was seen not long ago.
        more_n: lines that the page leaves out.
    """

    due: tuple[WatchRow, ...]
    later: tuple[WatchRow, ...]
    more_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One sighting."""

    market: str
    kind: WatchKind
    subject_id: str
    reason: WatchReason
    seen_at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketCount:
    """How a market was patrolled.

    Attributes:
        seen_n, subjects_n, people_n: sightings, what was seen, and by how many.
        watched_n, due_n: what stands on its list now, and what is due of it.
    """

    market: str
    seen_n: int
    subjects_n: int
    people_n: int
    watched_n: int
    due_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What was seen in the last days, the newest first; the erased only count."""

    counts: tuple[MarketCount, ...]
    rows: tuple[LogRow, ...]
    more_n: int


def watch_list(*, by: Actor, now: datetime, markets: Iterable[str] = ()) -> WatchList:
    """Return what stands on the list; of some markets, where they are named."""
    rows = _standing(_of(Watched, markets, by=by), now=now)
    ordered = rows.order_by(F("seen_at").asc(nulls_first=True), "due_at", "pk")
    shown = [_row(each) for each in ordered[:MOST]]
    more_n = rows.count() - MOST if len(shown) == MOST else 0
    return WatchList(
        due=tuple(each for each in shown if each.due_at <= now),
        later=tuple(each for each in shown if each.due_at > now),
        more_n=more_n,
    )


def no_longer_watched(
    *, by: Actor, now: datetime, markets: Iterable[str] = ()
) -> tuple[WatchRow, ...]:
    """Return what was taken off or has lapsed, the newest first."""
    is_over = Q(ended_at__isnull=False) | Q(lapses_at__lte=now)
    rows = _of(Watched, markets, by=by).filter(is_over).exclude(subject_id="")
    return tuple(_row(each) for each in rows.order_by("-lapses_at", "-pk")[:MOST])


def seen_lately(*, by: Actor, now: datetime, markets: Iterable[str] = ()) -> Log:
    """Return what was seen in the last seven days, with a count for each market."""
    since = now - timedelta(days=LOG_DAYS)
    rows = _of(Sighting, markets, by=by).filter(seen_at__gt=since)
    named = rows.exclude(watched__subject_id="").select_related("watched")
    newest = named.order_by("-seen_at", "-pk")[:MOST_LOGGED]
    shown = tuple(_logged(each) for each in newest)
    more_n = named.count() - MOST_LOGGED if len(shown) == MOST_LOGGED else 0
    standing = _standing(_of(Watched, markets, by=by), now=now)
    return Log(counts=_counts(rows, standing, now=now), rows=shown, more_n=more_n)


def _of(model: type[Row], markets: Iterable[str], *, by: Actor) -> QuerySet[Row]:
    rows = seen(model, by=by, right=SEE)
    wanted = tuple(markets)
    return rows.filter(market__in=wanted) if wanted else rows


def _standing(rows: QuerySet[Watched], *, now: datetime) -> QuerySet[Watched]:
    return rows.filter(ended_at__isnull=True, lapses_at__gt=now)


def _counts(
    rows: QuerySet[Sighting], standing: QuerySet[Watched], *, now: datetime
) -> tuple[MarketCount, ...]:
    looked = rows.values("market").annotate(
        seen_n=Count("pk"),
        subjects_n=Count("watched", distinct=True),
        people_n=Count("by_key", distinct=True),
    )
    stands = standing.values("market").annotate(
        watched_n=Count("pk"), due_n=Count("pk", filter=Q(due_at__lte=now))
    )
    none = dict.fromkeys(("seen_n", "subjects_n", "people_n", "watched_n", "due_n"), 0)
    counted: dict[str, dict[str, Any]] = {}
    for each in (*looked, *stands):
        counted[each["market"]] = {**none, **counted.get(each["market"], {}), **each}
    return tuple(MarketCount(**counted[market]) for market in sorted(counted))


def _row(row: Watched) -> WatchRow:
    return WatchRow(
        **{name: getattr(row, name) for name in PLAIN},
        key=row.pk,
        kind=WatchKind(row.kind),
        reason=WatchReason(row.reason),
    )


def _logged(row: Sighting) -> LogRow:
    return LogRow(
        market=row.market,
        kind=WatchKind(row.watched.kind),
        subject_id=row.watched.subject_id,
        reason=WatchReason(row.watched.reason),
        seen_at=row.seen_at,
        by_name=row.by_name,
    )


PLAIN = (
    "market",
    "subject_id",
    "note",
    "every_hours",
    "until",
    "added_at",
    "added_by",
    "due_at",
    "seen_at",
    "seen_by",
    "ended_at",
    "ended_by",
    "lapses_at",
)
