"""A difference of reading brought to the diff board."""

from atalaia.domain.work_codes import DiffType, Ruling
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="diff_case",
    meaning="A difference of reading brought to the diff board, and its ruling.",
    key=("diff_id",),
    event_time="raised_at",
    is_read_whole=True,
    fields=(
        Field(name="diff_id", kind=Kind.TEXT, meaning="The diff.", is_required=True),
        MARKET,
        Field(
            name="type",
            kind=Kind.TEXT,
            meaning="Whose readings differ.",
            is_required=True,
            allowed=tuple(DiffType),
        ),
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy at issue.",
            is_required=True,
        ),
        Field(name="trap_id", kind=Kind.TEXT, meaning="False-positive trap at issue."),
        Field(
            name="raised_at",
            kind=Kind.INSTANT,
            meaning="When it was raised.",
            is_required=True,
        ),
        Field(
            name="presented_at",
            kind=Kind.INSTANT,
            meaning="When central first discussed it.",
        ),
        Field(name="ruled_at", kind=Kind.INSTANT, meaning="When central ruled."),
        Field(
            name="ruling",
            kind=Kind.TEXT,
            meaning="What central ruled.",
            allowed=tuple(Ruling),
        ),
        Field(
            name="effective_at",
            kind=Kind.INSTANT,
            meaning="When the adopted change took effect.",
        ),
    ),
)
