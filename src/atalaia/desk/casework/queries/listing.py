"""Lists of cases, a page at a time, in an order that new cases do not upset."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Q, QuerySet

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries.filters import CaseFilters, narrowed
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of
from atalaia.domain.work_codes import CasePriority

__all__ = ["CasePage", "Sort", "case_count", "case_with_key", "cases"]

PAGE = 50
LARGEST_PAGE = 500
LARGEST_ID = 2**63


class Sort(StrEnum):
    """The order of a list; the id settles equals."""

    DUE = "due"
    ANSWER_DUE = "answer_due"
    PRIORITY = "priority"
    OPENED = "opened"
    CHANGED = "changed"


ORDERS: Mapping[Sort, tuple[str, ...]] = MappingProxyType(
    {
        Sort.DUE: ("resolve_due_at", "id"),
        Sort.ANSWER_DUE: ("answer_due_at", "id"),
        Sort.PRIORITY: ("priority", "resolve_due_at", "id"),
        Sort.OPENED: ("-opened_at", "-id"),
        Sort.CHANGED: ("-changed_at", "-id"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of cases; `after` asks for the next one, "" at the end."""

    rows: tuple[CaseRow, ...]
    after: str


def cases(
    filters: CaseFilters,
    *,
    by: Actor,
    now: datetime,
    sort: Sort = Sort.PRIORITY,
    after: str = "",
    size: int = PAGE,
    right: Right = Right.SEE_CASES,
) -> CasePage:
    """Return the cases that somebody sees, narrowed and in order.

    Raises:
        UnknownFilterError: `after` is not what an earlier page gave.
    """
    order = ORDERS[sort]
    rows = _narrowed(filters, by=by, now=now, right=right)
    if sort is Sort.ANSWER_DUE:
        rows = rows.filter(answer_due_at__isnull=False)
    if after:
        rows = rows.filter(_beyond(order, _read(after, order)))
    size = min(size, LARGEST_PAGE)
    found = list(for_rows(rows).order_by(*order)[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    return CasePage(
        rows=tuple(row_of(case, now=now) for case in found),
        after=_token(found[-1], order) if has_more else "",
    )


def case_with_key(key: str, *, by: Actor, now: datetime) -> CaseRow:
    """Return one case as a line; raises NotFoundError where it is not theirs to see."""
    return row_of(found(Case, key, by=by, right=Right.SEE_CASES), now=now)


def case_count(
    filters: CaseFilters, *, by: Actor, now: datetime, right: Right = Right.SEE_CASES
) -> int:
    """Return how many cases somebody sees under the filters."""
    return _narrowed(filters, by=by, now=now, right=right).count()


def _narrowed(
    filters: CaseFilters, *, by: Actor, now: datetime, right: Right
) -> QuerySet[Case]:
    return seen(Case, by=by, right=right).filter(narrowed(filters, by=by, now=now))


def _token(case: Case, order: tuple[str, ...]) -> str:
    values = [getattr(case, name.lstrip("-")) for name in order]
    plain = [
        each.isoformat() if isinstance(each, datetime) else each for each in values
    ]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _read(token: str, order: tuple[str, ...]) -> list[object]:
    """Return the values after which a page begins; raises UnknownFilterError."""
    try:
        plain = list(json.loads(base64.urlsafe_b64decode(token.encode())))
        return [
            _value(each, name=name) for each, name in zip(plain, order, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise UnknownFilterError(value=token, filter="after", nearest=()) from None


def _value(plain: object, *, name: str) -> object:
    if name.endswith("_at"):
        moment = datetime.fromisoformat(str(plain))
        if moment.tzinfo is None:
            raise ValueError(plain)
        return moment.astimezone(UTC)
    if name == "priority":
        return CasePriority(str(plain))
    number = int(str(plain))
    if not 0 <= number < LARGEST_ID:
        raise ValueError(plain)
    return number


def _beyond(order: tuple[str, ...], values: list[object]) -> Q:
    """Return the condition that a row comes after the one with these values."""
    rows, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        is_after = "lt" if name.startswith("-") else "gt"
        rows |= equal & Q(**{f"{field}__{is_after}": value})
        equal &= Q(**{field: value})
    return rows
