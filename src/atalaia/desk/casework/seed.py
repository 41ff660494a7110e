"""The procedures that a new desk begins with: those of the reference files."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from atalaia.desk.casework.models import SopVersion
from atalaia.desk.casework.procedures import sop_key
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.sops import Sop, SopField, Terms
from atalaia.domain.trilingual import Trilingual

__all__ = ["content_of", "take_up_procedures"]


def take_up_procedures(**signal: Any) -> None:  # noqa: ARG001 (Django's signature)
    """Take up the procedures of the reference files that the desk has none of yet."""
    known = set(SopVersion.objects.values_list("sop_id", flat=True))
    SopVersion.objects.bulk_create(
        SopVersion(
            key=sop_key(sop.id, sop.version),
            sop_id=sop.id,
            number=at,
            state=_state(sop),
            content=content_of(sop),
            changed_at=datetime.combine(sop.effective_from, time(), tzinfo=UTC),
        )
        for sop, at in _numbered(trade().reference.sops)
        if sop.id not in known
    )


def _numbered(sops: Iterable[Sop]) -> list[tuple[Sop, int]]:
    counted: dict[str, int] = {}
    numbered = []
    for sop in sops:
        counted[sop.id] = counted.get(sop.id, 0) + 1
        numbered.append((sop, counted[sop.id]))
    return numbered


def _state(sop: Sop) -> ProcedureState:
    has_ended = sop.effective_to is not None
    return ProcedureState.SUPERSEDED if has_ended else ProcedureState.ACTIVE


def content_of(sop: Sop) -> dict[str, Any]:
    """Return a procedure as the plain values that its file is written with."""
    content: dict[str, Any] = {
        "id": sop.id,
        "version": sop.version,
        "owner": str(sop.owner),
        "effective_from": sop.effective_from.isoformat(),
        "case_types": [str(each) for each in sop.case_types],
        "central_team": str(sop.central_team),
        "name": _said(sop.name),
        "trigger": _said(sop.trigger),
        "steps": [_said(step) for step in sop.steps],
        "fields": [_asked(field) for field in sop.fields],
        "terms": {str(each): _promised(terms) for each, terms in sop.terms.items()},
        "escalation": [
            {"to": _said(each.to), "when": _said(each.when)} for each in sop.escalation
        ],
        "pause_reasons": sorted(str(each) for each in sop.pause_reasons),
    }
    if sop.effective_to is not None:
        content["effective_to"] = date.isoformat(sop.effective_to)
    return content


def _asked(field: SopField) -> dict[str, Any]:
    content: dict[str, Any] = {
        "key": field.key,
        "kind": str(field.kind),
        "required": field.is_required,
        "label": _said(field.label),
        "reason": _said(field.reason),
    }
    if field.choices:
        content["choices"] = {each.key: _said(each.name) for each in field.choices}
    return content


def _promised(terms: Terms) -> dict[str, dict[str, float]]:
    allowances = {
        "acknowledge": terms.acknowledge,
        "resolve": terms.resolve,
        "answer": terms.answer,
    }
    return {
        name: {"days": each.days} if each.days else {"hours": each.hours}
        for name, each in allowances.items()
        if each is not None
    }


def _said(text: Trilingual) -> dict[str, str]:
    return {"en": text.en, "es": text.es, "pt": text.pt}
