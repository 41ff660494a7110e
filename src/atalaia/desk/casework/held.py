"""What cases and all that belongs to them hold of people."""

from typing import Any

from atalaia.desk.audit.action import Deed
from atalaia.desk.casework.case_facts import case_row
from atalaia.desk.casework.handoff.held import HELD as OF_HAND_OFFS
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.procedures import procedure_of
from atalaia.desk.shell.held import Blank, Held
from atalaia.domain.case_codes import FieldKind

__all__ = ["HELD"]

OF_NOBODY = frozenset(
    {FieldKind.NUMBER, FieldKind.YES_NO, FieldKind.INSTANT, FieldKind.CHOICE}
)
"""Kinds of answers that hold no words of anybody: counts, dates, choices of a list."""


def without_words(row: Case, fields: Any, blank: Blank) -> dict[str, Any]:
    """Return the answers of a case with something in the place of their words.

    What the procedure does not ask for any more is taken for words.
    """
    sop = procedure_of(row.sop_id, row.sop_version)
    plain = {field.key for field in sop.fields if field.kind in OF_NOBODY}
    return {
        key: blank(value) if isinstance(value, str) and key not in plain else value
        for key, value in fields.items()
    }


def changed(case: Case, deed: Deed) -> None:
    """Let nobody save over it what they read before, and tell the warehouse."""
    case.version += 1
    case.changed_at = deed.now
    deed.publish("case", [case_row(case)])


HELD = (
    Held(
        model="casework.Case",
        person="creator_id",
        tied=("session_id", "decision_id", "penalty_id"),
        texts=("description", "central_answer", "fix_note"),
        ids=("session_id", "decision_id", "penalty_id", "external_ref", "fix_metric"),
        documents={"fields": without_words},
        changed=changed,
        kept=(
            "key",
            "market",
            "type",
            "priority",
            "state",
            "language",
            "source",
            "reporter_kind",
            "requested_outcome",
            "agency_id",
            "policy_id",
            "trap_id",
            "model_version",
            "sop_id",
            "sop_version",
            "sop_before",
            "central_team",
            "sent_to",
            "central_owner",
            "opened_by",
            "ruling",
            "return_reason",
            "root_cause",
            "resolution",
            "fix_result",
        ),
    ),
    Held(model="casework.CaseCounter", kept=("market",)),
    Held(
        model="casework.CaseEvent",
        kept=("from_state", "to_state", "by_key", "by_name", "by_team", "reason"),
    ),
    Held(
        model="casework.Comment",
        belongs="case",
        texts=("text",),
        kept=("by_key", "by_name", "by_team", "audience"),
    ),
    Held(model="casework.Pause", kept=("reason", "from_state")),
    Held(model="casework.CaseLink", kept=("kind",)),
    Held(model="casework.SopVersion", kept=("key", "sop_id", "state", "content")),
    Held(
        model="casework.Alert",
        belongs="case",
        ids=("external_id", "link"),
        kept=(
            "key",
            "market",
            "source",
            "metric",
            "freshness_check",
            "severity",
            "dismissed_by",
            "dismissal",
        ),
    ),
    Held(
        model="casework.RestoreRow",
        belongs="case",
        ids=("decision_id", "session_id"),
        kept=("policy_id", "state", "reason"),
    ),
    Held(model="casework.Skill", kept=("market", "languages", "policy_areas")),
    *OF_HAND_OFFS,
)
