"""A case's move from one state to another."""

from atalaia.domain.work_codes import CaseState
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="case_event",
    meaning="A case's move from one state to another; every time is read from these.",
    key=("event_id",),
    event_time="moved_at",
    parent=("case_id", "case"),
    is_read_whole=True,
    fields=(
        Field(name="event_id", kind=Kind.TEXT, meaning="The move.", is_required=True),
        Field(name="case_id", kind=Kind.TEXT, meaning="The case.", is_required=True),
        MARKET,
        Field(
            name="moved_at",
            kind=Kind.INSTANT,
            meaning="When it moved.",
            is_required=True,
        ),
        Field(
            name="seq",
            kind=Kind.INTEGER,
            meaning="Order of the move in its case, from 1; settles equal times.",
            is_required=True,
            minimum=1,
        ),
        Field(
            name="to_state",
            kind=Kind.TEXT,
            meaning="State it moved to.",
            is_required=True,
            allowed=tuple(CaseState),
        ),
        Field(
            name="by_team",
            kind=Kind.TEXT,
            meaning="Who moved it: the region or a central team.",
        ),
    ),
)
