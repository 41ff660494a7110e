"""Who talked to somebody and when, as a row of the list shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.talk_record import Subject, TalkedTo
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["WINDOW", "Queue", "TalkCell", "is_settled", "queue", "talk_cell"]

WINDOW = timedelta(days=7)
"""The team's week, from review to review: who was talked to in it waits below."""
Row = TypeVar("Row")
Shown = TypeVar("Shown")
MINUTE, HOUR, DAY = 1 / 60, 1, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkCell:
    """What a row says of talks, and what can be pressed there.

    Attributes:
        said: who talked to them and how long ago; "" where nobody did.
        undo: the talk that the reader can take back; 0 for none.
        can_log: whether the reader can write down that they talked to them.
    """

    subject: Subject
    told: TalkedTo | None
    said: str
    moment: str
    undo: int
    can_log: bool

    @property
    def known_n(self) -> int:
        """How many talks the reader knows of."""
        return self.told.number if self.told else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Generic[Row]):
    """Whom to talk to, and below them whom somebody talked to."""

    waiting: tuple[Row, ...]
    settled: tuple[Row, ...]

    @property
    def all(self) -> tuple[Row, ...]:
        """Everybody, in the order of the page."""
        return (*self.waiting, *self.settled)

    def each(self, shown: Callable[[Row], Shown]) -> "Queue[Shown]":
        """Return the same with every row as it is shown."""
        return Queue(
            waiting=tuple(map(shown, self.waiting)),
            settled=tuple(map(shown, self.settled)),
        )


def is_settled(told: TalkedTo | None, *, now: datetime, after: datetime | None) -> bool:
    """Whether somebody talked to them in the last week, and after their last strike."""
    if told is None or told.at <= now - WINDOW:
        return False
    return after is None or told.at >= after


def queue(
    rows: Iterable[tuple[Row, TalkedTo | None, bool]], *, most: int
) -> Queue[Row]:
    """Return the first of those who wait, in order, and of those settled as many.

    Args:
        rows: each with the newest talk, and whether that settles it.
    """
    all_of_them = tuple(rows)
    waiting = tuple(row for row, _, is_done in all_of_them if not is_done)
    done = [(told, row) for row, told, is_done in all_of_them if is_done and told]
    done.sort(key=lambda pair: pair[0].at, reverse=True)
    return Queue(waiting=waiting[:most], settled=tuple(row for _, row in done[:most]))


def talk_cell(
    subject: Subject, told: TalkedTo | None, *, look: Visit, zone: str
) -> TalkCell:
    """Put the newest talk with somebody into the reader's words."""
    request = look.request
    may = request.by.may(Right.TALK_TO_CREATORS, market=subject.market)
    return TalkCell(
        subject=subject,
        told=told,
        said=_said(told, now=request.now, words=request.words, voice=request.voice),
        moment=request.voice.moment(told.at, zone) if told else "",
        undo=told.key if told and told.is_own and may else 0,
        can_log=may,
    )


def _said(
    told: TalkedTo | None, *, now: datetime, words: Translator, voice: Voice
) -> str:
    if told is None:
        return ""
    hours = (now - told.at) / timedelta(hours=1)
    if hours < MINUTE:
        return words.text("Talked to just now, {name}", name=told.by_name)
    unit = next(each for each in (DAY, HOUR, MINUTE) if hours >= each)
    time = voice.duration(hours // unit * unit)
    return words.text("Talked to {time} ago, {name}", time=time, name=told.by_name)
