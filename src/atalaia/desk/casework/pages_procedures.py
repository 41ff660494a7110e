"""Procedures (SOPs) as people read them: all of them, and one version whole."""

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import one_procedure, procedures

__all__ = ["listed", "procedure"]


@page_for(Right.SEE_PROCEDURES)
def listed(request: PersonRequest) -> HttpResponse:
    """List the versions of all procedures, by procedure, the newest first."""
    rows = procedures(by=request.by)
    return render(request, "casework/procedures.html", {"rows": rows})


@page_for(Right.SEE_PROCEDURES)
def procedure(request: PersonRequest, key: str) -> HttpResponse:
    """Show one version of a procedure: what it asks for, by when, and why."""
    row = one_procedure(key, by=request.by)
    return render(request, "casework/procedure.html", {"row": row, "sop": row.sop})
