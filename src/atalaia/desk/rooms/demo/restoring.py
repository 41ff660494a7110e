"""Bulk restores of the demo: a case of overkill asks its like back, and has results."""

from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.restore.answering import take_in_results
from atalaia.desk.casework.restore.asking import ask_restore
from atalaia.desk.casework.restore.lists import TypedDecision, TypedResult
from atalaia.desk.casework.restore.rows import restore_lines
from atalaia.desk.rooms.demo.writing import happens, picked
from atalaia.domain.case_codes import RestoreRefusal, RestoreState
from atalaia.domain.work_codes import RootCause
from atalaia.simulation.proposals import Proposal

__all__ = ["ask_alike", "take_results"]

LEAST = 20
"""Fewer than these are asked back one by one."""
ANSWERED_SHARE, REFUSED_SHARE, LOST_SHARE = 0.85, 0.1, 0.04


def ask_alike(key: str, proposal: Proposal, *, by: Actor, now: datetime) -> bool:
    """Add what the same model did to the same policy; return whether it was asked."""
    if len(proposal.alike) < LEAST or restore_lines(key, by=by):
        return False
    rows = [
        TypedDecision(at=at, decision=decision)
        for at, decision in enumerate(proposal.alike, start=1)
    ]
    cause = RootCause(proposal.root_cause or RootCause.MODEL_THRESHOLD)
    # The facts of the demo come in after its desk was set up.
    ask_restore(key, rows, root_cause=cause, takes_unknown=True, by=by, now=now)
    return True


def take_results(key: str, *, is_accepted: bool, by: Actor, now: datetime) -> None:
    """Take in what central did: most of it where it accepted, nothing of it else."""
    lines = restore_lines(key, by=by, state=RestoreState.ASKED)
    rows = [
        _result(line.decision, at=at) if is_accepted else _stands(line.decision, at=at)
        for at, line in enumerate(lines, start=1)
        if not is_accepted or happens(ANSWERED_SHARE, f"{line.decision} answered")
    ]
    if rows:
        take_in_results(key, rows, by=by, now=now)


def _result(decision: str, *, at: int) -> TypedResult:
    if happens(REFUSED_SHARE, f"{decision} refused"):
        reason = picked((*RestoreRefusal,), decision)
        result, why = RestoreState.REFUSED, str(reason)
    elif happens(LOST_SHARE, f"{decision} lost"):
        result, why = RestoreState.NOT_FOUND, ""
    else:
        result, why = RestoreState.RESTORED, ""
    return TypedResult(at=at, decision=decision, result=result, reason=why)


def _stands(decision: str, *, at: int) -> TypedResult:
    refused, why = RestoreState.REFUSED, RestoreRefusal.DECISION_STANDS
    return TypedResult(at=at, decision=decision, result=refused, reason=why)
