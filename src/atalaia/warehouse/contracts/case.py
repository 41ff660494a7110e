"""A case between the region, the creator's side and the central teams."""

from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CaseState,
    CaseType,
    CentralTeam,
    RootCause,
)
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import (
    AGENCY_IF_KNOWN,
    CREATOR_IF_KNOWN,
    MARKET,
    SESSION_IF_KNOWN,
)

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="case",
    meaning="A case with the duties that its SOP put on it; `case_event` has its path.",
    key=("case_id",),
    event_time="opened_at",
    is_read_whole=True,
    fields=(
        Field(name="case_id", kind=Kind.TEXT, meaning="The case.", is_required=True),
        MARKET,
        Field(
            name="type",
            kind=Kind.TEXT,
            meaning="Kind of case.",
            is_required=True,
            allowed=tuple(CaseType),
        ),
        Field(
            name="priority",
            kind=Kind.TEXT,
            meaning="Priority.",
            is_required=True,
            allowed=tuple(CasePriority),
        ),
        Field(
            name="state",
            kind=Kind.TEXT,
            meaning="State at the time of the observation.",
            is_required=True,
            allowed=tuple(CaseState),
        ),
        Field(
            name="opened_at",
            kind=Kind.INSTANT,
            meaning="When it was opened.",
            is_required=True,
        ),
        Field(name="ack_due_at", kind=Kind.INSTANT, meaning="Acknowledged by then."),
        Field(
            name="resolve_due_at",
            kind=Kind.INSTANT,
            meaning="Resolved by then; moved by the pauses that the SOP allows.",
        ),
        Field(name="sop_id", kind=Kind.TEXT, meaning="Procedure it follows."),
        Field(name="sop_version", kind=Kind.TEXT, meaning="Version of the procedure."),
        Field(
            name="required_fields_n",
            kind=Kind.INTEGER,
            meaning="Fields that the procedure asks for.",
            unit="fields",
            minimum=0,
        ),
        Field(
            name="filled_fields_n",
            kind=Kind.INTEGER,
            meaning="Of those, filled at the first submission.",
            unit="fields",
            minimum=0,
        ),
        Field(
            name="central_team",
            kind=Kind.TEXT,
            meaning="Central team asked.",
            allowed=tuple(CentralTeam),
        ),
        Field(name="policy_id", kind=Kind.TEXT, meaning="Policy at issue."),
        Field(name="trap_id", kind=Kind.TEXT, meaning="False-positive trap at issue."),
        CREATOR_IF_KNOWN,
        AGENCY_IF_KNOWN,
        SESSION_IF_KNOWN,
        Field(name="decision_id", kind=Kind.TEXT, meaning="Decision at issue."),
        Field(
            name="root_cause",
            kind=Kind.TEXT,
            meaning="Class of the cause found.",
            allowed=tuple(RootCause),
        ),
        Field(
            name="resolution",
            kind=Kind.TEXT,
            meaning="How it ended.",
            allowed=tuple(CaseResolution),
        ),
        Field(
            name="is_fix_promised",
            kind=Kind.FLAG,
            meaning="Whether a fix was promised.",
        ),
        Field(
            name="fix_verified_at",
            kind=Kind.INSTANT,
            meaning="When the promised fix was verified.",
        ),
    ),
)
