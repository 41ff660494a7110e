"""Procedures (SOPs) as people read them: all, one version whole, and two compared."""

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.procedure_diff import differences
from atalaia.desk.casework.queries import one_procedure, procedures, versions_beside
from atalaia.desk.shell.errors import NotFoundError
from atalaia.domain.case_codes import ProcedureState

__all__ = ["compare", "listed", "procedure"]


@page_for(Right.SEE_PROCEDURES)
def listed(request: PersonRequest) -> HttpResponse:
    """List the versions of all procedures, by procedure, the newest first."""
    shown = {
        "rows": procedures(by=request.by),
        "can_edit": request.by.may(Right.EDIT_PROCEDURES),
    }
    return render(request, "casework/procedures/list.html", shown)


@page_for(Right.SEE_PROCEDURES)
def procedure(request: PersonRequest, key: str) -> HttpResponse:
    """Show one version of a procedure: what it asks for, by when, and why."""
    row = one_procedure(key, by=request.by)
    others = versions_beside(row, by=request.by)
    drafts = [each.key for each in others if each.state is ProcedureState.DRAFT]
    shown = {
        "row": row,
        "sop": row.sop,
        "others": others,
        "draft_key": drafts[0] if drafts else "",
        "can_edit": request.by.may(Right.EDIT_PROCEDURES),
    }
    return render(request, "casework/procedures/one.html", shown)


@page_for(Right.SEE_PROCEDURES)
def compare(request: PersonRequest, key: str) -> HttpResponse:
    """Show what a version says otherwise than another one of its procedure."""
    row = one_procedure(key, by=request.by)
    others = versions_beside(row, by=request.by)
    wanted = request.GET.get("with", "")
    known = {each.key: each for each in others}
    if wanted and wanted not in known:
        raise NotFoundError(key=wanted)
    before = [each for each in others if each.number < row.number]
    other = known.get(wanted) or next(iter((*before, *others)), None)
    shown = {
        "row": row,
        "others": others,
        "other": other,
        "differences": differences(other.sop, row.sop) if other else (),
    }
    return render(request, "casework/procedures/compare.html", shown)
