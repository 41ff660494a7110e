"""I owe, they owe: what has to be done next, heap by heap, for whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.handoff.chasing import reminder
from atalaia.desk.casework.list_view import OWED_MESSAGES
from atalaia.desk.casework.queries import CaseRow, Heap, HeapName, owed
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.rooms.today.told import case_line
from atalaia.desk.shell.trade import trade

__all__ = ["HeapShown", "Owing", "Side", "owing"]

REGION = (HeapName.URGENT, HeapName.BREACHING, HeapName.LATE, HeapName.FIXES)
CENTRAL = (HeapName.CENTRAL_SILENT, HeapName.CENTRAL_DUE)
OF_CENTRAL = frozenset(CENTRAL)
NOTHING_MESSAGES: Mapping[str, str] = {
    "urgent": "No case of P0 or P1 is open.",
    "breaching": "No deadline of the region falls within the next four hours.",
    "late": "No case is past the region's deadline.",
    "fixes": "No promised fix is due to be checked.",
    "central_due": "Nothing is due from central within the next four hours.",
    "central_silent": "Nothing waits with central past its deadline.",
}
"""What an empty heap says: that nothing is owed, and of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case of a heap.

    Attributes:
        reminder: what reminds central of it, where they are past their deadline.
    """

    row: CaseRow
    reminder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeapShown:
    """One heap as it is read.

    Attributes:
        is_central: whether central's clock is the one that counts.
        more_n: cases of the heap beyond the lines.
        text: the heap to paste into a chat.
        reminder: one message for all its lines, where central is to be reminded.
    """

    name: HeapName
    title: str
    nothing: str
    count: int
    more_n: int
    is_central: bool
    lines: tuple[Line, ...]
    text: str
    reminder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Everything that one side owes."""

    key: str
    title: str
    heaps: tuple[HeapShown, ...]

    @property
    def text(self) -> str:
        """The side's heaps to paste into a chat."""
        return "\n\n".join([self.title, *(heap.text for heap in self.heaps)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Both sides, the reader's own first.

    Attributes:
        can_chase: whether the reader may write down that central was reminded.
    """

    sides: tuple[Side, Side]
    can_chase: bool


def owing(reader: Reader) -> Owing | None:
    """Return what both sides owe; None for somebody who sees no cases."""
    if not reader.by.may(Right.SEE_CASES):
        return None
    found = owed(by=reader.by, now=reader.now)
    words = reader.words

    def side(key: str, title: str, names: tuple[HeapName, ...]) -> Side:
        heaps = tuple(_shown(each, found[each], reader=reader) for each in names)
        return Side(key=key, title=title, heaps=heaps)

    if reader.answers:
        mine = side("mine", words.text("I owe"), (HeapName.URGENT, *CENTRAL))
        theirs = (HeapName.BREACHING, HeapName.LATE, HeapName.FIXES)
        other = side("theirs", words.text("The region owes"), theirs)
    else:
        mine = side("mine", words.text("I owe"), REGION)
        other = side("theirs", words.text("Central owes"), CENTRAL)
    can_chase = reader.by.may(Right.WORK_CASES)
    return Owing(sides=(mine, other), can_chase=can_chase)


def _shown(name: HeapName, heap: Heap, *, reader: Reader) -> HeapShown:
    is_central, words = name in OF_CENTRAL, reader.words
    is_silent = name is HeapName.CENTRAL_SILENT
    title, nothing = words.text(OWED_MESSAGES[name]), NOTHING_MESSAGES[name]
    lines = tuple(
        Line(row=row, reminder=_reminder((row,), now=reader.now) if is_silent else "")
        for row in heap.first
    )
    told = [case_line(row, is_central=is_central, reader=reader) for row in heap.first]
    return HeapShown(
        name=name,
        title=title,
        nothing=words.text(nothing),
        count=heap.count,
        more_n=heap.count - len(lines),
        is_central=is_central,
        lines=lines,
        text="\n".join([f"{title}: {reader.voice.number(heap.count)}", *told]),
        reminder=_reminder(heap.first, now=reader.now) if is_silent else "",
    )


def _reminder(rows: tuple[CaseRow, ...], *, now: datetime) -> str:
    """Return the message to central about some cases; to the person, if it is one."""
    names = trade().reference.names
    people = {row.central_owner for row in rows if row.central_owner}
    teams = {names.named("CentralTeam", row.sent_to).en for row in rows if row.sent_to}
    known = people if len(people) == 1 else teams
    to = ", ".join(sorted(known)) or "team"
    return reminder(rows, waiting_n=len(rows), to=to, now=now)
