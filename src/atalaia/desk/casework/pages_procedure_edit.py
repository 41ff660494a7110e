"""Procedures as people write them: draft, preview, save, put in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework import actions
from atalaia.desk.casework.errors import (
    StaleProcedureError,
    UnconfirmedError,
    WrittenProcedureError,
)
from atalaia.desk.casework.posted import Posted
from atalaia.desk.casework.procedure_diff import WHAT_MESSAGES, differences
from atalaia.desk.casework.procedure_form import PROMISES, ProcedureForm, form_of
from atalaia.desk.casework.procedure_problems import (
    PROBLEM_MESSAGES,
    Problem,
    problems_of,
)
from atalaia.desk.casework.procedures import procedure_for, read
from atalaia.desk.casework.queries import (
    SopRow,
    one_procedure,
    procedures,
    rivals_of,
    versions_beside,
)
from atalaia.desk.casework.seed import content_of
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.domain.case_codes import FieldKind, PauseReason, ProcedureState
from atalaia.domain.codes import RoleCode
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam

__all__ = ["draft", "drop", "edit", "in_force", "new"]

BAD_INPUT = 422
EDIT = Right.EDIT_PROCEDURES
BEGUN_WITH = ("owner", "central_team", "terms", "pause_reasons")
"""What a new procedure takes over from the one in force for its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The page of one form: whose content it edits, and where it leads back to."""

    title: str
    back: str
    base: Mapping[str, Any]
    version: int = 0
    case_type: str = ""
    stored: Sop | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing of it is stored yet."""
        return self.stored is None


@page_for(EDIT)
@require_POST
def draft(request: PersonRequest, key: str) -> HttpResponse:
    """Begin a new version of a procedure from one that there is."""
    row = one_procedure(key, by=request.by)
    begun = actions.draft_procedure(row.content, by=request.by, now=request.now)
    return redirect("casework:procedure_edit", key=begun)


@page_for(EDIT)
def new(request: PersonRequest) -> HttpResponse:
    """Write a procedure that there was none of: its type first, then all of it."""
    given = Posted(request.POST if request.method == "POST" else request.GET)
    day = request.now.date()
    if not given.text("type"):
        types = [(each, procedure_for(each, day=day)) for each in CaseType]
        return render(request, "casework/procedures/new_type.html", {"types": types})
    case_type = given.code("type", CaseType)
    now_followed = content_of(procedure_for(case_type, day=day))
    page = Desk(
        title=request.words.text("New procedure"),
        back=reverse("casework:procedures"),
        base={
            **{name: now_followed[name] for name in BEGUN_WITH},
            "id": "",
            "name": {},
            "trigger": {},
            "case_types": [str(case_type)],
            "steps": [],
            "fields": [],
            "escalation": [],
            "version": "1",
            "effective_from": day.isoformat(),
        },
        case_type=case_type,
    )
    if request.method != "POST":
        return _editor(request, page, form=form_of(page.base))
    form = _form(request)
    taken = {row.sop.id for row in procedures(by=request.by)}
    found = problems_of(form)
    if form.text("id") in taken:
        found = (Problem(box="id", message=PROBLEM_MESSAGES["taken"]), *found)
    return _written(request, page, form=form, found=found)


@page_for(EDIT)
def edit(request: PersonRequest, key: str) -> HttpResponse:
    """Write a draft."""
    row = one_procedure(key, by=request.by)
    page = Desk(
        title=request.words.text(
            "Draft: {name}, version {version}",
            name=row.sop.name.of(request.words.language),
            version=row.sop.version,
        ),
        back=reverse("casework:procedure", kwargs={"key": key}),
        base=row.content,
        version=row.version,
        stored=row.sop,
    )
    if request.method != "POST":
        if row.state is not ProcedureState.DRAFT:
            raise WrittenProcedureError(procedure=key)
        return _editor(request, page, form=form_of(row.content))
    form = _form(request)
    return _written(request, page, form=form, found=problems_of(form), key=key)


@page_for(EDIT)
@require_POST
def drop(request: PersonRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    version = Posted(request.POST).number("version")
    actions.drop_draft(key, version=version, by=request.by, now=request.now)
    messages.success(request, request.words.text("The draft is thrown away."))
    return redirect("casework:procedures")


@page_for(EDIT)
def in_force(request: PersonRequest, key: str) -> HttpResponse:
    """Say what changes, ask once, and put a draft in force from a day on."""
    row = one_procedure(key, by=request.by)
    if request.method != "POST":
        if row.state is not ProcedureState.DRAFT:
            raise WrittenProcedureError(procedure=key)
        return render(
            request, "casework/procedures/in_force.html", _to_confirm(request, row)
        )
    try:
        _put_in_force(request, key)
    except AtalaiaError as error:
        shown = _to_confirm(request, row)
        shown |= {
            "refused": told(error, words=request.words),
            "day": request.POST.get("day", ""),
        }
        status = error.status if isinstance(error, DeskError) else BAD_INPUT
        page = "casework/procedures/in_force.html"
        return render(request, page, shown, status=status)
    said = request.words.text("The version is in force from its first day on.")
    messages.success(request, said)
    return redirect("casework:procedure", key=key)


def _put_in_force(request: PersonRequest, key: str) -> None:
    form = Posted(request.POST)
    if form.text("confirmed") != "yes":
        raise UnconfirmedError
    actions.put_in_force(
        key,
        version=form.number("version"),
        day=form.day("day"),
        replacing=request.POST.getlist("replacing"),
        by=request.by,
        now=request.now,
    )


def _to_confirm(request: PersonRequest, row: SopRow) -> dict[str, Any]:
    others = versions_beside(row, by=request.by)
    last = next((e for e in others if e.state is ProcedureState.ACTIVE), None)
    today = request.now.date()
    return {
        "row": row,
        "other": last,
        "differences": differences(last.sop, row.sop) if last else (),
        "rivals": rivals_of(row, by=request.by),
        "day": date.isoformat(today),
        "today": date.isoformat(today),
    }


def _form(request: PersonRequest) -> ProcedureForm:
    return ProcedureForm({name: str(request.POST[name]) for name in request.POST})


def _written(
    request: PersonRequest,
    page: Desk,
    *,
    form: ProcedureForm,
    found: tuple[Problem, ...],
    key: str = "",
) -> HttpResponse:
    """Answer a form: what must be mended, a preview, or the draft that was saved."""
    if found:
        return _editor(request, page, form=form, found=found, status=BAD_INPUT)
    content = form.content(base=page.base)
    try:
        sop = read({**content, "version": str(page.base["version"])}, name="draft")
        if form.text("then") == "preview":
            return _editor(request, page, form=form, more={"preview": sop})
        saved = _save(request, content, key=key)
    except AtalaiaError as error:
        more: dict[str, Any] = {"refused": told(error, words=request.words)}
        if isinstance(error, StaleProcedureError) and page.stored is not None:
            more["differences"] = differences(page.stored, sop)
        status = error.status if isinstance(error, DeskError) else BAD_INPUT
        return _editor(request, page, form=form, more=more, status=status)
    messages.success(request, request.words.text("The draft is saved."))
    return redirect("casework:procedure", key=saved)


def _save(request: PersonRequest, content: Mapping[str, Any], *, key: str) -> str:
    by, now = request.by, request.now
    if not key:
        return actions.draft_procedure(content, by=by, now=now)
    version = Posted(request.POST).number("version")
    actions.save_draft(key, content, version=version, by=by, now=now)
    return key


def _editor(
    request: PersonRequest,
    page: Desk,
    *,
    form: ProcedureForm,
    found: tuple[Problem, ...] = (),
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "title": page.title,
        "back": page.back,
        "version": page.version,
        "is_new": page.is_new,
        "case_type": page.case_type,
        "form": form,
        "problems": found,
        "wrong": {each.box: each.message for each in found},
        "roles": tuple(RoleCode),
        "teams": tuple(CentralTeam),
        "types": tuple(CaseType),
        "pauses": tuple(PauseReason),
        "kinds": tuple(FieldKind),
        "priorities": tuple(CasePriority),
        "promises": [(each, WHAT_MESSAGES[each]) for each in PROMISES],
        **(more or {}),
    }
    return render(request, "casework/procedures/editor.html", shown, status=status)
