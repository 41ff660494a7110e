"""Bulk restores for the tests of them."""

from datetime import timedelta
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.actions import submit
from atalaia.desk.casework.restore.answering import take_in_results
from atalaia.desk.casework.restore.asking import ask_restore
from atalaia.desk.casework.restore.checking import RowOutcome
from atalaia.desk.casework.restore.lists import TypedDecision, TypedResult
from atalaia.domain.work_codes import RootCause
from desk.a_case import a_triaged_case
from desk.people import NOW

__all__ = ["LATER", "a_sent_restore", "answered", "asked"]

LATER = NOW + timedelta(hours=1)


def asked(key: str, *decisions: str, by: Actor, **told: Any) -> tuple[RowOutcome, ...]:
    """Ask for decisions on a case."""
    rows = [TypedDecision(at=at, decision=d) for at, d in enumerate(decisions, start=1)]
    values = {"root_cause": RootCause.MODEL_THRESHOLD, "now": NOW, **told}
    return ask_restore(key, rows, by=by, **values)


def a_sent_restore(*decisions: str, by: Actor) -> str:
    """Open a case, ask for decisions on it and send it; return its key."""
    key = a_triaged_case(by)
    asked(key, *decisions, by=by)
    submit(key, by=by, now=NOW)
    return key


def answered(
    key: str, *told: tuple[str, ...], by: Actor, **options: Any
) -> tuple[RowOutcome, ...]:
    """Take results in: a decision, its result and a reason each."""
    rows = [
        TypedResult(
            at=at, decision=cells[0], result=cells[1], reason="".join(cells[2:])
        )
        for at, cells in enumerate(told, start=1)
    ]
    return take_in_results(key, rows, by=by, now=LATER, **options)
