"""A hint that a session may break a policy: model score, report, notice."""

from atalaia.domain.codes import SignalType
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR_IF_KNOWN, MARKET, SESSION_OR_UNIT

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="signal",
    meaning="A hint that a session may break a policy: model score, report, notice.",
    key=("signal_id",),
    event_time="received_at",
    parent=("session_id", "live_session"),
    fields=(
        Field(
            name="signal_id", kind=Kind.TEXT, meaning="The signal.", is_required=True
        ),
        SESSION_OR_UNIT,
        CREATOR_IF_KNOWN,
        MARKET,
        Field(
            name="segment_seq",
            kind=Kind.INTEGER,
            meaning="Minute of the session.",
            unit="minutes",
            minimum=0,
        ),
        Field(
            name="type",
            kind=Kind.TEXT,
            meaning="Where the hint came from.",
            is_required=True,
            allowed=tuple(SignalType),
        ),
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy the hint points at.",
            aliases=("policy", "politica", "política"),
        ),
        Field(name="model_id", kind=Kind.TEXT, meaning="Model that scored."),
        Field(name="model_version", kind=Kind.TEXT, meaning="Version of the model."),
        Field(
            name="score",
            kind=Kind.NUMBER,
            meaning="Model score.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
        Field(
            name="reporter_class",
            kind=Kind.TEXT,
            meaning="Class of the reporter (viewer, trusted flagger, authority).",
        ),
        Field(name="legal_basis", kind=Kind.TEXT, meaning="Law a notice rests on."),
        Field(
            name="received_at",
            kind=Kind.INSTANT,
            meaning="When it arrived.",
            is_required=True,
        ),
    ),
)
