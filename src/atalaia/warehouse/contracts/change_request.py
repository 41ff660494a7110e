"""A change asked of a policy, model, route or training, with its proof."""

from atalaia.domain.work_codes import ChangeResult
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="change_request",
    meaning="A change asked of a policy, model, route or training, with its proof.",
    key=("change_id",),
    event_time="proposed_at",
    is_read_whole=True,
    fields=(
        Field(
            name="change_id", kind=Kind.TEXT, meaning="The change.", is_required=True
        ),
        MARKET,
        Field(
            name="proposed_at",
            kind=Kind.INSTANT,
            meaning="When it was proposed.",
            is_required=True,
        ),
        Field(name="deployed_at", kind=Kind.INSTANT, meaning="When it took effect."),
        Field(
            name="review_due_at",
            kind=Kind.INSTANT,
            meaning="When its success is to be judged.",
        ),
        Field(
            name="result",
            kind=Kind.TEXT,
            meaning="Whether it met its criterion.",
            allowed=tuple(ChangeResult),
        ),
        Field(name="reverted_at", kind=Kind.INSTANT, meaning="When it was taken back."),
    ),
)
