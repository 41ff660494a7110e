"""The settled truth about a unit, from one or more judgments."""

from atalaia.domain.codes import (
    Judgment,
    Lane,
    PenaltyCode,
    SampleFrame,
    VerdictCode,
    VerdictOrigin,
)
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import REVIEWED_UNIT

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="verdict",
    meaning="The settled truth about a unit, from one or more judgments.",
    key=("verdict_id",),
    event_time="settled_at",
    fields=(
        Field(
            name="verdict_id", kind=Kind.TEXT, meaning="The verdict.", is_required=True
        ),
        *REVIEWED_UNIT,
        Field(
            name="frame",
            kind=Kind.TEXT,
            meaning="Frame of the sample.",
            is_required=True,
            allowed=tuple(SampleFrame),
        ),
        Field(
            name="truth",
            kind=Kind.TEXT,
            meaning="Settled truth.",
            is_required=True,
            allowed=tuple(Judgment),
        ),
        Field(
            name="truth_policy_id",
            kind=Kind.TEXT,
            meaning="Policy that is really broken.",
        ),
        Field(
            name="truth_lane",
            kind=Kind.TEXT,
            meaning="Right lane.",
            allowed=tuple(Lane),
        ),
        Field(
            name="truth_penalty",
            kind=Kind.TEXT,
            meaning="Right penalty.",
            allowed=tuple(PenaltyCode),
        ),
        Field(
            name="verdict",
            kind=Kind.TEXT,
            meaning="What the truth says of the decision.",
            is_required=True,
            allowed=tuple(VerdictCode),
        ),
        Field(
            name="origin",
            kind=Kind.TEXT,
            meaning="How it was settled.",
            is_required=True,
            allowed=tuple(VerdictOrigin),
        ),
        Field(
            name="reviews_n",
            kind=Kind.INTEGER,
            meaning="Judgments it rests on.",
            unit="judgments",
            minimum=0,
        ),
        Field(
            name="is_blind", kind=Kind.FLAG, meaning="Whether every judgment was blind."
        ),
        Field(
            name="is_policy_difference",
            kind=Kind.FLAG,
            meaning="The arbitrator calls it a policy difference, not an error.",
        ),
        Field(
            name="violation_started_at",
            kind=Kind.INSTANT,
            meaning="Second at which the violation began.",
        ),
        Field(
            name="settled_at",
            kind=Kind.INSTANT,
            meaning="When it was settled.",
            is_required=True,
        ),
    ),
)
