"""Every request has a number and a moment; answers and log lines carry the number."""

import logging
import re
import time
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.http.response import HttpResponseBase

from atalaia.desk.shell.desk_request import Answer, DeskRequest
from atalaia.desk.shell.log_lines import NUMBER

__all__ = ["HEADER", "numbered"]

HEADER = "X-Request-ID"
LOG = logging.getLogger("atalaia.desk.requests")
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action"
)
_USABLE = re.compile(r"[A-Za-z0-9-]{8,64}")


def numbered(answer: Answer) -> Answer:
    """Return the middleware that numbers, times and logs each request.

    This is the desk's edge: the one place where a request learns what time it is. A log
    line names the route, never the path or the query: they may hold a person's id.
    """

    def answered(request: DeskRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        request.number = given if _USABLE.fullmatch(given) else uuid.uuid4().hex
        request.now = settings.CLOCK.at(datetime.now(UTC))
        started = time.perf_counter()
        token = NUMBER.set(request.number)
        response = answer(request)
        response[HEADER] = request.number
        response.setdefault("Content-Security-Policy", _policy())
        match = request.resolver_match
        LOG.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        NUMBER.reset(token)
        return response

    return answered


def _policy() -> str:
    """Return what a page may load, and where its forms may lead."""
    return " ".join((POLICY, "'self'", *settings.FORM_TARGETS))
