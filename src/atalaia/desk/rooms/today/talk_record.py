"""The record of whom somebody talked to: read it, add to it, take the newest back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from atalaia.desk.accounts.access import locked, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.rooms.today.errors import NotOwnNewestTalkError, TalkedMeanwhileError
from atalaia.desk.rooms.today.models import Talk

__all__ = ["Subject", "TalkedTo", "log_talk", "newest_talks", "take_talk_back"]

SEE, WRITE = Right.SEE_FIGURES, Right.TALK_TO_CREATORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom somebody talks to in a market: one creator, or one agency."""

    market: str
    creator: str = ""
    agency: str = ""

    @property
    def key(self) -> str:
        """What the list names them by."""
        return self.creator or self.agency


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkedTo:
    """The newest talk with somebody.

    Attributes:
        number: how many there were, itself among them.
        is_own: whether the reader wrote it down, and can take it back.
    """

    key: int
    number: int
    at: datetime
    by_name: str
    is_own: bool


def newest_talks(
    subjects: Iterable[Subject], *, by: Actor
) -> Mapping[Subject, TalkedTo]:
    """Return the newest talk with each of them, as far as somebody sees talks."""
    asked = tuple(subjects)
    creators = {each.creator for each in asked if each.creator}
    agencies = {each.agency for each in asked if each.agency}
    rows = seen(Talk, by=by, right=SEE).filter(
        Q(creator_id__in=creators) | Q(agency_id__in=agencies)
    )
    # The last of a subject's rows stays.
    return {_subject(row): _told(row, by=by) for row in rows.order_by("number")}


def log_talk(subject: Subject, *, known_n: int, by: Actor, now: datetime) -> TalkedTo:
    """Write down that somebody was talked to.

    Args:
        known_n: how many talks with them the reader knew of; the same press twice is
            written once.

    Raises:
        ForbiddenError: they talk to nobody in that market.
        TalkedMeanwhileError: somebody else did, which the reader did not know.
    """
    by.must(WRITE, market=subject.market)
    told = _newest(subject)
    if told is not None and told.number > known_n:
        return _twice(told, by=by)
    row = Talk(
        market=subject.market,
        creator_id=subject.creator,
        agency_id=subject.agency,
        number=1 if told is None else told.number + 1,
        at=now,
        by_key=by.key,
        by_name=by.name,
    )
    try:
        with acting("talk.log", by=by, right=WRITE, now=now) as deed:
            row.save()
            content = {"agency": row.agency_id, "number": row.number}
            deed.did(row, subject=row.creator_id, content=content)
    except IntegrityError:
        told = _newest(subject)
        if told is None:
            raise
        return _twice(told, by=by)
    return _told(row, by=by)


def take_talk_back(key: int, *, by: Actor, now: datetime) -> Subject:
    """Delete one's own newest talk with somebody; return with whom.

    Raises:
        ForbiddenError: they talk to nobody.
        NotFoundError: it is not theirs to see, or gone.
        NotOwnNewestTalkError: somebody else wrote it down, or another came after it.
    """
    with acting("talk.take_back", by=by, right=WRITE, now=now) as deed:
        row = locked(Talk, key, by=by, right=WRITE)
        subject = _subject(row)
        newest = _newest(subject)
        if row.by_key != by.key or newest is None or newest.pk != row.pk:
            raise NotOwnNewestTalkError
        deed.did(row, subject=row.creator_id, content={"number": row.number})
        row.delete()
    return subject


def _twice(told: Talk, *, by: Actor) -> TalkedTo:
    if told.by_key != by.key:
        key = _subject(told).key
        raise TalkedMeanwhileError(name=told.by_name, key=key)
    return _told(told, by=by)


def _newest(subject: Subject) -> Talk | None:
    return _with(subject).order_by("-number").first()


def _with(subject: Subject) -> QuerySet[Talk]:
    return Talk.objects.filter(
        market=subject.market, creator_id=subject.creator, agency_id=subject.agency
    )


def _subject(row: Talk) -> Subject:
    return Subject(market=row.market, creator=row.creator_id, agency=row.agency_id)


def _told(row: Talk, *, by: Actor) -> TalkedTo:
    return TalkedTo(
        key=row.pk,
        number=row.number,
        at=row.at,
        by_name=row.by_name,
        is_own=row.by_key == by.key,
    )
