"""One round of an appeal against a penalty."""

from atalaia.domain.codes import Actor, AppealChannel, AppealReason, AppealResult
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR_IF_KNOWN, MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="appeal",
    meaning="One round of an appeal against a penalty.",
    key=("appeal_id",),
    event_time="submitted_at",
    parent=("penalty_id", "penalty"),
    fields=(
        Field(
            name="appeal_id", kind=Kind.TEXT, meaning="The appeal.", is_required=True
        ),
        Field(
            name="penalty_id",
            kind=Kind.TEXT,
            meaning="Penalty appealed.",
            is_required=True,
        ),
        CREATOR_IF_KNOWN,
        MARKET,
        Field(
            name="round",
            kind=Kind.INTEGER,
            meaning="Round: 1 and 2 in the app, 3 manual.",
            is_required=True,
            minimum=1,
            maximum=9,
        ),
        Field(
            name="channel",
            kind=Kind.TEXT,
            meaning="Where it was lodged.",
            allowed=tuple(AppealChannel),
        ),
        Field(
            name="submitted_at",
            kind=Kind.INSTANT,
            meaning="When it was lodged.",
            is_required=True,
        ),
        Field(
            name="text_language",
            kind=Kind.TEXT,
            meaning="Language of the appeal, ISO 639-1.",
        ),
        Field(
            name="evidence",
            kind=Kind.TEXT,
            meaning="References to evidence; never media.",
        ),
        Field(name="decided_at", kind=Kind.INSTANT, meaning="When it was decided."),
        Field(
            name="result",
            kind=Kind.TEXT,
            meaning="Result.",
            is_required=True,
            allowed=tuple(AppealResult),
        ),
        Field(
            name="reason",
            kind=Kind.TEXT,
            meaning="Ground of the result.",
            allowed=tuple(AppealReason),
        ),
        Field(
            name="reviewer_actor",
            kind=Kind.TEXT,
            meaning="Who decided.",
            allowed=tuple(Actor),
        ),
        Field(
            name="is_reopened", kind=Kind.FLAG, meaning="Whether it was opened again."
        ),
    ),
)
