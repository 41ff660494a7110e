"""The stream that open pages hear of changes by."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.live import events_for

__all__ = ["events"]


@page_for(Right.SEE_CASES)
def events(request: PersonRequest) -> HttpResponseBase:
    """Answer with events for as long as the page is open, ten minutes at most."""
    if not isinstance(request, ASGIRequest):
        # A server of threads would give one up for each open page; 204 ends the asking.
        return HttpResponse(status=204)
    answer = StreamingHttpResponse(
        events_for(request.by), content_type="text/event-stream"
    )
    answer["Cache-Control"] = "no-cache"
    # A proxy that gathers answers would hold every event back.
    answer["X-Accel-Buffering"] = "no"
    return answer
