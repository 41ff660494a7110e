"""How often central granted what the region asked, and how often it was right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor, Channel, Grant
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries import CaseDetail
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import Ruling
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import clopper_pearson

__all__ = ["AnsweredLike", "Standing", "answered_like", "standing_with"]

RECENT = timedelta(days=90)
REMEMBERED = timedelta(days=365)
NAMED = 5
RULINGS = (Ruling.ACCEPTED, Ruling.REJECTED)

# The rate is of the whole region: whoever reads it learns a count and sees no case.
REGION = Actor(
    key="desk",
    name="Atalaia",
    grants=(Grant(role=RoleCode.REGIONAL_LEAD),),
    channel=Channel.SCHEDULE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one central team answered lately.

    Attributes:
        accepted: the share granted of what was decided; an interval of the process.
        stood_n: decided cases in which central's decision stood.
    """

    days: int
    decided_n: int
    accepted_n: int
    stood_n: int
    accepted: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredLike:
    """Earlier answers on the same policy, and those in which central was right."""

    policy_id: str
    days: int
    decided_n: int
    stood_n: int
    stood_keys: tuple[str, ...]


def standing_with(team: str, *, now: datetime) -> Standing:
    """Return how a team answered what the region sent it in the last 90 days."""
    rows = seen(Case, by=REGION, right=Right.SEE_CASES).filter(
        sent_to=team, decided_at__gt=now - RECENT, decided_at__lte=now
    )
    decided_n = rows.filter(ruling__in=RULINGS).count()
    accepted_n = rows.filter(ruling=Ruling.ACCEPTED).count()
    return Standing(
        days=RECENT.days,
        decided_n=decided_n,
        accepted_n=accepted_n,
        stood_n=decided_n - accepted_n,
        accepted=clopper_pearson(accepted_n, decided_n),
    )


def answered_like(case: CaseDetail, *, by: Actor, now: datetime) -> AnsweredLike:
    """Return what central decided on the same policy, as far as the asker sees it."""
    policy = case.row.policy_id
    rows = (
        seen(Case, by=by, right=Right.SEE_CASES)
        .filter(policy_id=policy, ruling__in=RULINGS, decided_at__gt=now - REMEMBERED)
        .exclude(Q(sent_to="") | Q(key=case.row.key) | Q(policy_id=""))
    )
    stood = rows.filter(ruling=Ruling.REJECTED).order_by("-decided_at")
    return AnsweredLike(
        policy_id=policy,
        days=REMEMBERED.days,
        decided_n=rows.count(),
        stood_n=stood.count(),
        stood_keys=tuple(stood.values_list("key", flat=True)[:NAMED]),
    )
