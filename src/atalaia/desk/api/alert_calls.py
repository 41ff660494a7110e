"""Alerts: taken in from whatever watches, each once."""

from typing import Annotated

from ninja import Router, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.changing import Body, changes
from atalaia.desk.casework.actions import NewAlert, take_in_alert
from atalaia.domain.codes import Severity

__all__ = ["router"]

router = Router()
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:/-]{1,80}$")]
Source = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:/-]{1,60}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]


class GivenAlert(Body):
    """What a machine noticed, of a metric or of a check of freshness; not of both.

    The same source, `external_id` and market come in once.
    """

    market: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
    source: Source
    external_id: Name
    metric: Name | None = None
    freshness_check: Name | None = None
    severity: Severity
    observed: Number | None = None
    expected: Number | None = None
    at: AwareDatetime
    link: Annotated[str, StringConstraints(max_length=400)] = ""


class TakenInAlert(Schema):
    """The alert in the desk, and whether it was not there before."""

    key: str
    is_new: bool


@changes(router, "", summary="Send an alert", status=201, answer=TakenInAlert)
def create_alert(request: ApiRequest, body: GivenAlert) -> TakenInAlert:
    """Take an alert in; people open a case from it, or dismiss it with a reason."""
    told = {name: getattr(body, name) for name in GivenAlert.model_fields}
    told |= {name: told[name] or "" for name in ("metric", "freshness_check")}
    taken = take_in_alert(NewAlert(**told), by=request.by, now=request.now)
    return TakenInAlert.model_validate(taken)
