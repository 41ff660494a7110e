"""Which decisions of a case are whose to see, and how far they have come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from atalaia.desk.accounts.access import found
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case, RestoreRow
from atalaia.desk.casework.sides import CENTRAL, side_of
from atalaia.domain.case_codes import RestoreRefusal, RestoreState

__all__ = [
    "RestoreLine",
    "RestoreTally",
    "restore_lines",
    "restore_tally",
    "tally_of",
    "unsent",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreLine:
    """One decision that a case asks for; `is_sent` once central could read it."""

    decision: str
    session: str
    policy: str
    is_in_facts: bool | None
    state: RestoreState
    reason: RestoreRefusal | None
    is_sent: bool
    added_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTally:
    """How many decisions a case asks for, and what became of them.

    Attributes:
        unsent_n: of those that wait, how many central was not asked for yet.
        refusals: how many were refused for each reason, the most first.
    """

    asked_n: int
    restored_n: int
    reduced_n: int
    refused_n: int
    not_found_n: int
    unsent_n: int
    refusals: tuple[tuple[RestoreRefusal, int], ...]

    @property
    def answered_n(self) -> int:
        """How many have a result."""
        return self.restored_n + self.reduced_n + self.refused_n + self.not_found_n

    @property
    def waiting_n(self) -> int:
        """How many have none."""
        return self.asked_n - self.answered_n

    @property
    def undone_n(self) -> int:
        """How many were restored, or reduced at least."""
        return self.restored_n + self.reduced_n

    @property
    def undone_share(self) -> float:
        """Which part of all that was asked for was restored or reduced."""
        return self.undone_n / self.asked_n if self.asked_n else 0


def unsent(submitted_at: datetime | None) -> Q:
    """Return which rows central has not read: they came after the last sending."""
    waits = Q(state=RestoreState.ASKED)
    return waits if submitted_at is None else waits & Q(added_at__gt=submitted_at)


def restore_tally(key: str, *, by: Actor) -> RestoreTally:
    """Return how far the decisions of a case have come; raises NotFoundError."""
    return tally_of(found(Case, key, by=by, right=Right.SEE_CASES), by=by)


def tally_of(case: Case, *, by: Actor) -> RestoreTally:
    """Return how far the decisions of a case have come, in one query."""
    counted = list(
        _shown(case, by=by)
        .values_list("state", "reason")
        .annotate(n=Count("pk"), unsent_n=Count("pk", filter=unsent(case.submitted_at)))
    )
    by_state = dict.fromkeys(RestoreState, 0)
    for state, _, n, _ in counted:
        by_state[RestoreState(state)] += n
    refusals = [(RestoreRefusal(reason), n) for _, reason, n, _ in counted if reason]
    return RestoreTally(
        asked_n=sum(by_state.values()),
        restored_n=by_state[RestoreState.RESTORED],
        reduced_n=by_state[RestoreState.REDUCED],
        refused_n=by_state[RestoreState.REFUSED],
        not_found_n=by_state[RestoreState.NOT_FOUND],
        unsent_n=sum(each[3] for each in counted),
        refusals=tuple(sorted(refusals, key=lambda each: (-each[1], each[0]))),
    )


def restore_lines(
    key: str,
    *,
    by: Actor,
    state: RestoreState | None = None,
    first: int = 0,
    most: int | None = None,
) -> tuple[RestoreLine, ...]:
    """Return the decisions of a case as they were added; raises NotFoundError.

    Args:
        state: only those that stand so.
        first: how many to leave out before.
        most: how many to return; None for all of them.
    """
    case = found(Case, key, by=by, right=Right.SEE_CASES)
    rows = _shown(case, by=by).order_by("pk")
    rows = rows.filter(state=state) if state else rows
    last = None if most is None else first + most
    return tuple(_line(row, case=case) for row in rows[first:last])


def _shown(case: Case, *, by: Actor) -> QuerySet[RestoreRow]:
    """Return the rows of a case; central is not shown what it was not sent."""
    rows = RestoreRow.objects.filter(case=case)
    if side_of(by, market=case.market) == CENTRAL:
        rows = rows.exclude(unsent(case.submitted_at))
    return rows


def _line(row: RestoreRow, *, case: Case) -> RestoreLine:
    sent_at = case.submitted_at
    return RestoreLine(
        decision=row.decision_id,
        session=row.session_id,
        policy=row.policy_id,
        is_in_facts=row.is_in_facts,
        state=RestoreState(row.state),
        reason=RestoreRefusal(row.reason) if row.reason else None,
        is_sent=sent_at is not None and row.added_at <= sent_at,
        added_at=row.added_at,
        answered_at=row.answered_at,
    )
