"""The next 72 hours: what the calendar holds, and which deadlines fall in them."""

from dataclasses import dataclass
from datetime import date

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import CaseRow, Heap, due_ahead
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.rooms.patrol.rota_queries import rota
from atalaia.desk.rooms.patrol.rota_view import DayShown, rota_shown, rota_text
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.rooms.today.told import case_line
from atalaia.desk.shell.trade import trade
from atalaia.reporting.contents.brief import Happening
from atalaia.reporting.contents.happenings import coming_in

__all__ = ["Ahead", "CaseAhead", "HappeningShown", "ahead"]

SHOWN = 8
DUTY_DAYS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningShown:
    """One day or season of the calendar as it is read.

    Attributes:
        is_begun: whether it had begun before today.
    """

    days: str
    name: str
    kind: str
    markets: str
    is_begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAhead:
    """One case, and whose deadline falls in the time ahead."""

    row: CaseRow
    is_central: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is coming.

    Attributes:
        duties: the days with who is on duty; empty where the rota is not kept.
        cases: None for somebody who sees none.
    """

    happenings: tuple[HappeningShown, ...]
    duties: tuple[DayShown, ...]
    cases: tuple[CaseAhead, ...] | None
    cases_n: int
    more_n: int
    text: str


def ahead(reader: Reader) -> Ahead:
    """Return what the next 72 hours hold in the reader's markets."""
    found = coming_in(trade().reference, markets=reader.markets, now=reader.now)
    happenings = tuple(_shown(each, reader=reader) for each in found)
    cases, count = None, 0
    if reader.by.may(Right.SEE_CASES):
        heap = due_ahead(by=reader.by, now=reader.now, shown=SHOWN)
        cases, count = _cases(heap), heap.count
    duties = _duties(reader)
    return Ahead(
        happenings=happenings,
        duties=duties,
        cases=cases,
        cases_n=count,
        more_n=count - len(cases or ()),
        text=_text(happenings, cases or (), duties, reader=reader),
    )


def _cases(heap: Heap) -> tuple[CaseAhead, ...]:
    return tuple(
        CaseAhead(row=row, is_central=row.state in IN_CENTRAL) for row in heap.first
    )


def _duties(reader: Reader) -> tuple[DayShown, ...]:
    """Return who is on duty today and in the three days after."""
    if not reader.by.may(Right.SEE_PATROL):
        return ()
    days = rota(by=reader.by, now=reader.now, days=DUTY_DAYS)
    shown = rota_shown(days, voice=reader.voice)
    return () if all(day.is_empty for day in shown) else shown


def _shown(event: Happening, *, reader: Reader) -> HappeningShown:
    today = reader.now.date()
    return HappeningShown(
        days=_days(event.start, event.end, reader=reader),
        name=event.name.of(reader.words.language),
        kind=event.kind.of(reader.words.language),
        markets=reader.listed(event.markets),
        is_begun=event.start < today,
    )


def _days(start: date, end: date, *, reader: Reader) -> str:
    if start == end:
        weekday = reader.voice.weekday(start)
        return f"{weekday}, {reader.voice.day_and_month(start)}"
    return reader.voice.days(start, end)


def _text(
    happenings: tuple[HappeningShown, ...],
    cases: tuple[CaseAhead, ...],
    duties: tuple[DayShown, ...],
    *,
    reader: Reader,
) -> str:
    days = [f"- {each.days}: {each.name} ({each.markets})" for each in happenings]
    lines = [
        case_line(each.row, is_central=each.is_central, reader=reader) for each in cases
    ]
    on_duty = [rota_text(duties, words=reader.words)] if duties else []
    return "\n".join([reader.words.text("Next 72 hours"), *days, *lines, *on_duty])
