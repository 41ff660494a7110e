"""What every call may refuse, as the description of the interface says it."""

from typing import Any

from ninja import Schema
from pydantic import JsonValue

__all__ = ["CHANGE_REFUSALS", "REFUSALS", "Refusal"]


class Refusal(Schema):
    """A call that was refused; nothing was changed.

    Attributes:
        code: the machine's name of it, the same in every language.
        fields: what the sentences tell of, as data.
    """

    code: str
    message: str
    next_step: str
    fields: dict[str, JsonValue]


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Refusal)
CHANGE_REFUSALS: dict[Any, Any] = {**REFUSALS, 409: Refusal}
