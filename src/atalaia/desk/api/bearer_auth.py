"""A call becomes somebody: by its token only, never by a session."""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.sign_in import is_loopback
from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.bearers import bearer_of

__all__ = ["Token"]


class Token(HttpBearer):
    """The header `Authorization: Bearer …`."""

    openapi_description = "A token of your account, made on the page 'API tokens'."

    def __call__(self, request: HttpRequest) -> Actor:
        """Return who calls; raises NoTokenError or TooManyCallsError."""
        scheme, _, text = request.headers.get(self.header, "").partition(" ")
        return self.authenticate(
            request, text if scheme.lower() == self.openapi_scheme else ""
        )

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Return whoever shows a token."""
        call = cast("ApiRequest", request)
        call.bearer = bearer_of(token, is_local=is_loopback(call), now=call.now)
        call.actor = call.by = call.bearer.actor
        return call.by
