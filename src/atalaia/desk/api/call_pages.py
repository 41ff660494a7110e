"""The description of the interface as a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.api.assembly import api
from atalaia.desk.api.reading import read_calls

__all__ = ["calls"]


@require_safe
@page_for(None)
def calls(request: PersonRequest) -> HttpResponse:
    """Show every call, from the description that programs read."""
    told = read_calls(api.get_openapi_schema(), words=request.words)
    return render(request, "api/calls.html", {"calls": told})
