"""What moderation decided about a unit under one policy."""

from atalaia.domain.codes import (
    Actor,
    AutomatedDecision,
    Detection,
    Lane,
    Outcome,
    ReviewException,
    Severity,
)
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.contracts.ties import CREATOR_IF_KNOWN, MARKET, SESSION_OR_UNIT

__all__ = ["CONTRACT"]

CONTRACT = Contract(
    name="moderation_decision",
    meaning="What moderation decided about a unit under one policy.",
    key=("decision_id",),
    event_time="decided_at",
    parent=("session_id", "live_session"),
    fields=(
        Field(
            name="decision_id",
            kind=Kind.TEXT,
            meaning="The decision.",
            is_required=True,
            aliases=("case_no", "ticket_id", "uuid"),
        ),
        SESSION_OR_UNIT,
        CREATOR_IF_KNOWN,
        MARKET,
        Field(
            name="agency_id", kind=Kind.TEXT, meaning="Agency at the decision's time."
        ),
        Field(
            name="policy_id",
            kind=Kind.TEXT,
            meaning="Policy applied.",
            is_required=True,
            aliases=("policy", "politica", "política", "reason", "motivo"),
        ),
        Field(
            name="policy_version",
            kind=Kind.TEXT,
            meaning="Version in force at the decision's time.",
        ),
        Field(
            name="lane",
            kind=Kind.TEXT,
            meaning="Consequence lane.",
            allowed=tuple(Lane),
        ),
        Field(
            name="outcome",
            kind=Kind.TEXT,
            meaning="What was done.",
            is_required=True,
            allowed=tuple(Outcome),
            aliases=("action", "accion", "ação", "resultado"),
        ),
        Field(
            name="severity",
            kind=Kind.TEXT,
            meaning="Severity at the decision's time.",
            allowed=tuple(Severity),
        ),
        Field(
            name="decided_at",
            kind=Kind.INSTANT,
            meaning="When it was decided.",
            is_required=True,
            aliases=("decision_time", "fecha", "data", "date"),
        ),
        Field(
            name="first_signal_at",
            kind=Kind.INSTANT,
            meaning="First signal that led to it.",
        ),
        Field(
            name="detection",
            kind=Kind.TEXT,
            meaning="What brought it up.",
            allowed=tuple(Detection),
        ),
        Field(
            name="automated_decision",
            kind=Kind.TEXT,
            meaning="How far a machine decided.",
            allowed=tuple(AutomatedDecision),
        ),
        Field(
            name="automated_detection",
            kind=Kind.FLAG,
            meaning="Whether a machine found it.",
        ),
        Field(
            name="actor", kind=Kind.TEXT, meaning="Who decided.", allowed=tuple(Actor)
        ),
        Field(
            name="queue",
            kind=Kind.TEXT,
            meaning="Moderation queue.",
            aliases=("cola", "fila"),
        ),
        Field(
            name="moderator_id",
            kind=Kind.TEXT,
            meaning="Moderator, as a pseudonym.",
            is_person=True,
            aliases=("moderator", "reviewer"),
        ),
        Field(
            name="language_skill_match",
            kind=Kind.FLAG,
            meaning="Whether the moderator speaks the session's language.",
        ),
        Field(
            name="model_version",
            kind=Kind.TEXT,
            meaning="Version of the model that acted or routed.",
        ),
        Field(
            name="confidence",
            kind=Kind.NUMBER,
            meaning="Confidence stated by the decider.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
        Field(
            name="exception",
            kind=Kind.TEXT,
            meaning="Public-interest exception recorded.",
            allowed=tuple(ReviewException),
        ),
        Field(
            name="facts_text",
            kind=Kind.TEXT,
            meaning="Neutral description; no personal data.",
        ),
        Field(
            name="territorial_scope",
            kind=Kind.TEXTS,
            meaning="Countries where it holds, ISO 3166-1.",
        ),
        Field(
            name="superseded_by",
            kind=Kind.TEXT,
            meaning="Decision that replaced this one.",
        ),
        Field(
            name="statement_id",
            kind=Kind.TEXT,
            meaning="Identifier of the statement of reasons (DSA uuid).",
        ),
        Field(name="decision_ground", kind=Kind.TEXT, meaning="DSA decision_ground."),
        Field(
            name="decision_visibility",
            kind=Kind.TEXTS,
            meaning="DSA visibility restrictions.",
        ),
        Field(
            name="decision_monetary",
            kind=Kind.TEXT,
            meaning="DSA monetary restriction.",
        ),
        Field(
            name="decision_provision",
            kind=Kind.TEXT,
            meaning="DSA restriction of the service.",
        ),
        Field(
            name="decision_account",
            kind=Kind.TEXT,
            meaning="DSA restriction of the account.",
        ),
        Field(name="dsa_category", kind=Kind.TEXT, meaning="DSA category."),
        Field(
            name="dsa_keywords", kind=Kind.TEXTS, meaning="DSA category_specification."
        ),
        Field(name="content_type", kind=Kind.TEXTS, meaning="DSA content types."),
        Field(
            name="content_language",
            kind=Kind.TEXT,
            meaning="Language of the content, ISO 639-1.",
        ),
        Field(
            name="content_date",
            kind=Kind.INSTANT,
            meaning="When the content was published.",
        ),
        Field(
            name="ends_at",
            kind=Kind.INSTANT,
            meaning="Planned end of the restriction; empty when indefinite.",
        ),
        Field(name="source_type", kind=Kind.TEXT, meaning="DSA source_type."),
        Field(
            name="platform_name",
            kind=Kind.TEXT,
            meaning="Platform that made the statement.",
        ),
    ),
)
