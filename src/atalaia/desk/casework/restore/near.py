"""Decisions that lie near a case: its own, and those of linked and like cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case, RestoreRow

__all__ = ["NearDecision", "near_decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDecision:
    """A decision that a case is about."""

    decision: str
    case: str


def near_decisions(
    keys: Sequence[str], *, case: str, by: Actor
) -> tuple[NearDecision, ...]:
    """Return the decisions of cases in the market of one that does not ask for them."""
    cases = seen(Case, by=by, right=Right.WORK_CASES)
    asked = RestoreRow.objects.filter(case__key=case).values("decision_id")
    rows = (
        cases.filter(key__in=keys, market__in=cases.filter(key=case).values("market"))
        .exclude(decision_id="")
        .exclude(decision_id__in=asked)
        .values_list("key", "decision_id")
    )
    found = dict(rows)
    told: dict[str, str] = {}
    for key in keys:
        if key in found:
            told.setdefault(found[key], key)
    return tuple(NearDecision(decision=d, case=key) for d, key in told.items())
