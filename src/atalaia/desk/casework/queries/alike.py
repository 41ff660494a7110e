"""Cases that may have one cause: same policy and trap, or same model version."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of

__all__ = ["Cluster", "clusters", "like_cases"]

WITHIN = timedelta(days=30)
LEAST = 3
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Open cases of one policy that share a trap or a model version as well.

    Attributes:
        trap_id, model_version: what they share beside the policy; "" where they do not.
    """

    policy_id: str
    trap_id: str
    model_version: str
    cases_n: int
    markets_n: int
    first_at: datetime
    last_at: datetime


def like_cases(
    key: str, *, by: Actor, now: datetime, shown: int = SHOWN
) -> tuple[CaseRow, ...]:
    """Return cases like one, the likest first: each shared trait counts one.

    Traits are the policy, the trap, the model version and the creator.
    """
    case = found(Case, key, by=by, right=Right.SEE_CASES)
    traits = {
        name: getattr(case, name)
        for name in ("policy_id", "trap_id", "model_version", "creator_id")
        if getattr(case, name)
    }
    if not traits:
        return ()
    shares = Q()
    for name, value in traits.items():
        shares |= Q(**{name: value})
    rows = seen(Case, by=by, right=Right.SEE_CASES).exclude(pk=case.pk).filter(shares)
    recent = for_rows(rows).order_by("-opened_at", "-pk")[: shown * 10]

    def likeness(other: Case) -> int:
        return sum(getattr(other, name) == value for name, value in traits.items())

    best = sorted(recent, key=likeness, reverse=True)[:shown]
    return tuple(row_of(other, now=now) for other in best)


def clusters(
    *, by: Actor, now: datetime, within: timedelta = WITHIN, least: int = LEAST
) -> tuple[Cluster, ...]:
    """Return policies with several recent cases that share a trap or model version."""
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(
        Q(duplicate_of=None), ~Q(policy_id=""), opened_at__gte=now - within
    )
    found_by_trait = [
        cluster
        for trait in ("trap_id", "model_version")
        for cluster in _by(trait, rows.exclude(**{trait: ""}), least=least)
    ]
    return tuple(sorted(found_by_trait, key=lambda each: -each.cases_n))


def _by(trait: str, rows: QuerySet[Case], *, least: int) -> list[Cluster]:
    grouped = rows.values("policy_id", trait).annotate(
        cases_n=Count("id"),
        markets_n=Count("market", distinct=True),
        first_at=Min("opened_at"),
        last_at=Max("opened_at"),
    )
    return [
        Cluster(**{"trap_id": "", "model_version": "", **row})
        for row in grouped.filter(cases_n__gte=least).order_by("-cases_n", "policy_id")
    ]
