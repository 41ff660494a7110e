"""A case and its moves as rows of the fact tables, in the form of their contracts."""

from datetime import UTC, datetime
from typing import Any

from atalaia.desk.casework.models import Case, CaseEvent

__all__ = ["case_row", "move_row"]


def case_row(case: Case) -> dict[str, Any]:
    """Return a case as a row of `case`; what is not known is null."""
    has_trace = bool(case.resolution)
    return {
        "case_id": case.key,
        "market": case.market,
        "type": case.type,
        "priority": case.priority,
        "state": case.state,
        "opened_at": _instant(case.opened_at),
        "ack_due_at": _instant(case.ack_due_at),
        "resolve_due_at": _instant(case.resolve_due_at),
        "sop_id": case.sop_id,
        "sop_version": case.sop_version,
        "required_fields_n": case.required_fields_n,
        "filled_fields_n": case.filled_fields_n,
        "central_team": case.central_team,
        "policy_id": case.policy_id or None,
        "trap_id": case.trap_id or None,
        "creator_id": case.creator_id or None,
        "agency_id": case.agency_id or None,
        "session_id": case.session_id or None,
        "decision_id": case.decision_id or None,
        "root_cause": case.root_cause or None,
        "resolution": case.resolution or None,
        "is_fix_promised": case.is_fix_promised if has_trace else None,
        "fix_verified_at": _instant(case.fix_verified_at),
    }


def move_row(move: CaseEvent, *, case: Case) -> dict[str, Any]:
    """Return a move as a row of `case_event`."""
    return {
        "event_id": f"{case.key}.{move.seq}",
        "case_id": case.key,
        "market": case.market,
        "moved_at": _instant(move.moved_at),
        "seq": move.seq,
        "to_state": move.to_state,
        "by_team": move.by_team,
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
