"""What the region owes, what central owes, and who holds what for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Case as CaseOf
from django.db.models import Count, F, Min, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries.clock_states import CENTRAL, REGIONAL
from atalaia.desk.casework.queries.heaps import HEAPS, HeapName, answers_ahead
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.domain.case_codes import ClockState

__all__ = [
    "Ageing",
    "Chase",
    "Heap",
    "ageing_by_owner",
    "chase_list",
    "due_ahead",
    "owed",
    "waits_with",
]

SHOWN = 5
CHASED = 50
SILENT_FIRST = ("answer_due_at", "opened_at", "id")
ORDERS: Mapping[HeapName, str] = MappingProxyType(
    {
        HeapName.URGENT: "priority",
        HeapName.BREACHING: "resolve_due_at",
        HeapName.LATE: "resolve_due_at",
        HeapName.FIXES: "fix_due_on",
        HeapName.CENTRAL_DUE: "answer_due_at",
        HeapName.CENTRAL_SILENT: "answer_due_at",
    }
)
"""What comes first in each heap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """How many cases there are of a kind, and the most pressing of them."""

    count: int
    first: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """What one person holds; `owner_id` None is what nobody holds."""

    owner_id: int | None
    owner_name: str
    open_n: int
    late_n: int
    due_soon_n: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """What waits with one person of a central team; "" where nobody took it up.

    `rows` are the most pressing; the numbers are of all.
    """

    team: str
    central_owner: str
    waiting_n: int
    silent_n: int
    oldest_at: datetime
    rows: tuple[CaseRow, ...]


def owed(*, by: Actor, now: datetime, shown: int = SHOWN) -> Mapping[HeapName, Heap]:
    """Return what is owed at a moment in the markets that somebody sees.

    Late is past the deadline; due lies within the four hours ahead. A fix that was
    promised is owed from the day on which it is due to be checked.
    """
    rows = seen(Case, by=by, right=Right.SEE_CASES)
    return {
        name: _heap(rows.filter(HEAPS[name](now)), order=order, now=now, shown=shown)
        for name, order in ORDERS.items()
    }


def due_ahead(*, by: Actor, now: datetime, shown: int = SHOWN) -> Heap:
    """Return the cases with a deadline in the next 72 hours, the soonest first."""
    due_at = CaseOf(
        When(answers_ahead(now), then=F("answer_due_at")), default=F("resolve_due_at")
    )
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(HEAPS[HeapName.AHEAD](now))
    return _heap(rows.annotate(due_at=due_at), order="due_at", now=now, shown=shown)


def ageing_by_owner(*, by: Actor, now: datetime) -> tuple[Ageing, ...]:
    """Return what each person holds, the most late first."""
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(is_open=True)
    grouped = rows.values("owner_id", holder=F("owner__name")).annotate(
        open_n=Count("id"),
        late_n=Count("id", filter=REGIONAL[ClockState.BREACHED](now)),
        due_soon_n=Count("id", filter=REGIONAL[ClockState.DUE_SOON](now)),
        oldest_at=Min("opened_at"),
    )
    return tuple(
        Ageing(
            owner_id=row["owner_id"],
            owner_name=row["holder"] or "",
            open_n=row["open_n"],
            late_n=row["late_n"],
            due_soon_n=row["due_soon_n"],
            oldest_at=row["oldest_at"],
        )
        for row in grouped.order_by("-late_n", "-open_n", "owner_id")
    )


def waits_with(team: str, central_owner: str, *, by: Actor) -> tuple[str, ...]:
    """Return every case that waits with one person of a team, the most silent first."""
    rows = _asked(by).filter(sent_to=team, central_owner=central_owner)
    return tuple(rows.order_by(*SILENT_FIRST).values_list("key", flat=True))


def chase_list(*, by: Actor, now: datetime, shown: int = CHASED) -> tuple[Chase, ...]:
    """Return what waits with central by team and person, the most silent first.

    Args:
        shown: the most rows of one person; the numbers are of all that wait.
    """
    rows = _asked(by)
    holder = ("sent_to", "central_owner")
    place = Window(RowNumber(), partition_by=holder, order_by=SILENT_FIRST)
    first: dict[tuple[str, str], list[CaseRow]] = {}
    pressing = for_rows(rows).annotate(place=place).filter(place__lte=shown)
    for case in pressing.order_by(*holder, "place"):
        row = row_of(case, now=now)
        first.setdefault((case.sent_to, case.central_owner), []).append(row)
    counted = rows.values(*holder).annotate(
        waiting_n=Count("id"),
        silent_n=Count("id", filter=CENTRAL[ClockState.BREACHED](now)),
        oldest_at=Min("opened_at"),
    )
    return tuple(
        Chase(
            team=each["sent_to"],
            central_owner=each["central_owner"],
            waiting_n=each["waiting_n"],
            silent_n=each["silent_n"],
            oldest_at=each["oldest_at"],
            rows=tuple(first.get((each["sent_to"], each["central_owner"]), ())),
        )
        for each in counted.order_by("-silent_n", "-waiting_n", *holder)
    )


def _asked(by: Actor) -> QuerySet[Case]:
    """Return the cases that somebody sees and central has not answered."""
    asked = Q(is_open=True, state__in=IN_CENTRAL, answered_at=None)
    return seen(Case, by=by, right=Right.SEE_CASES).filter(asked)


def _heap(rows: QuerySet[Case], *, order: str, now: datetime, shown: int) -> Heap:
    first = for_rows(rows).order_by(order, "priority", "id")[:shown]
    return Heap(
        count=rows.count(), first=tuple(row_of(case, now=now) for case in first)
    )
