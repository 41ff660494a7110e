"""New cases: by form, or from a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions import Opening, Saved, open_case
from atalaia.desk.casework.answers import COLUMNS
from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.casework.field_view import blank_fields
from atalaia.desk.casework.imports import RowRead, imported, template
from atalaia.desk.casework.list_view import Choice
from atalaia.desk.casework.posted import FIELD_PREFIX, Posted
from atalaia.desk.casework.procedures import procedure_for
from atalaia.desk.shell.errors import DeskError, UnreadableError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ReporterKind, RequestedOutcome
from atalaia.domain.clocks import local_date
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.sops import Sop
from atalaia.domain.trilingual import LANGUAGES
from atalaia.domain.work_codes import CasePriority, CaseType

__all__ = ["from_file", "new", "taken_in", "template_file"]

BAD_INPUT = 422
PLACE = "import"
FROM_ADDRESS = {
    "creator": "creator_id",
    "agency": "agency_id",
    "session": "session_id",
    "decision": "decision_id",
    "policy": "policy_id",
    "trap": "trap_id",
    "model_version": "model_version",
}
"""What a link to this form may tell, and the column that it fills."""


OF_FORM = ("metric", "description", "priority")
"""What it may tell that stands in the form's own fields."""


@page_for(Right.WORK_CASES)
def new(request: PersonRequest) -> HttpResponse:
    """Open a case: its market and type first, then what their procedure asks for."""
    form = Posted(request.POST if request.method == "POST" else request.GET)
    if not form.text("type") or not form.text("market"):
        return render(request, "casework/new_type.html", _types(request))
    market, case_type = form.text("market"), form.code("type", CaseType)
    request.by.must(Right.WORK_CASES, market=market)
    zone = trade().reference.markets.of(market).principal_zone
    sop = procedure_for(case_type, day=local_date(request.now, zone=zone))
    if request.method != "POST":
        shown = _form(request, sop=sop, case_type=case_type, market=market)
        return render(request, "casework/new.html", shown)
    try:
        saved = _open(request, sop=sop)
    except AtalaiaError as error:
        shown = _form(request, sop=sop, case_type=case_type, market=market)
        shown |= {
            "refused": told(error, words=request.words),
            "holds_personal_data": isinstance(error, PersonalDataError),
        }
        status = error.status if isinstance(error, DeskError) else BAD_INPUT
        return render(request, "casework/new.html", shown, status=status)
    messages.success(request, request.words.text("{case} is open.", case=saved.key))
    return redirect("casework:case", key=saved.key)


@page_for(Right.WORK_CASES)
def from_file(request: PersonRequest) -> HttpResponse:
    """Open the cases of a file, and show what became of each row."""
    if request.method != "POST":
        shown = {"rows": request.session.pop(PLACE, [])}
        return render(request, "casework/import.html", shown)
    file = request.FILES.get("file")
    if file is None:
        raise UnreadableError
    return taken_in(request, file.read())


def taken_in(request: PersonRequest, content: bytes) -> HttpResponse:
    """Open the cases of a table, and lead to what became of each row."""
    rows = imported(
        content,
        by=request.by,
        now=request.now,
        personal_data=Posted(request.POST).personal_data,
    )
    request.session[PLACE] = [_told_row(row, request=request) for row in rows]
    return redirect("casework:import")


@page_for(Right.WORK_CASES)
def template_file(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Return the file to fill in."""
    answer = HttpResponse(template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return answer


def _open(request: PersonRequest, *, sop: Sop) -> Saved:
    form = Posted(request.POST)
    opening = Opening(
        market=form.text("market"),
        type=form.code("type", CaseType),
        priority=form.code("priority", CasePriority),
        language=form.text("language"),
        reporter_kind=form.code("reporter_kind", ReporterKind),
        requested_outcome=form.code("requested_outcome", RequestedOutcome),
        description=form.text("description"),
        references=form.references(),
        fields=form.answers(sop, market=form.text("market")),
        external_ref=form.text("external_ref"),
    )
    return open_case(
        opening, by=request.by, now=request.now, personal_data=form.personal_data
    )


def _types(request: PersonRequest) -> dict[str, Any]:
    """Return what the first step offers: markets, and types with their procedure."""
    day = request.now.date()
    return {
        "markets": _markets(request),
        "types": [(each, procedure_for(each, day=day)) for each in CaseType],
        "carried": _told_by_link(request),
    }


def _markets(request: PersonRequest) -> tuple[Choice, ...]:
    markets = trade().reference.markets
    codes = request.by.markets(Right.WORK_CASES, known=markets.codes)
    chosen = request.GET.get("market", codes[0] if codes else "")
    return tuple(
        Choice(
            value=code,
            label=markets.of(code).name.of(request.words.language),
            is_chosen=code == chosen,
        )
        for code in codes
    )


def _form(
    request: PersonRequest, *, sop: Sop, case_type: CaseType, market: str
) -> dict[str, Any]:
    values = request.POST if request.method == "POST" else request.GET
    known = {name: str(values.get(FIELD_PREFIX + name, "")) for name in COLUMNS}
    for name, column in FROM_ADDRESS.items():
        known[column] = known[column] or str(values.get(name, ""))
    asked = {field.key for field in sop.fields}
    answers = {key: str(values.get(FIELD_PREFIX + key, "")) for key in asked}
    return {
        "case_type": case_type,
        "sop": sop,
        "row": {"market": market},
        "another": urlencode([("market", market), *_told_by_link(request)]),
        "typed": values,
        "fields": blank_fields(sop.fields, told={**answers, **_only(known)}),
        "carried": [(n, v) for n, v in _only(known).items() if n not in asked],
        "can_edit": True,
        "languages": LANGUAGES,
        "default_language": trade().reference.markets.of(market).languages[0],
        "priorities": tuple(CasePriority),
        "reporters": tuple(ReporterKind),
        "outcomes": tuple(RequestedOutcome),
        "policies": trade().reference.policies.leaves,
    }


def _told_by_link(request: PersonRequest) -> list[tuple[str, str]]:
    """Return what a link told beside market and type, whichever type is chosen."""
    kept = (*FROM_ADDRESS, *OF_FORM)
    return [(n, str(value)) for n, value in request.GET.items() if n in kept]


def _only(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _told_row(row: RowRead, *, request: PersonRequest) -> dict[str, object]:
    said = told(row.error, words=request.words) if row.error is not None else ""
    return {"line": row.line, "key": row.key, "is_new": row.is_new, "told": said}
