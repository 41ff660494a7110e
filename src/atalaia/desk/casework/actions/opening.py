"""Open a case: by form, by the API, from a file or from an alert."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.answers import COLUMNS, checked_answers
from atalaia.desk.casework.deadlines import set_regional_clock
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.casework.known_values import must_be_known
from atalaia.desk.casework.models import Case, CaseCounter
from atalaia.desk.casework.procedures import procedure_for
from atalaia.desk.casework.turn import Saved, Turn
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import CaseSource, ReporterKind, RequestedOutcome
from atalaia.domain.clocks import local_date
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam

__all__ = ["Opening", "open_case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is told of a new case.

    Attributes:
        references: ids and pseudonyms by column (`creator_id`, `policy_id`, …).
        fields: answers to the procedure's other fields, by key.
        central_team: None for the one that the procedure names.
    """

    market: str
    type: CaseType
    priority: CasePriority
    language: str
    reporter_kind: ReporterKind
    requested_outcome: RequestedOutcome
    description: str
    source: CaseSource = CaseSource.FORM
    references: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    central_team: CentralTeam | None = None
    external_ref: str = ""


def open_case(
    opening: Opening,
    *,
    by: Actor,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Open a case under the procedure in force for its type.

    Raises:
        ForbiddenError: they do not work on the market.
        NoProcedureError: no procedure covers the type.
        UnknownMarketError, UnknownValueError, WrongFieldError: a value cannot be so.
        PersonalDataError: a text holds personal data.
    """
    market = trade().reference.markets.of(opening.market)
    must_be_known(opening.references)
    day = local_date(now, zone=market.principal_zone)
    sop = procedure_for(opening.type, day=day)
    answers = checked_answers(opening.fields, sop=sop, personal_data=personal_data)
    with acting("case.open", by=by, right=Right.WORK_CASES, now=now) as deed:
        by.must(Right.WORK_CASES, market=market.code)
        case = _case(opening, sop=sop, by=by, now=now)
        case.description = screened(opening.description, personal_data=personal_data)
        case.fields = {key: each for key, each in answers.items() if each is not None}
        set_regional_clock(case, sop=sop)
        case.key = _next_key(market.code, year=day.year)
        case.save()
        turn = Turn(case=case, deed=deed, by=by, now=now)
        turn.record(CaseState.NEW)
        turn.finish()
    return turn.saved


def _case(opening: Opening, *, sop: Sop, by: Actor, now: datetime) -> Case:
    return Case(
        market=opening.market,
        type=opening.type,
        priority=opening.priority,
        state=CaseState.NEW,
        language=opening.language,
        source=opening.source,
        reporter_kind=opening.reporter_kind,
        requested_outcome=opening.requested_outcome,
        **{name: opening.references.get(name, "").strip() for name in COLUMNS},
        sop_id=sop.id,
        sop_version=sop.version,
        required_fields_n=len(sop.required),
        central_team=opening.central_team or sop.central_team,
        external_ref=opening.external_ref,
        opened_at=now,
        opened_by=by.key,
        version=0,
        changed_at=now,
    )


def _next_key(market: str, *, year: int) -> str:
    """Return the next number of a market and year; its row waits for nobody twice."""
    counter, _ = CaseCounter.objects.get_or_create(market=market, year=year)
    CaseCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return f"{market}-{year}-{counter.last:06d}"
