"""Tells the browser which of its kept drafts the server has taken.

A form with `data-draft` posts the name of its draft along. Where the answer sends the
person on, elsewhere than to sign-in, what they typed is saved: a cookie says so, and
the next page lets the draft go.
"""

from urllib.parse import quote

from django.http.response import HttpResponseBase
from django.urls import reverse

from atalaia.desk.shell.desk_request import Answer, DeskRequest

__all__ = ["COOKIE", "FIELD", "drafted"]

FIELD = "_draft"
COOKIE = "atalaia_taken"
KEPT_S = 120
LONGEST = 300


def drafted(answer: Answer) -> Answer:
    """Return the middleware that names the draft which a post has made good."""

    def answered(request: DeskRequest) -> HttpResponseBase:
        response = answer(request)
        name = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if 0 < len(name) <= LONGEST and _is_taken(response):
            response.set_cookie(
                COOKIE, quote(name, safe=""), max_age=KEPT_S, samesite="Strict"
            )
        return response

    return answered


def _is_taken(response: HttpResponseBase) -> bool:
    onward = response.headers.get("Location", "")
    is_sent_on = 300 <= response.status_code < 400
    return is_sent_on and not onward.startswith(reverse("account_login"))
