"""One person's blind look at a unit: a judgment, not yet the truth."""

from atalaia.domain.codes import Judgment, Lane, PenaltyCode
from atalaia.warehouse.contracts.contract import Contract, Field, Kind

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
        Field(name="sample_id", kind=Kind.TEXT, meaning="Sample that drew the unit."),
        Field(
            name="decision_id",
            kind=Kind.TEXT,
            meaning="Decision reviewed, enforced or passed.",
        ),
        Field(
            name="session_id",
            kind=Kind.TEXT,
            meaning="Session of the unit.",
            aliases=("item_id", "room_id"),
        ),
        Field(
            name="segment_seq",
            kind=Kind.INTEGER,
            meaning="Minute reviewed, when the unit is a segment.",
            unit="minutes",
            minimum=0,
        ),
        Field(
            name="creator_id",
            kind=Kind.TEXT,
            meaning="Creator, as a pseudonym.",
            is_person=True,
        ),
        Field(
            name="market",
            kind=Kind.TEXT,
            meaning="Market code of the creator at the time, e.g. BR.",
            is_required=True,
            aliases=("country", "mkt", "region", "pais", "país"),
        ),
        Field(
            name="stratum", kind=Kind.TEXT, meaning="Stratum of the unit in its sample."
        ),
        Field(
            name="weight",
            kind=Kind.NUMBER,
            meaning="1 / inclusion probability.",
            minimum=0,
            unit="units",
        ),
        Field(
            name="policy_version_used",
            kind=Kind.TEXT,
            meaning="Policy version the unit was judged against.",
        ),
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
