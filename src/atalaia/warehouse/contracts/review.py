"""One person's blind look at a unit: a judgment, not yet the truth."""

from atalaia.domain.codes import Judgment, Lane, PenaltyCode
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import REVIEWED_UNIT

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="review",
    meaning="One person's blind look at a unit: a judgment, not yet the truth.",
    key=("review_id",),
    event_time="reviewed_at",
    fields=(
        Field(
            name="review_id", kind=Kind.TEXT, meaning="The review.", is_required=True
        ),
        *REVIEWED_UNIT,
        Field(
            name="reviewer_id",
            kind=Kind.TEXT,
            meaning="Reviewer, as a pseudonym, or a slot when anonymous.",
            is_person=True,
        ),
        Field(
            name="slot",
            kind=Kind.INTEGER,
            meaning="Order of the judgment on the unit, from 1.",
            minimum=1,
        ),
        Field(
            name="is_blind", kind=Kind.FLAG, meaning="Whether the decision was hidden."
        ),
        Field(
            name="judgment",
            kind=Kind.TEXT,
            meaning="What this person says.",
            is_required=True,
            allowed=tuple(Judgment),
        ),
        Field(
            name="judged_policy_id", kind=Kind.TEXT, meaning="Policy this person names."
        ),
        Field(
            name="judged_lane",
            kind=Kind.TEXT,
            meaning="Lane this person names.",
            allowed=tuple(Lane),
        ),
        Field(
            name="judged_penalty",
            kind=Kind.TEXT,
            meaning="Penalty this person would give.",
            allowed=tuple(PenaltyCode),
        ),
        Field(
            name="violation_started_at",
            kind=Kind.INSTANT,
            meaning="Second at which the violation began.",
        ),
        Field(
            name="evidence_expires_at",
            kind=Kind.INSTANT,
            meaning="When the recording expires.",
        ),
        Field(name="dialect_note", kind=Kind.TEXT, meaning="Note on dialect or trap."),
        Field(
            name="reviewed_at",
            kind=Kind.INSTANT,
            meaning="When it was judged.",
            is_required=True,
        ),
        Field(
            name="minutes",
            kind=Kind.NUMBER,
            meaning="Time spent.",
            unit="minutes",
            minimum=0,
        ),
    ),
)
