"""An old case from a spreadsheet or tracker, with its own timestamps."""

from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR_IF_KNOWN, MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="case_log",
    meaning="An old case from a spreadsheet or tracker, with its own timestamps.",
    key=("case_id",),
    event_time="opened_at",
    fields=(
        Field(
            name="case_id",
            kind=Kind.TEXT,
            meaning="The case.",
            is_required=True,
            aliases=("ticket", "ticket_id", "caso"),
        ),
        MARKET,
        Field(
            name="type",
            kind=Kind.TEXT,
            meaning="Kind of case.",
            allowed=tuple(CaseType),
        ),
        Field(
            name="priority",
            kind=Kind.TEXT,
            meaning="Priority.",
            allowed=tuple(CasePriority),
        ),
        Field(
            name="state",
            kind=Kind.TEXT,
            meaning="State.",
            is_required=True,
            allowed=tuple(CaseState),
            aliases=("status", "estado", "situação"),
        ),
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy at issue.",
            aliases=("policy",),
        ),
        CREATOR_IF_KNOWN,
        Field(name="decision_id", kind=Kind.TEXT, meaning="Decision at issue."),
        Field(
            name="owner",
            kind=Kind.TEXT,
            meaning="Person who holds it.",
            is_person=True,
            aliases=("assignee", "responsable", "responsável"),
        ),
        Field(
            name="central_team",
            kind=Kind.TEXT,
            meaning="Central team asked.",
            allowed=tuple(CentralTeam),
        ),
        Field(
            name="external_ref",
            kind=Kind.TEXT,
            meaning="Reference on the central side.",
        ),
        Field(
            name="opened_at",
            kind=Kind.INSTANT,
            meaning="Opened.",
            is_required=True,
            aliases=("created", "created_at", "abierto", "aberto"),
        ),
        Field(name="submitted_at", kind=Kind.INSTANT, meaning="First sent to central."),
        Field(name="decided_at", kind=Kind.INSTANT, meaning="Answered by central."),
        Field(
            name="closed_at",
            kind=Kind.INSTANT,
            meaning="Closed.",
            aliases=("resolved_at", "cerrado", "fechado"),
        ),
        Field(name="due_at", kind=Kind.INSTANT, meaning="Promised answer."),
    ),
)
