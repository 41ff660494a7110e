"""Procedures: what a kind of case is asked for, and by when."""

from datetime import date
from typing import Annotated

from ninja import Path, Router, Schema
from pydantic import StringConstraints

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.refusal_schemas import REFUSALS
from atalaia.desk.casework.queries import SopRow, one_procedure, procedures
from atalaia.domain.case_codes import FieldKind, PauseReason, ProcedureState
from atalaia.domain.sops import Allowance, SopField
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam

__all__ = ["router"]

router = Router()
SopKey = Path[Annotated[str, StringConstraints(min_length=1, max_length=60)]]


class Said(Schema):
    """A text in the three languages of the desk."""

    en: str
    es: str
    pt: str


class Choice(Schema):
    """One member of the closed list of a field."""

    key: str
    name: Said


class Field(Schema):
    """One thing that a procedure asks for, and why."""

    key: str
    label: Said
    reason: Said
    kind: FieldKind
    is_required: bool
    choices: list[Choice]


class WorkingTime(Schema):
    """Working time: hours and days of the office that works."""

    hours: float
    days: float


class Terms(Schema):
    """What a case of one priority is promised; no answer where nobody is asked."""

    priority: CasePriority
    acknowledge: WorkingTime
    resolve: WorkingTime
    answer: WorkingTime | None


class Procedure(Schema):
    """One version of a procedure."""

    key: str
    id: str
    version: str
    state: ProcedureState
    name: Said
    trigger: Said
    case_types: list[CaseType]
    central_team: CentralTeam
    effective_from: date
    effective_to: date | None
    steps: list[Said]
    fields: list[Field]
    terms: list[Terms]
    pause_reasons: list[PauseReason]


class ProcedureList(Schema):
    """All procedures that the token may see."""

    procedures: list[Procedure]


@router.get("", response={200: ProcedureList, **REFUSALS}, summary="List procedures")
def list_procedures(request: ApiRequest) -> ProcedureList:
    """Return every version of every procedure, the newest first."""
    return ProcedureList(procedures=[_told(row) for row in procedures(by=request.by)])


@router.get("/{key}", response={200: Procedure, **REFUSALS}, summary="Read a procedure")
def read_procedure(request: ApiRequest, key: SopKey) -> Procedure:
    """Return one version of a procedure."""
    return _told(one_procedure(key, by=request.by))


def _told(row: SopRow) -> Procedure:
    sop = row.sop
    return Procedure(
        key=row.key,
        id=sop.id,
        version=sop.version,
        state=row.state,
        name=_said(sop.name),
        trigger=_said(sop.trigger),
        case_types=list(sop.case_types),
        central_team=sop.central_team,
        effective_from=sop.effective_from,
        effective_to=sop.effective_to,
        steps=[_said(step) for step in sop.steps],
        fields=[_field(field) for field in sop.fields],
        terms=[
            Terms(
                priority=priority,
                acknowledge=_time(terms.acknowledge),
                resolve=_time(terms.resolve),
                answer=None if terms.answer is None else _time(terms.answer),
            )
            for priority, terms in sorted(sop.terms.items())
        ],
        pause_reasons=sorted(sop.pause_reasons),
    )


def _field(field: SopField) -> Field:
    return Field(
        key=field.key,
        label=_said(field.label),
        reason=_said(field.reason),
        kind=field.kind,
        is_required=field.is_required,
        choices=[Choice(key=each.key, name=_said(each.name)) for each in field.choices],
    )


def _time(allowed: Allowance) -> WorkingTime:
    return WorkingTime(hours=allowed.hours, days=allowed.days)


def _said(text: Trilingual) -> Said:
    return Said(en=text.en, es=text.es, pt=text.pt)
