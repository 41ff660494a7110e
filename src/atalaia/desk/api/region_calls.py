"""What the region does with a case."""

from ninja import Router
from pydantic import Field

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.changing import Body, SavedCase, changes
from atalaia.desk.api.texts import CaseKey, LongText, TextRule, rule
from atalaia.desk.casework import actions
from atalaia.domain.case_codes import (
    CaseLinkKind,
    CommentAudience,
    PauseReason,
    ReturnReason,
)
from atalaia.domain.work_codes import CasePriority, CentralTeam

__all__ = ["router"]

router = Router()


class NewComment(Body):
    """What is said, and who reads it."""

    text: LongText
    audience: CommentAudience
    personal_data: TextRule = "refuse"


class Triage(Body):
    """How urgent a case is, and which central team is asked."""

    priority: CasePriority
    central_team: CentralTeam | None = None


class Assignment(Body):
    """Who is to hold a case, by their number."""

    person_id: int = Field(ge=1, le=2**53)


class Waiting(Body):
    """Whom the case waits for."""

    reason: PauseReason


class GivenBack(Body):
    """Why a case is given back to whoever reported it."""

    reason: ReturnReason


class Tie(Body):
    """Another case, and how both belong together."""

    other: str = Field(max_length=20)
    kind: CaseLinkKind


class Merge(Body):
    """The case that goes on."""

    other: str = Field(max_length=20)


@changes(router, "/{key}/comment", summary="Comment on a case")
def comment_case(request: ApiRequest, key: CaseKey, body: NewComment) -> SavedCase:
    """Say something to the region only, or to both sides."""
    saved = actions.add_comment(
        key,
        body.text,
        audience=body.audience,
        by=request.by,
        now=request.now,
        personal_data=rule(body.personal_data),
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/claim", summary="Take a case")
def claim_case(request: ApiRequest, key: CaseKey) -> SavedCase:
    """Take a case that nobody holds, for the owner of the token."""
    saved = actions.claim(key, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/release", summary="Give a case back to all")
def release_case(request: ApiRequest, key: CaseKey) -> SavedCase:
    """Give up a case, so that somebody else can take it."""
    saved = actions.release(key, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/assign", summary="Hand a case to somebody")
def assign_case(request: ApiRequest, key: CaseKey, body: Assignment) -> SavedCase:
    """Hand a case to somebody who works on its market; for leads."""
    saved = actions.assign(key, to=body.person_id, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/triage", summary="Triage a case")
def triage_case(request: ApiRequest, key: CaseKey, body: Triage) -> SavedCase:
    """Say how urgent a case is; it counts as acknowledged."""
    saved = actions.triage(
        key,
        priority=body.priority,
        central_team=body.central_team,
        by=request.by,
        now=request.now,
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/complete-evidence", summary="Say that nothing is missing")
def complete_case(request: ApiRequest, key: CaseKey) -> SavedCase:
    """Say that all which the procedure asks for is there."""
    saved = actions.complete_evidence(key, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/reject", summary="Give a case back as incomplete")
def reject_case(request: ApiRequest, key: CaseKey, body: GivenBack) -> SavedCase:
    """Give a case back to whoever reported it, before it goes anywhere."""
    saved = actions.reject_incomplete(
        key, reason=body.reason, by=request.by, now=request.now
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/pause", summary="Let a case wait")
def pause_case(request: ApiRequest, key: CaseKey, body: Waiting) -> SavedCase:
    """Let a case wait for somebody outside, where its procedure allows it."""
    saved = actions.pause(key, reason=body.reason, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/resume", summary="Go on with a case that waited")
def resume_case(request: ApiRequest, key: CaseKey) -> SavedCase:
    """Go on where the case was; the wait moves its deadlines."""
    saved = actions.resume(key, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/link", summary="Tie two cases together")
def link_case(request: ApiRequest, key: CaseKey, body: Tie) -> SavedCase:
    """Tie a case to another; once more changes nothing."""
    saved = actions.link(
        key, to=body.other, kind=body.kind, by=request.by, now=request.now
    )
    return SavedCase.model_validate(saved)


@changes(router, "/{key}/merge", summary="Merge a duplicate")
def merge_case(request: ApiRequest, key: CaseKey, body: Merge) -> SavedCase:
    """End a case as a duplicate of another that goes on."""
    saved = actions.mark_duplicate(key, of=body.other, by=request.by, now=request.now)
    return SavedCase.model_validate(saved)
