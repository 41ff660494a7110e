"""Open cases in which the rule is in question, by policy and market."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries.heaps import HEAPS, HeapName
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of

__all__ = ["DiffCandidate", "DiffCandidates", "diff_candidates"]

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffCandidate:
    """One case, and the cause that was found; "" before there is one."""

    row: CaseRow
    root_cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffCandidates:
    """Cases that may become diff cases.

    Attributes:
        count: all of them.
        newest: the last that were opened.
        counts: of each policy and market that has any; a policy counts what lies below
            it, as a list of that policy does, and "" what names none.
    """

    count: int
    newest: tuple[DiffCandidate, ...]
    counts: Mapping[tuple[str, str], int]


def diff_candidates(*, by: Actor, now: datetime, shown: int = SHOWN) -> DiffCandidates:
    """Return the diff candidates that somebody sees."""
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(HEAPS[HeapName.DIFFS](now))
    grouped = rows.order_by().values_list("policy_id", "market").annotate(n=Count("id"))
    own = {(policy, market): n for policy, market, n in grouped}
    newest = for_rows(rows).order_by("-opened_at", "-id")[:shown]
    return DiffCandidates(
        count=sum(own.values()),
        newest=tuple(
            DiffCandidate(row=row_of(case, now=now), root_cause=case.root_cause)
            for case in newest
        ),
        counts=_with_what_lies_below(own),
    )


def _with_what_lies_below(
    own: Mapping[tuple[str, str], int],
) -> Mapping[tuple[str, str], int]:
    whole: Counter[tuple[str, str]] = Counter()
    policies = {policy for policy, _ in own}
    for (policy, market), n in own.items():
        for above in policies:
            if above == policy or (above and policy.startswith(f"{above}.")):
                whole[above, market] += n
    return whole
