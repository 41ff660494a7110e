"""The edge of the interface: every answer under it is JSON and says its version."""

from django.http.response import HttpResponseBase

from atalaia.desk.api.errors import FaultError, NoSuchCallError, UnreadableCallError
from atalaia.desk.api.failures import failure
from atalaia.desk.api.once import REPEATED
from atalaia.desk.shell.desk_request import Answer, DeskRequest

__all__ = ["ROOT", "VERSION", "VERSION_HEADER", "for_machines"]

ROOT = "/api/v1/"
VERSION = "1"
VERSION_HEADER = "Api-Version"


def for_machines(answer: Answer) -> Answer:
    """Return the middleware that keeps pages for people out of the interface."""

    def answered(request: DeskRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT):
            return answer(request)
        response = answer(request)
        if response.status_code >= 400 and not _is_json(response):
            response = _in_json(request, response)
        response[VERSION_HEADER] = VERSION
        response["Cache-Control"] = "no-store"
        if getattr(request, "is_repeated", False):
            response[REPEATED] = "true"
        return response

    return answered


def _is_json(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _in_json(request: DeskRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return what Django refused by itself as the interface refuses."""
    call = f"{request.method} {request.path}"
    if response.status_code in (404, 405):
        told = failure(request, NoSuchCallError(call=call))
        if response.has_header("Allow"):
            told["Allow"] = response["Allow"]
    elif response.status_code >= 500:
        told = failure(request, FaultError(number=request.number))
    else:
        told = failure(request, UnreadableCallError())
    told.status_code = response.status_code
    return told
