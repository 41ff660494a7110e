"""Something that somebody promised to do by a day."""

from atalaia.domain.work_codes import ActionType
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="action",
    meaning="Something that somebody promised to do by a day.",
    key=("action_id",),
    event_time="due_at",
    is_read_whole=True,
    fields=(
        Field(
            name="action_id", kind=Kind.TEXT, meaning="The action.", is_required=True
        ),
        MARKET,
        Field(
            name="type",
            kind=Kind.TEXT,
            meaning="Kind of action.",
            allowed=tuple(ActionType),
        ),
        Field(
            name="due_at",
            kind=Kind.INSTANT,
            meaning="When it was due at first; a moved date does not excuse it.",
            is_required=True,
        ),
        Field(name="done_at", kind=Kind.INSTANT, meaning="When it was done."),
        Field(
            name="dropped_at",
            kind=Kind.INSTANT,
            meaning="When it was dropped as no longer needed.",
        ),
    ),
)
