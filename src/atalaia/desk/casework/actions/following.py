"""Move an open case to the newer version of its procedure, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.answers import COLUMNS, missing_fields
from atalaia.desk.casework.deadlines import set_regional_clock
from atalaia.desk.casework.errors import SameProcedureError, SentCaseError
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.procedures import procedure_for, procedure_of, sop_key
from atalaia.desk.casework.turn import Saved, Turn, turn_at
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import FieldKind
from atalaia.domain.clocks import local_date
from atalaia.domain.sops import NoProcedureError, Sop, SopField
from atalaia.domain.work_codes import CaseType

__all__ = [
    "answers_under",
    "give_back_procedure",
    "missing_under",
    "newer_procedure",
    "take_up_procedure",
]

ASIDE = "@"
"""Stands in a key between a field and the version that asked for it."""


def newer_procedure(case: Case, *, now: datetime) -> Sop | None:
    """Return what a new case of this type would follow, where this one does not."""
    try:
        newest = procedure_for(CaseType(case.type), day=_day(case, now=now))
    except NoProcedureError:
        return None
    is_same = (newest.id, newest.version) == (case.sop_id, case.sop_version)
    return None if is_same else newest


def missing_under(case: Case, sop: Sop) -> tuple[SopField, ...]:
    """Return what a case would lack under another version of its procedure."""
    before = procedure_of(case.sop_id, case.sop_version)
    answers = answers_under(case.fields, before=before, after=sop)
    seen = Case(fields=answers, **{name: getattr(case, name) for name in COLUMNS})
    return missing_fields(seen, sop=sop)


def take_up_procedure(
    key: str, *, version: int | None = None, by: Actor, now: datetime
) -> Saved:
    """Let an open case follow what is in force for its type now.

    Answers stay where a field has the same key and kind; the others are set aside, so
    that the step can be taken back. Its regional clock follows the new terms.

    Raises:
        StaleCaseError: somebody saved it since it was read.
        ClosedCaseError, SentCaseError: it has ended, or central has it.
        SameProcedureError: it follows what is in force.
    """
    right = Right.WORK_CASES
    with turn_at(
        "case.take_up", key, by=by, right=right, now=now, version=version
    ) as turn:
        newest = newer_procedure(turn.case, now=now)
        if newest is None:
            raise SameProcedureError(case=key)
        before = sop_key(turn.case.sop_id, turn.case.sop_version)
        _follow(turn, newest)
        turn.case.sop_before = before
    return turn.saved


def give_back_procedure(key: str, *, by: Actor, now: datetime) -> Saved:
    """Let a case follow again what it did before it took up a newer version.

    Raises:
        ClosedCaseError, SentCaseError: it has ended, or central has it.
        SameProcedureError: it took up none.
    """
    right = Right.WORK_CASES
    with turn_at("case.give_back_sop", key, by=by, right=right, now=now) as turn:
        before = turn.case.sop_before
        if not before:
            raise SameProcedureError(case=key)
        sop, _, number = before.rpartition(".")
        _follow(turn, procedure_of(sop, number))
        turn.case.sop_before = ""
    return turn.saved


def answers_under(
    answers: Mapping[str, Any], *, before: Sop, after: Sop
) -> dict[str, Any]:
    """Return answers as another version keeps them; what does not fit is set aside."""
    old = {field.key: field for field in before.fields}
    new = {field.key: field for field in after.fields}
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        name, _, version = key.partition(ASIDE)
        if version:
            is_back = version == _name(after)
            kept.setdefault(name if is_back else key, value)
        elif key in new and _fits(value, old=old.get(key), new=new[key]):
            kept[key] = value
        else:
            kept[f"{key}{ASIDE}{_name(before)}"] = value
    return kept


def _follow(turn: Turn, sop: Sop) -> None:
    turn.must_be_open()
    if turn.state in IN_CENTRAL:
        raise SentCaseError(case=turn.case.key)
    case = turn.case
    case.fields = answers_under(case.fields, before=turn.sop, after=sop)
    case.sop_id, case.sop_version = sop.id, sop.version
    case.required_fields_n = len(sop.required)
    set_regional_clock(case, sop=sop)


def _fits(value: Any, *, old: SopField | None, new: SopField) -> bool:
    if old is None or old.kind is not new.kind:
        return False
    is_choice = new.kind is FieldKind.CHOICE
    return not is_choice or value in {each.key for each in new.choices}


def _name(sop: Sop) -> str:
    return sop_key(sop.id, sop.version)


def _day(case: Case, *, now: datetime) -> date:
    zone = trade().reference.markets.of(case.market).principal_zone
    return local_date(now, zone=zone)
