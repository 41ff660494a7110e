"""How a call that changes something is declared: its key, its answer, its refusals."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from ninja import Router, Schema

from atalaia.desk.api.once import HEADER, once
from atalaia.desk.api.refusal_schemas import CHANGE_REFUSALS
from atalaia.domain.work_codes import CaseState

__all__ = ["Body", "SavedCase", "changes"]

Rest = ParamSpec("Rest")
Given = TypeVar("Given")
KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
    "description": "New for each change; the same call again gets the same answer.",
}


class Body(Schema):
    """What a call is told; a name that it does not know is refused."""

    model_config = {"extra": "forbid"}


class SavedCase(Schema):
    """What a change left behind: the case, its version now, and its state."""

    key: str
    version: int
    state: CaseState


def changes(
    router: Router,
    path: str,
    *,
    summary: str,
    status: int = 200,
    answer: type[Schema] = SavedCase,
) -> Callable[[Callable[Rest, Schema]], Callable[..., Any]]:
    """Declare a POST that runs once for each key it is sent with."""

    def declared(call: Callable[Rest, Schema]) -> Callable[..., Any]:
        register = router.post(
            path,
            response={status: answer, **CHANGE_REFUSALS},
            summary=summary,
            openapi_extra={"parameters": [KEY_PARAMETER]},
        )
        return register(once(status=status)(call))  # type: ignore[arg-type] # ninja reads the wrapped signature

    return declared
