"""What the people of the demo write: openings, answers to fields, comments."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from atalaia.desk.casework.actions import Opening
from atalaia.desk.rooms.demo.cast import BRAZIL
from atalaia.domain.case_codes import (
    FieldKind,
    ReporterKind,
    RequestedOutcome,
)
from atalaia.domain.sops import SopField
from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam
from atalaia.simulation.proposals import Proposal

__all__ = [
    "answers_to",
    "central_answer",
    "comment_of",
    "happens",
    "language_of",
    "opening_of",
    "picked",
    "regional_answer",
    "return_note",
]

T = TypeVar("T")
NUMBERS = (12, 24, 35, 40, 60, 85)
_K, _O = ReporterKind, RequestedOutcome
ASKED: Mapping[CaseType, tuple[ReporterKind, RequestedOutcome]] = {
    CaseType.PENALTY_DISPUTE: (_K.CREATOR, _O.RESTORE),
    CaseType.OVERKILL: (_K.QUALITY, _O.FIX_MODEL),
    CaseType.LEAKAGE: (_K.ANALYST, _O.ENFORCE),
    CaseType.POLICY_QUESTION: (_K.ANALYST, _O.RULE),
    CaseType.BUG: (_K.CREATOR, _O.FIX_BUG),
    CaseType.TRAFFIC_DROP: (_K.AGENCY, _O.REVIEW_DISTRIBUTION),
    CaseType.AGENCY_CONDUCT: (_K.CREATOR, _O.SANCTION_AGENCY),
    CaseType.CREATOR_SUPPORT: (_K.CREATOR, _O.EDUCATE),
    CaseType.REGULATOR: (_K.AUTHORITY, _O.ANSWER_AUTHORITY),
    CaseType.PR_RISK: (_K.PRESS, _O.PUBLIC_STATEMENT),
    CaseType.EMERGENCY: (_K.VIEWER, _O.PROTECT_PERSON),
}
REFERENCES = (
    "creator_id",
    "agency_id",
    "session_id",
    "decision_id",
    "policy_id",
    "trap_id",
    "model_version",
)


@cache
def _said() -> Mapping[str, Any]:
    source = files("atalaia.desk.rooms.demo") / "data" / "words.yaml"
    said: Mapping[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return said


def picked(options: Sequence[T], key: str) -> T:
    """Return one of several, the same for the same key."""
    return options[zlib.crc32(key.encode()) % len(options)]


def happens(share: float, key: str) -> bool:
    """Return whether something that happens so often does, the same for one key."""
    return zlib.crc32(key.encode()) / 2**32 < share


def language_of(market: str) -> str:
    """Return the language that a market's cases are written in."""
    return "pt" if market == BRAZIL else "es"


def opening_of(proposal: Proposal, *, creator_id: str) -> Opening:
    """Return a proposed case as somebody of its market opens it.

    Args:
        creator_id: the pseudonym of its creator; "" for none.
    """
    kind, language = CaseType(proposal.type), language_of(proposal.market)
    reporter, outcome = ASKED[kind]
    named = {name: getattr(proposal, name) for name in REFERENCES}
    texts = _said()["descriptions"][kind][language]
    return Opening(
        market=proposal.market,
        type=kind,
        priority=CasePriority(proposal.priority),
        language=language,
        reporter_kind=reporter,
        requested_outcome=outcome,
        description=picked(texts, proposal.case_id),
        references={**named, "creator_id": creator_id},
        central_team=CentralTeam(proposal.central_team),
    )


def answers_to(
    fields: Sequence[SopField], proposal: Proposal, *, case: str, at: datetime
) -> dict[str, Any]:
    """Return what somebody fills into the fields of the procedure."""
    return {
        field.key: _answer(field, proposal, case=case, at=at)
        for field in fields
        if field.kind not in _NAMED
    }


_NAMED = (
    FieldKind.POLICY,
    FieldKind.SESSION,
    FieldKind.DECISION,
    FieldKind.CREATOR,
    FieldKind.AGENCY,
)
"""Fields that the references of the case fill."""


def _answer(field: SopField, proposal: Proposal, *, case: str, at: datetime) -> Any:
    key = f"{proposal.case_id} {field.key}"
    choices = [choice.key for choice in field.choices]
    plain: Mapping[FieldKind, Any] = {
        FieldKind.NUMBER: picked(NUMBERS, key),
        FieldKind.YES_NO: True,
        FieldKind.INSTANT: (proposal.decided_at or at).isoformat(),
        FieldKind.CHOICE: picked(choices, key) if choices else None,
    }
    if field.kind in plain:
        return plain[field.kind]
    if field.kind is FieldKind.REFERENCE:
        return _said()["references"][field.key].format(case=case)
    if field.key == "model_version":
        return proposal.model_version or None
    return _said()["answers"][field.key][language_of(proposal.market)]


def comment_of(audience: str, *, market: str) -> str:
    """Return a comment for the region only, or for both sides."""
    texts = _said()["comments"][audience]
    text: str = texts.get(language_of(market), texts.get("en"))
    return text


def central_answer(ruling: str, *, key: str) -> str:
    """Return what central answers."""
    texts: Sequence[str] = _said()["central_answers"][ruling]
    return picked(texts, key)


def regional_answer(market: str) -> str:
    """Return what the region writes where it decides by itself."""
    text: str = _said()["regional_answers"][language_of(market)]
    return text


def return_note(key: str) -> str:
    """Return what central writes when it gives a case back."""
    texts: Sequence[str] = _said()["return_notes"]
    return picked(texts, key)
