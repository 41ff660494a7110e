"""How many hard cases somebody opened today, and whether a pause would do them good."""

from dataclasses import dataclass

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.shell.trade import trade
from atalaia.domain.codes import Severity

__all__ = ["HardToday", "is_hard", "opened_hard", "seen_today"]

PLACE = "hard_cases"
HARD = frozenset({Severity.CRITICAL, Severity.HIGH})
PAUSE_AFTER = 8
"""Our own default: about as many as fill a morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardToday:
    """Hard cases that somebody opened since midnight, UTC; only they see it."""

    cases_n: int

    @property
    def is_pause_due(self) -> bool:
        """Whether the desk suggests a pause."""
        return self.cases_n >= PAUSE_AFTER


def is_hard(policy: str) -> bool:
    """Whether a policy is among the severe ones."""
    leaf = trade().reference.policies.by_id.get(policy)
    return leaf is not None and leaf.severity in HARD


def opened_hard(request: PersonRequest, *, key: str) -> None:
    """Count a hard case as opened today; once however often it is opened."""
    today = request.now.date().isoformat()
    kept = request.session.get(PLACE, {})
    keys = kept.get("keys", []) if kept.get("day") == today else []
    if key not in keys:
        request.session[PLACE] = {"day": today, "keys": [*keys, key]}


def seen_today(request: PersonRequest) -> HardToday:
    """Return how many hard cases the reader opened today."""
    kept = request.session.get(PLACE, {})
    is_today = kept.get("day") == request.now.date().isoformat()
    return HardToday(cases_n=len(kept["keys"]) if is_today else 0)
