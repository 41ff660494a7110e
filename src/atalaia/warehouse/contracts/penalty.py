"""A consequence put on somebody by a decision."""

from atalaia.domain.codes import PenaltyCode, PenaltyStatus, Subject
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR_IF_KNOWN, MARKET, SESSION_OR_UNIT

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="penalty",
    meaning="A consequence put on somebody by a decision.",
    key=("penalty_id",),
    event_time="started_at",
    parent=("decision_id", "moderation_decision"),
    parent_else=("session_id", "live_session"),
    fields=(
        Field(
            name="penalty_id", kind=Kind.TEXT, meaning="The penalty.", is_required=True
        ),
        Field(
            name="decision_id",
            kind=Kind.TEXT,
            meaning="Decision that imposed it.",
            is_required=True,
        ),
        SESSION_OR_UNIT,
        CREATOR_IF_KNOWN,
        Field(
            name="agency_id", kind=Kind.TEXT, meaning="Agency at the incident's time."
        ),
        MARKET,
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy applied.",
            aliases=("policy", "politica", "política"),
        ),
        Field(
            name="subject",
            kind=Kind.TEXT,
            meaning="On whom it falls.",
            is_required=True,
            allowed=tuple(Subject),
        ),
        Field(
            name="code",
            kind=Kind.TEXT,
            meaning="Penalty code.",
            is_required=True,
            allowed=tuple(PenaltyCode),
            aliases=("penalty_code", "penalty", "sancion", "sanción", "penalidade"),
        ),
        Field(
            name="started_at",
            kind=Kind.INSTANT,
            meaning="Start.",
            is_required=True,
            aliases=("start", "start_time"),
        ),
        Field(
            name="planned_end_at",
            kind=Kind.INSTANT,
            meaning="Planned end; empty when permanent or instant.",
        ),
        Field(
            name="ended_at", kind=Kind.INSTANT, meaning="Actual end, reversal included."
        ),
        Field(
            name="status",
            kind=Kind.TEXT,
            meaning="State of the penalty.",
            is_required=True,
            allowed=tuple(PenaltyStatus),
        ),
        Field(
            name="strike_counted",
            kind=Kind.FLAG,
            meaning="Whether it counts as a strike.",
        ),
        Field(
            name="strike_reversible",
            kind=Kind.FLAG,
            meaning="Whether the strike can be taken back.",
        ),
        Field(
            name="ladder_step",
            kind=Kind.INTEGER,
            meaning="Rank on its ladder.",
            unit="rank",
            minimum=0,
        ),
        Field(
            name="notified_at", kind=Kind.INSTANT, meaning="When the creator was told."
        ),
        Field(name="appealable", kind=Kind.FLAG, meaning="Whether it can be appealed."),
    ),
)
