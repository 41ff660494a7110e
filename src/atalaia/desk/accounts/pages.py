"""Pages of sign-in that the library does not bring, and the list of all pages."""

from typing import ClassVar

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.shell import navigation
from atalaia.desk.shell.desk_request import DeskRequest
from atalaia.desk.shell.errors import DeskError, NotFoundError

__all__ = ["SilentProviderError", "begin", "closed", "find", "unknown"]


class SilentProviderError(DeskError):
    """Single sign-on, while the provider is down."""

    status: ClassVar[int] = 502
    message = "Your provider does not answer."
    next_step = "Try again in a minute, or sign in with your password."


def begin(request: DeskRequest, provider_id: str) -> HttpResponseBase:
    """Send somebody to their provider; raises SilentProviderError."""
    try:
        answer: HttpResponseBase = oidc.login(request, provider_id)
    except RequestException as error:
        raise SilentProviderError from error
    return answer


def unknown(request: DeskRequest) -> HttpResponse:
    """Tell somebody whom their provider knows and the desk does not."""
    return render(request, "accounts/unknown.html", status=403)


def closed(request: DeskRequest, **named: str) -> HttpResponse:  # noqa: ARG001 (any address)
    """Answer that there is nothing here."""
    raise NotFoundError(key=request.path)


@page_for(None)
def find(request: PersonRequest) -> HttpResponse:
    """List the pages whose name holds a text: the palette, without its script."""
    wanted = request.GET.get("q", "").strip()
    links = navigation.links(actor=request.by, words=request.words)
    found = [link for link in links if wanted.casefold() in link.label.casefold()]
    return render(request, "accounts/find.html", {"wanted": wanted, "found": found})
