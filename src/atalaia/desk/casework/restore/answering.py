"""Take in what became of each decision that a case asked central to undo."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db import transaction

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.models import Case, RestoreRow
from atalaia.desk.casework.restore.checking import RowOutcome, is_id
from atalaia.desk.casework.restore.errors import (
    AnsweredBeforeError,
    DisagreeingResultsError,
    NoResultsError,
    ReasonMissingError,
    StrayReasonError,
    UnknownResultError,
    UnlistedDecisionError,
    UnsentDecisionError,
)
from atalaia.desk.casework.restore.lists import TypedResult
from atalaia.desk.casework.restore.words import RESULTS, reason_of, result_of
from atalaia.desk.casework.turn import turn_at
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import RestoreRefusal, RestoreState
from atalaia.domain.errors import AtalaiaError

__all__ = ["take_in_results"]

Told = tuple[RestoreState, RestoreRefusal | None]


def take_in_results(
    key: str,
    rows: Sequence[TypedResult],
    *,
    by: Actor,
    now: datetime,
    replaces: bool = False,
) -> tuple[RowOutcome, ...]:
    """Write down what became of each decision; the same list again changes nothing.

    A row that is refused costs its neighbours nothing. Results come days after the
    answer, so that they are taken in for cases that are decided or closed as well.

    Args:
        replaces: whether a result that was taken in before gives way to another.

    Raises:
        NoResultsError: no row says anything.
        NotFoundError: the case is not theirs to work on.
    """
    if not rows:
        raise NoResultsError
    right = Right.WORK_CASES
    with transaction.atomic():
        case = locked(Case, key, by=by, right=right)
        held = _held(case, {each.decision for each in rows if is_id(each.decision)})
        listing = _Listing(case=case, held=held, said=_said(rows), replaces=replaces)
        outcomes = _each_once(listing.outcome(row) for row in rows)
        saved = (each.decision for each in outcomes if each.fate is Fate.SAVED)
        new = {decision: _only(listing.said[decision]) for decision in saved}
        if new:
            with turn_at(
                "case.answer_restore", key, by=by, right=right, now=now
            ) as turn:
                _write(turn.case, new, now=now)
                turn.said["results"] = new
    return outcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """A list of results beside the case that they are for."""

    case: Case
    held: Mapping[str, RestoreRow]
    said: Mapping[str, Collection[Told]]
    replaces: bool

    def outcome(self, row: TypedResult) -> RowOutcome:
        """Return what becomes of one row."""
        shown = row.decision[:80]
        try:
            is_new = self._is_new(row)
        except AtalaiaError as error:
            return RowOutcome(at=row.at, decision=shown, fate=Fate.REFUSED, error=error)
        fate = Fate.SAVED if is_new else Fate.UNCHANGED
        return RowOutcome(at=row.at, decision=shown, fate=fate)

    def _is_new(self, row: TypedResult) -> bool:
        held = self.held.get(row.decision)
        if held is None or row.case not in ("", self.case.key):
            raise UnlistedDecisionError(case=self.case.key)
        sent_at = self.case.submitted_at
        if sent_at is None or held.added_at > sent_at:
            raise UnsentDecisionError
        told = _told(row)
        if len(self.said[row.decision]) > 1:
            raise DisagreeingResultsError
        before = (held.state, held.reason)
        if before == (told[0], told[1] or ""):
            return False
        if held.state != RestoreState.ASKED and not self.replaces:
            name = trade().reference.names.of(RestoreState(held.state))
            raise AnsweredBeforeError(result=name)
        return True


def _each_once(outcomes: Iterable[RowOutcome]) -> tuple[RowOutcome, ...]:
    """Let rows that say the same of one decision answer it once."""
    done: set[str] = set()
    told = []
    for each in outcomes:
        is_again = each.fate is Fate.SAVED and each.decision in done
        told.append(replace(each, fate=Fate.UNCHANGED) if is_again else each)
        done.add(each.decision)
    return tuple(told)


def _held(case: Case, decisions: Collection[str]) -> dict[str, RestoreRow]:
    rows = RestoreRow.objects.filter(case=case, decision_id__in=decisions)
    return {row.decision_id: row for row in rows}


def _said(rows: Sequence[TypedResult]) -> dict[str, set[Told]]:
    """Return what all rows that can be read say of each decision."""
    said: dict[str, set[Told]] = {}
    for row in rows:
        try:
            said.setdefault(row.decision, set()).add(_told(row))
        except AtalaiaError:
            continue
    return said


def _told(row: TypedResult) -> Told:
    names = trade().reference.names
    state = result_of(row.result)
    if state is None:
        known = [names.of(each) for each in RESULTS]
        raise UnknownResultError(result=row.result[:40], known=known)
    if state is not RestoreState.REFUSED:
        if row.reason:
            raise StrayReasonError(result=names.of(state))
        return state, None
    reason = reason_of(row.reason)
    if reason is None:
        raise ReasonMissingError(known=[names.of(each) for each in RestoreRefusal])
    return state, reason


def _only(told: Collection[Told]) -> Told:
    (one,) = told
    return one


def _write(case: Case, results: Mapping[str, Told], *, now: datetime) -> None:
    """Save the results, one statement for each kind of them."""

    def kind(decision: str) -> tuple[str, str]:
        state, reason = results[decision]
        return state, reason or ""

    for (state, reason), decisions in groupby(sorted(results, key=kind), key=kind):
        RestoreRow.objects.filter(case=case, decision_id__in=list(decisions)).update(
            state=state, reason=reason, answered_at=now
        )
