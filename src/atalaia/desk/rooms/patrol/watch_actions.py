"""Put somebody on the watch-list, say that they were seen, take them off."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from atalaia.desk.accounts.access import found, locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.rooms.patrol.errors import (
    AlreadyWatchedError,
    EndedWatchError,
    NoPseudonymError,
    NotLastSightingError,
    WrongDayError,
    WrongSessionError,
)
from atalaia.desk.rooms.patrol.models import Sighting, Watched
from atalaia.desk.shell.trade import trade
from atalaia.domain.clocks import end_of_day, local_date
from atalaia.domain.patrol_codes import WatchKind, WatchReason
from atalaia.warehouse.pseudonyms import PSEUDONYM, PersonKind

__all__ = [
    "LONGEST_DAYS",
    "RHYTHMS",
    "NewWatch",
    "put_back",
    "say_seen",
    "take_off",
    "unsay_seen",
    "watch",
]

WORK = Right.WORK_CASES
RHYTHMS = (4, 8, 24, 72, 168)
"""Hours after which something is to be seen again."""
LONGEST_DAYS = 90
CREATOR = re.compile(f"(?={PersonKind.CREATOR}_){PSEUDONYM}")
SESSION = re.compile(r"[\w.:/-]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWatch:
    """What somebody wants looked at.

    Attributes:
        every_hours: how often it has to be seen.
        until: its last day, in its market.
    """

    market: str
    kind: WatchKind
    subject_id: str
    reason: WatchReason
    every_hours: int
    until: date
    note: str = ""


def watch(
    told: NewWatch,
    *,
    by: Actor,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> int:
    """Put a creator or a session on the watch-list; return its key.

    Raises:
        ForbiddenError: they do not work on the market.
        NoPseudonymError, WrongSessionError, WrongDayError: a value cannot be so.
        PersonalDataError: the note holds personal data.
        AlreadyWatchedError: it is there.
    """
    market = trade().reference.markets.of(told.market)
    by.must(WORK, market=market.code)
    _must_be_an_id(told)
    today = local_date(now, zone=market.principal_zone)
    if not today <= told.until <= today + timedelta(days=LONGEST_DAYS):
        raise WrongDayError(days=LONGEST_DAYS)
    note = screened(told.note, personal_data=personal_data)
    row = Watched(
        **{name: getattr(told, name) for name in NewWatch.__slots__ if name != "note"},
        note=note,
        lapses_at=end_of_day(told.until, zones=(market.principal_zone,)),
        added_at=now,
        added_by=by.name,
        due_at=now,
    )
    with acting("watch.add", by=by, right=WORK, now=now) as deed:
        _end_lapsed(row, now=now)
        _enter(row)
        deed.did(row, subject=_subject(row), content={"reason": row.reason, "n": note})
    return int(row.pk)


def say_seen(key: int, *, by: Actor, now: datetime) -> int:
    """Say that it was seen and clean; return the sighting's key.

    Raises:
        NotFoundError: it is not theirs to see.
        EndedWatchError: it is not on the list any more.
    """
    with acting("watch.seen", by=by, right=WORK, now=now) as deed:
        row = _standing(key, by=by, now=now)
        sighting = Sighting.objects.create(
            watched=row, market=row.market, seen_at=now, by_key=by.key, by_name=by.name
        )
        _follow(row, sighting)
        deed.did(row, subject=_subject(row), content={"sighting": sighting.pk})
    return int(sighting.pk)


def unsay_seen(sighting: int, *, by: Actor, now: datetime) -> None:
    """Take one's own newest sighting back.

    Raises:
        NotFoundError: it is not theirs to see, or gone.
        NotLastSightingError: it is somebody else's, or somebody looked since.
    """
    with acting("watch.unseen", by=by, right=WORK, now=now) as deed:
        said = found(Sighting, sighting, by=by, right=WORK)
        row = locked(Watched, said.watched_id, by=by, right=WORK)
        newest = row.sightings.order_by("-seen_at", "-pk").first()
        if newest != said or said.by_key != by.key:
            raise NotLastSightingError
        said.delete()
        _follow(row, row.sightings.order_by("-seen_at", "-pk").first())
        deed.did(row, subject=_subject(row), content={"taken_back": sighting})


def take_off(key: int, *, by: Actor, now: datetime) -> None:
    """Take it off the list; raises NotFoundError, EndedWatchError."""
    with acting("watch.take_off", by=by, right=WORK, now=now) as deed:
        row = _standing(key, by=by, now=now)
        row.ended_at, row.ended_by = now, by.name
        row.save()
        deed.did(row, subject=_subject(row), content={"ended": True})


def put_back(key: int, *, by: Actor, now: datetime) -> None:
    """Put back what was taken off.

    Raises:
        NotFoundError: it is not theirs to see.
        EndedWatchError: its last day has passed, or whom it was about is erased.
        AlreadyWatchedError: it was added anew meanwhile.
    """
    with acting("watch.put_back", by=by, right=WORK, now=now) as deed:
        row = locked(Watched, key, by=by, right=WORK)
        if row.lapses_at <= now or not row.subject_id:
            raise EndedWatchError
        _end_lapsed(row, now=now)
        row.ended_at, row.ended_by = None, ""
        _enter(row)
        deed.did(row, subject=_subject(row), content={"ended": False})


def _standing(key: int, *, by: Actor, now: datetime) -> Watched:
    row = locked(Watched, key, by=by, right=WORK)
    if row.ended_at is not None or row.lapses_at <= now:
        raise EndedWatchError
    return row


def _follow(row: Watched, newest: Sighting | None) -> None:
    """Let a row repeat its newest sighting, and be due when that has grown old."""
    row.seen_at = newest.seen_at if newest else None
    row.seen_by = newest.by_name if newest else ""
    wait = timedelta(hours=row.every_hours)
    row.due_at = newest.seen_at + wait if newest else row.added_at
    row.save()


def _end_lapsed(row: Watched, *, now: datetime) -> None:
    """End the line whose last day has passed, so that a new one can stand."""
    _twins(row).filter(lapses_at__lte=now).update(ended_at=now)


def _twins(row: Watched) -> QuerySet[Watched]:
    """Return the lines of the list about the same, in the same market."""
    same = {name: getattr(row, name) for name in ("market", "kind", "subject_id")}
    return Watched.objects.filter(**same, ended_at__isnull=True)


def _enter(row: Watched) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        twin = _twins(row).get()
        raise AlreadyWatchedError(subject=row.subject_id, name=twin.added_by) from None


def _must_be_an_id(told: NewWatch) -> None:
    is_creator = told.kind is WatchKind.CREATOR
    if is_creator and not CREATOR.fullmatch(told.subject_id):
        raise NoPseudonymError
    if not SESSION.fullmatch(told.subject_id):
        raise WrongSessionError
    screened(told.subject_id, personal_data=PersonalData.REFUSE)


def _subject(row: Watched) -> str:
    """Return whom the trail's entry is about: a creator; nobody for a session."""
    return row.subject_id if row.kind == WatchKind.CREATOR else ""
