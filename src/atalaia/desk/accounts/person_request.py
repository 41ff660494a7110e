"""Pages for people who have signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.desk_request import DeskRequest

__all__ = ["PersonRequest", "page_for"]

Rest = ParamSpec("Rest")


class PersonRequest(DeskRequest):
    """A request with whoever sent it.

    Attributes:
        actor: None before they signed in.
        by: who asks, on a page that only people reach; `page_for` sets it.
    """

    actor: Actor | None
    by: Actor


Page = Callable[Concatenate[PersonRequest, Rest], HttpResponseBase]


def page_for(right: Right | None) -> Callable[[Page[Rest]], Page[Rest]]:
    """Mark a page as one for people with a right; None for everybody signed in.

    Somebody who has not signed in is asked to, and comes back to where they were.
    """

    def marked(page: Page[Rest]) -> Page[Rest]:
        @wraps(page)
        def answered(
            request: PersonRequest, *args: Rest.args, **named: Rest.kwargs
        ) -> HttpResponseBase:
            if request.actor is None:
                return redirect_to_login(_where_from(request))
            request.by = request.actor
            if right is not None:
                request.by.must(right)
            return page(request, *args, **named)

        answered.right = right  # type: ignore[attr-defined] # a test reads who may come in
        return cast("Page[Rest]", answered)

    return marked


def _where_from(request: PersonRequest) -> str:
    """Return the page to come back to: a post leads back to the page of its form."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
