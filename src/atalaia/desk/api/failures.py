"""What a refused call reads: a code for the machine, sentences for its maker."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse

from atalaia.desk.shell.desk_request import DeskRequest
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import BAD_INPUT
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.trilingual import Language, Trilingual

__all__ = ["failure"]

Plain = int | float | bool | str | None


def failure(request: DeskRequest, error: AtalaiaError) -> HttpResponse:
    """Return the answer to a call that was refused, in the language asked for."""
    words = request.words
    plain = {
        name: _plain(value, language=words.language)
        for name, value in error.fields.items()
    }
    said = {name: _said(value) for name, value in plain.items()}
    status = error.status if isinstance(error, DeskError) else BAD_INPUT
    answer = JsonResponse(
        {
            "code": error.code,
            "message": words.text(error.message, **said),
            "next_step": words.text(error.next_step, **said),
            "fields": plain,
        },
        status=status,
    )
    if "retry_after" in plain:
        answer["Retry-After"] = said["retry_after"]
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="atalaia"'
    return answer


def _plain(value: object, *, language: Language) -> Any:
    if isinstance(value, Trilingual):
        return value.of(language)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return [_plain(each, language=language) for each in value]


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
