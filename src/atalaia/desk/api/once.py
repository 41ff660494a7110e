"""A change that is asked for twice happens once.

The key of a call is written in the transaction of the change itself. Its twin waits for
that row, then reads the answer; where the first was refused nothing is left, and the
twin runs as if it were the first.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from ninja import Schema, Status

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.errors import KeyMissingError, KeyTakenError
from atalaia.desk.api.models import StoredAnswer

__all__ = ["HEADER", "REPEATED", "once"]

HEADER = "Idempotency-Key"
REPEATED = "Idempotent-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,128}")

Rest = ParamSpec("Rest")
Call = Callable[Concatenate[ApiRequest, Rest], Schema]


def once(*, status: int) -> Callable[[Call[Rest]], Callable[..., Status[Any]]]:
    """Let a call that changes something run once for each key it is sent with.

    Raises:
        KeyMissingError: no key, or one that is none.
        KeyTakenError: the key came with another call.
    """

    def marked(call: Call[Rest]) -> Callable[..., Status[Any]]:
        @wraps(call)
        def answered(
            request: ApiRequest, *args: Rest.args, **named: Rest.kwargs
        ) -> Status[Any]:
            key = request.headers.get(HEADER, "")
            if not _KEY.fullmatch(key):
                raise KeyMissingError
            with transaction.atomic():
                row, is_first = StoredAnswer.objects.get_or_create(
                    token_id=request.bearer.token_id,
                    key=key,
                    defaults={"digest": _digest(request), "answered_at": request.now},
                )
                if not is_first:
                    return _repeated(row, request)
                given = call(request, *args, **named)
                row.status, row.body = status, given.model_dump(mode="json")
                row.save(update_fields=["status", "body"])
            return Status(status, row.body)

        return answered

    return marked


def _repeated(row: StoredAnswer, request: ApiRequest) -> Status[Any]:
    if row.digest != _digest(request):
        raise KeyTakenError(key=row.key)
    request.is_repeated = True
    return Status(row.status, row.body)


def _digest(request: ApiRequest) -> str:
    """Return what tells one call from another: its method, address and body."""
    line = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(line + request.body).hexdigest()
