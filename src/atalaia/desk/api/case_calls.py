"""Cases: listed, read, opened and edited."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.case_schemas import CaseList, WholeCase, listed, whole
from atalaia.desk.api.changing import Body, SavedCase, changes
from atalaia.desk.api.refusal_schemas import CHANGE_REFUSALS, REFUSALS
from atalaia.desk.api.texts import (
    Answer,
    CaseKey,
    Language,
    LongText,
    Reference,
    ShortText,
    TextRule,
    Version,
    rule,
)
from atalaia.desk.casework.actions import Changes, Opening, edit_case, open_case
from atalaia.desk.casework.queries import (
    HeapName,
    Sort,
    cases,
    filters_of,
    one_case,
)
from atalaia.domain.case_codes import (
    CaseSource,
    ClockState,
    NextMove,
    ReporterKind,
    RequestedOutcome,
)
from atalaia.domain.work_codes import (
    CasePriority,
    CaseState,
    CaseType,
    CentralTeam,
)

__all__ = ["router"]

router = Router()
PAGING = ("sort", "after", "size")
Words = Annotated[str, StringConstraints(max_length=200)]


class CaseQuery(Schema):
    """What a list is narrowed to; several values of one name widen it."""

    standing: Words = "open"
    market: list[Words] = []
    type: list[CaseType] = []
    priority: list[CasePriority] = []
    state: list[CaseState] = []
    next_move: list[NextMove] = []
    central_team: list[CentralTeam] = []
    requested_outcome: list[RequestedOutcome] = []
    language: list[Words] = []
    regional: list[ClockState] = []
    central: list[ClockState] = []
    owed: list[HeapName] = []
    owner: Words = ""
    policy: Words = ""
    trap: Words = ""
    model_version: Words = ""
    creator: Words = ""
    agency: Words = ""
    session: Words = ""
    external_ref: Words = ""
    words: Words = ""
    sort: Sort = Sort.PRIORITY
    after: Annotated[str, StringConstraints(max_length=400)] = ""
    size: Annotated[int, Field(ge=1, le=500)] = 50


class References(Body):
    """Ids and pseudonyms of what a case is about; "" empties one."""

    creator_id: Reference | None = None
    agency_id: Reference | None = None
    session_id: Reference | None = None
    decision_id: Reference | None = None
    penalty_id: Reference | None = None
    policy_id: Reference | None = None
    trap_id: Reference | None = None
    model_version: Reference | None = None

    def told(self) -> dict[str, str]:
        """Return those that were named."""
        named = self.model_dump(exclude_unset=True)
        return {name: value or "" for name, value in named.items()}


class NewCase(Body):
    """What is told of a new case; `fields` are those that its procedure asks for."""

    market: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
    type: CaseType
    priority: CasePriority
    language: Language
    reporter_kind: ReporterKind
    requested_outcome: RequestedOutcome
    description: LongText
    references: References = References()
    fields: dict[str, Answer | None] = {}
    central_team: CentralTeam | None = None
    external_ref: ShortText = ""
    personal_data: TextRule = "refuse"


class CaseEdit(Body):
    """What to change; what is not named stays. `version` is the one that was read."""

    version: Version
    language: Language | None = None
    requested_outcome: RequestedOutcome | None = None
    description: LongText | None = None
    external_ref: ShortText | None = None
    central_owner: ShortText | None = None
    references: References = References()
    fields: dict[str, Answer | None] = {}
    personal_data: TextRule = "refuse"


@router.get("", response={200: CaseList, **REFUSALS}, summary="List cases")
def list_cases(request: ApiRequest, query: Query[CaseQuery]) -> CaseList:
    """Return the cases that the token may see, a page at a time."""
    plain: dict[str, Any] = query.model_dump(mode="json", exclude=set(PAGING))
    # A name that does not exist is passed on, so that it is refused, not ignored.
    unknown = {name: request.GET.getlist(name) for name in request.GET}
    for name in CaseQuery.model_fields:
        unknown.pop(name, None)
    given = {
        name: value if isinstance(value, list) else [value]
        for name, value in plain.items()
    }
    page = cases(
        filters_of({**given, **unknown}),
        by=request.by,
        now=request.now,
        sort=query.sort,
        after=query.after,
        size=query.size,
    )
    return CaseList(cases=[listed(row) for row in page.rows], after=page.after)


@router.get("/{key}", response={200: WholeCase, **REFUSALS}, summary="Read a case")
def read_case(request: ApiRequest, key: CaseKey, response: HttpResponse) -> WholeCase:
    """Return one case with its moves and the comments that the token may read."""
    case = whole(one_case(key, by=request.by, now=request.now))
    response["ETag"] = f'"{case.version}"'
    return case


@changes(router, "", summary="Open a case", status=201)
def create_case(request: ApiRequest, body: NewCase) -> SavedCase:
    """Open a case under the procedure in force for its type."""
    told = {name: getattr(body, name) for name in NewCase.model_fields}
    rule_given = told.pop("personal_data")
    saved = open_case(
        Opening(
            **{**told, "references": body.references.told()}, source=CaseSource.API
        ),
        by=request.by,
        now=request.now,
        personal_data=rule(rule_given),
    )
    return SavedCase.model_validate(saved)


@router.patch(
    "/{key}", response={200: SavedCase, **CHANGE_REFUSALS}, summary="Edit a case"
)
def update_case(request: ApiRequest, key: CaseKey, body: CaseEdit) -> SavedCase:
    """Change what a case says, unless somebody saved it since it was read."""
    told = {name: getattr(body, name) for name in CaseEdit.model_fields}
    version, rule_given = told.pop("version"), told.pop("personal_data")
    saved = edit_case(
        key,
        Changes(**{**told, "references": body.references.told()}),
        version=version,
        by=request.by,
        now=request.now,
        personal_data=rule(rule_given),
    )
    return SavedCase.model_validate(saved)
