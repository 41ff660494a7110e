"""What a refused request reads: the error's own words, in the reader's language."""

import logging
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from atalaia.desk.shell.desk_request import Answer, DeskRequest
from atalaia.desk.shell.errors import (
    DeskError,
    ExpiredFormError,
    ForbiddenError,
    NotFoundError,
    UnreadableError,
)
from atalaia.domain.error_fields import said_field
from atalaia.domain.errors import AtalaiaError
from atalaia.language.catalogue import Translator

__all__ = [
    "bad_request",
    "form_expired",
    "not_allowed",
    "page_not_found",
    "refused",
    "server_error",
    "told",
]

BAD_INPUT = 422
LOG = logging.getLogger("atalaia.desk.refusals")


class Refused:
    """Middleware that answers what was refused on purpose with a page that says why."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: DeskRequest) -> HttpResponseBase:
        """Answer, with nothing to add."""
        return self._answer(request)

    def process_exception(
        self, request: DeskRequest, error: Exception
    ) -> HttpResponse | None:
        """Return the page of a refusal; anything else is a fault and stays one."""
        return _page(request, error) if isinstance(error, AtalaiaError) else None


refused = Refused


def told(error: AtalaiaError, *, words: Translator) -> str:
    """Return what is wrong and what to do next, in one reader's language."""
    fields = {
        name: said_field(value, language=words.language)
        for name, value in error.fields.items()
    }
    parts = (error.message, error.next_step)
    return " ".join(words.text(part, **fields) for part in parts if part)


def page_not_found(request: DeskRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Return the page for an address that leads nowhere."""
    return _page(request, NotFoundError(key=request.path))


def bad_request(request: DeskRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Return the page for a request that makes no sense."""
    return _page(request, UnreadableError())


def not_allowed(request: DeskRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Return the page for what a library of ours does not allow."""
    return _page(request, ForbiddenError())


def form_expired(request: DeskRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Return the page for a form that was left open past the end of a session."""
    return _page(request, ExpiredFormError())


def server_error(request: DeskRequest) -> HttpResponse:
    """Return the page for a fault of ours; its number finds it in the log."""
    return render(request, "shell/fault.html", status=500)


def _page(request: DeskRequest, error: AtalaiaError) -> HttpResponse:
    status = error.status if isinstance(error, DeskError) else BAD_INPUT
    said = partial(told, error, words=request.words)
    return render(request, "shell/refusal.html", {"told": said()}, status=status)
