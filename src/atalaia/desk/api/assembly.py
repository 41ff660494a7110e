"""The interface put together: its calls, who may make them, and what they refuse."""

from django.http import HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from atalaia.desk.api import (
    alert_calls,
    case_calls,
    central_calls,
    metric_calls,
    own,
    procedure_calls,
    region_calls,
)
from atalaia.desk.api.bearer_auth import Token
from atalaia.desk.api.edge import VERSION
from atalaia.desk.api.errors import UnreadableCallError, WrongCallError
from atalaia.desk.api.failures import failure
from atalaia.desk.api.plain_json import PlainJson
from atalaia.desk.shell.desk_request import DeskRequest
from atalaia.domain.errors import AtalaiaError

__all__ = ["api"]

DESCRIPTION = (
    "Cases, alerts, procedures and figures of an Atalaia desk, for programs. A call "
    "shows a token of its owner and sees what both may see; anything else is not there "
    "(404). Every POST carries an Idempotency-Key. Times are UTC. Errors are "
    "{code, message, next_step, fields} in the language of Accept-Language (en, es, "
    "pt). Every answer carries Api-Version and X-Request-ID."
)


class _Api(NinjaAPI):
    """Names each call by its function, so that a moved module renames nothing."""

    def get_openapi_operation_id(self, operation: object) -> str:
        """Return the name of a call in the description."""
        return str(operation.view_func.__name__)  # type: ignore[attr-defined] # as ninja types it


api = _Api(
    title="Atalaia",
    version=VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=Token(),
    parser=PlainJson(),
)
api.add_router("", own.router, tags=["token"])
api.add_router("/cases", case_calls.router, tags=["cases"])
api.add_router("/cases", region_calls.router, tags=["region"])
api.add_router("/cases", central_calls.router, tags=["central"])
api.add_router("/alerts", alert_calls.router, tags=["alerts"])
api.add_router("/metrics", metric_calls.router, tags=["metrics"])
api.add_router("/sops", procedure_calls.router, tags=["procedures"])


@api.exception_handler(AtalaiaError)
def refused(request: DeskRequest, error: AtalaiaError) -> HttpResponse:
    """Answer what was refused on purpose."""
    return failure(request, error)


@api.exception_handler(ValidationError)
def wrong(request: DeskRequest, error: ValidationError) -> HttpResponse:
    """Answer a call that is not as its description says; no value is repeated."""
    where = [".".join(map(str, each["loc"])) for each in error.errors]
    return failure(request, WrongCallError(where=list(dict.fromkeys(where))))


@api.exception_handler(HttpError)
def unreadable(request: DeskRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 (as ninja calls it)
    """Answer a body that cannot be read."""
    return failure(request, UnreadableCallError())
