"""Between the region and central, and the end of a case."""

from datetime import date

from ninja import Router
from pydantic import Field

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.changing import Body, SavedCase, changes
from atalaia.desk.api.texts import (
    CaseKey,
    LongText,
    ShortText,
    TextRule,
    Version,
    rule,
)
from atalaia.desk.casework import actions
from atalaia.domain.case_codes import FixResult, ReturnReason
from atalaia.domain.work_codes import CaseResolution, RootCause, Ruling

__all__ = ["router"]

router = Router()


class Sending(Body):
    """The version that was read, so that nothing unread is sent."""

    version: Version | None = None


class Review(Body):
    """Who works on the case in central."""

    central_owner: ShortText = ""


class Decision(Body):
    """What was decided, in the words of whoever decided."""

    ruling: Ruling
    answer: LongText
    is_fix_promised: bool = False
    fix_due_on: date | None = None
    personal_data: TextRule = "refuse"


class Returned(Body):
    """Why central gives a case back as incomplete."""

    reason: ReturnReason
    note: str = Field(default="", max_length=10_000)
    personal_data: TextRule = "refuse"


class Fix(Body):
    """When the fix is to be there."""

    due_on: date | None = None


class Check(Body):
    """How a fix was checked, and what was found."""

    metric: ShortText
    checked_on: date
    result: FixResult
    note: str = Field(default="", max_length=10_000)
    personal_data: TextRule = "refuse"


class Closing(Body):
    """Why the case arose and how it ended."""

    root_cause: RootCause | None = None
    resolution: CaseResolution | None = None
    version: Version | None = None


@changes(router, "/{key}/submit", summary="Send a case to central")
def submit_case(request: ApiRequest, key: CaseKey, body: Sending) -> SavedCase:
    """Send a case with all that its procedure asks for; central's clock starts."""
    saved = actions.submit(key, version=body.version, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/review", summary="Take a case up in central")
def review_case(request: ApiRequest, key: CaseKey, body: Review) -> SavedCase:
    """Say that central works on a case, and who there."""
    saved = actions.take_in_review(
        key, central_owner=body.central_owner, by=request.by, now=request.now
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/decide", summary="Decide a case")
def decide_case(request: ApiRequest, key: CaseKey, body: Decision) -> SavedCase:
    """Accept or reject what a case asks for."""
    saved = actions.decide(
        key,
        ruling=body.ruling,
        answer=body.answer,
        is_fix_promised=body.is_fix_promised,
        fix_due_on=body.fix_due_on,
        by=request.by,
        now=request.now,
        personal_data=rule(body.personal_data),
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/return", summary="Give a case back from central")
def return_case(request: ApiRequest, key: CaseKey, body: Returned) -> SavedCase:
    """Give a case back from central as incomplete, with a reason."""
    saved = actions.return_case(
        key,
        reason=body.reason,
        note=body.note,
        by=request.by,
        now=request.now,
        personal_data=rule(body.personal_data),
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/start-fix", summary="Say that a fix is under way")
def start_fix(request: ApiRequest, key: CaseKey, body: Fix) -> SavedCase:
    """Say that what was promised is being done."""
    saved = actions.start_fix(key, due_on=body.due_on, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/verify-fix", summary="Write down how a fix was checked")
def verify_fix(request: ApiRequest, key: CaseKey, body: Check) -> SavedCase:
    """Write down the metric, the day and the result of a check."""
    saved = actions.verify_fix(
        key,
        metric=body.metric,
        checked_on=body.checked_on,
        result=body.result,
        note=body.note,
        by=request.by,
        now=request.now,
        personal_data=rule(body.personal_data),
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/close", summary="Close a case")
def close_case(request: ApiRequest, key: CaseKey, body: Closing) -> SavedCase:
    """Close a case with its cause and its resolution."""
    saved = actions.close(
        key,
        root_cause=body.root_cause,
        resolution=body.resolution,
        version=body.version,
        by=request.by,
        now=request.now,
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/reopen", summary="Open an ended case again")
def reopen_case(request: ApiRequest, key: CaseKey) -> SavedCase:
    """Open an ended case again; its deadlines move by the time it stood closed."""
    saved = actions.reopen(key, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)
