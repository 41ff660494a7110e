"""The watch-list of the demo: creators of the newest cases, most of them seen since."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.rooms.demo.writing import happens, picked
from atalaia.desk.rooms.patrol.watch_actions import NewWatch, say_seen, watch
from atalaia.domain.patrol_codes import WatchKind, WatchReason
from atalaia.domain.work_codes import CaseType
from atalaia.simulation.proposals import Proposal

__all__ = ["watch_some"]

A_MARKET = 4
"""Creators at most that each market watches."""
SEEN_SHARE = 0.6
RHYTHMS, STAYS, AGO = (8, 24, 72), (2, 4, 6), (2, 9, 20)
REASONS: Mapping[CaseType, WatchReason] = {
    CaseType.PENALTY_DISPUTE: WatchReason.BACK_FROM_SUSPENSION,
    CaseType.LEAKAGE: WatchReason.REPORTED_AGAIN,
    CaseType.EMERGENCY: WatchReason.PERSON_AT_RISK,
    CaseType.CREATOR_SUPPORT: WatchReason.ONE_STEP_FROM_SUSPENSION,
}


def watch_some(
    found: Iterable[Proposal],
    *,
    worker: Callable[[str], Actor],
    pseudonym: Callable[[str], str],
    now: datetime,
) -> None:
    """Put the creators of the newest cases on the list, and see most of them.

    Args:
        worker: tells who works on a market.
        pseudonym: tells under which name ingest knows a creator.
    """
    for each in _newest(found):
        by = worker(each.market)
        new = NewWatch(
            market=each.market,
            kind=WatchKind.CREATOR,
            subject_id=pseudonym(each.creator_id),
            reason=REASONS.get(CaseType(each.type), WatchReason.AFTER_CASE),
            every_hours=picked(RHYTHMS, each.case_id),
            until=now.date() + timedelta(days=picked(STAYS, each.case_id)),
        )
        key = watch(new, by=by, now=now - timedelta(days=1))
        if happens(SEEN_SHARE, f"{each.case_id} seen"):
            ago = timedelta(hours=picked(AGO, f"{each.case_id} ago"))
            say_seen(key, by=by, now=now - ago)


def _newest(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the newest case of each creator, a few a market."""
    named = sorted((p for p in found if p.creator_id), key=lambda p: p.opened_at)
    latest = {each.creator_id: each for each in named}
    newest_first = sorted(latest.values(), key=lambda p: p.opened_at, reverse=True)
    by_market = sorted(newest_first, key=lambda p: p.market)
    for _, theirs in groupby(by_market, key=lambda p: p.market):
        yield from list(theirs)[:A_MARKET]
