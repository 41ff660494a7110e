"""Look decisions up in the facts of somebody's markets, for whoever restores them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.restore.known import KnownDecision
from atalaia.desk.rooms.metrics.answers import the_answers
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope, scope_of
from atalaia.desk.rooms.metrics.visit import StillWorkingError, in_the_end
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.desk.shell.trade import trade
from atalaia.domain.codes import Outcome, PenaltyStatus
from atalaia.metrics.slices import fetched
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["decisions_in_facts"]

Row = Mapping[str, Any]
GONE = frozenset({PenaltyStatus.REVERSED, PenaltyStatus.VOID_TECHNICAL})


def decisions_in_facts(
    ids: Collection[str], *, by: Actor, now: datetime
) -> Mapping[str, KnownDecision] | None:
    """Return those decisions that the facts of somebody's markets hold.

    None where nobody can tell now: there are no facts, they are not theirs to see, or
    to look took longer than anybody waits.
    """
    wanted = tuple(sorted(ids))
    if not wanted:
        return {}
    rights = (Right.SEE_FIGURES, Right.WORK_CASES)
    try:
        scope = scope_of(by, rights=rights, known=trade().reference.markets)
        told = sha256("\n".join(wanted).encode()).hexdigest()
        work = partial(_found, wanted=wanted, scope=scope)
        return in_the_end(the_answers().ask(("decisions", told, scope), work, now=now))
    except (ForbiddenError, NoSnapshotError, NoDayError, StillWorkingError):
        return None


def _found(
    opened: Opened, *, wanted: tuple[str, ...], scope: Scope
) -> Mapping[str, KnownDecision] | None:
    facts = scope.facts(opened.whole)
    if not facts.has_rows("moderation_decision"):
        return None
    rows = facts.table("moderation_decision")
    rows = rows.filter(rows.decision_id.isin(wanted))
    told = rows.select("decision_id", "market", "session_id", "policy_id", "outcome")
    statuses: dict[str, list[str]] = {}
    if facts.has_rows("penalty"):
        imposed = facts.table("penalty")
        imposed = imposed.filter(imposed.decision_id.isin(wanted))
        for row in fetched(imposed.select("decision_id", "status"), facts):
            statuses.setdefault(row["decision_id"], []).append(row["status"])
    return {
        row["decision_id"]: _known(row, statuses.get(row["decision_id"], []))
        for row in fetched(told, facts)
    }


def _known(row: Row, statuses: list[str]) -> KnownDecision:
    return KnownDecision(
        market=row["market"],
        session_id=row["session_id"] or "",
        policy_id=row["policy_id"] or "",
        is_enforced=Outcome(row["outcome"]).is_enforced,
        is_undone=bool(statuses) and GONE.issuperset(statuses),
    )
