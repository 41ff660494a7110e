"""A creator's place in an education programme."""

from atalaia.domain.work_codes import Arm
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import AGENCY_IF_KNOWN, CREATOR, MARKET

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="enrolment",
    meaning="A creator's place in an education programme, treated or held out.",
    key=("programme_id", "creator_id"),
    event_time="assigned_at",
    is_read_whole=True,
    fields=(
        Field(
            name="programme_id",
            kind=Kind.TEXT,
            meaning="The programme.",
            is_required=True,
        ),
        CREATOR,
        MARKET,
        AGENCY_IF_KNOWN,
        Field(
            name="arm",
            kind=Kind.TEXT,
            meaning="Treated, or held out by chance.",
            is_required=True,
            allowed=tuple(Arm),
        ),
        Field(
            name="is_randomised",
            kind=Kind.FLAG,
            meaning="Whether chance alone chose the arm.",
        ),
        Field(
            name="cluster_id",
            kind=Kind.TEXT,
            meaning="What was randomised together, such as an agency; else empty.",
        ),
        Field(
            name="assigned_at",
            kind=Kind.INSTANT,
            meaning="When the arm was assigned.",
            is_required=True,
        ),
        Field(name="opened_at", kind=Kind.INSTANT, meaning="When it was opened."),
        Field(name="completed_at", kind=Kind.INSTANT, meaning="When it was completed."),
        Field(
            name="pre_score",
            kind=Kind.NUMBER,
            meaning="Share of the first quiz answered right.",
            minimum=0,
            maximum=1,
            unit="share",
        ),
        Field(
            name="post_score",
            kind=Kind.NUMBER,
            meaning="Share of the last quiz answered right.",
            minimum=0,
            maximum=1,
            unit="share",
        ),
        Field(name="pre_form", kind=Kind.TEXT, meaning="Item set of the first quiz."),
        Field(name="post_form", kind=Kind.TEXT, meaning="Item set of the last quiz."),
    ),
)
