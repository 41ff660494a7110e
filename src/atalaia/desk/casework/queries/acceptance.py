"""How often central takes what the region sends: shown to both sides."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case, CaseEvent
from atalaia.desk.casework.sides import CENTRAL
from atalaia.domain.work_codes import CaseState, CentralTeam, Ruling

__all__ = ["Acceptance", "acceptance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Central's answers over a time, each answer counted."""

    accepted_n: int
    rejected_n: int
    returned_n: int

    @property
    def answered_n(self) -> int:
        """All answers."""
        return self.accepted_n + self.rejected_n + self.returned_n

    @property
    def share(self) -> float | None:
        """The share of answers that accepted; None where there were none."""
        return self.accepted_n / self.answered_n if self.answered_n else None


def acceptance(
    team: CentralTeam,
    *,
    since: datetime,
    by: Actor,
    right: Right = Right.SEE_CASES,
) -> Acceptance:
    """Return a team's answers since a moment, on the cases that somebody sees."""
    mine = seen(Case, by=by, right=right).filter(sent_to=team)
    answers = CaseEvent.objects.filter(
        case__in=mine,
        by_team=CENTRAL,
        moved_at__gte=since,
        to_state__in=(CaseState.DECIDED, CaseState.REJECTED_INCOMPLETE),
    )
    counted = answers.values_list("to_state", "reason").annotate(n=Count("id"))
    accepted = rejected = returned = 0
    for state, reason, n in counted:
        if state == CaseState.REJECTED_INCOMPLETE:
            returned += n
        elif reason == Ruling.ACCEPTED:
            accepted += n
        else:
            rejected += n
    return Acceptance(accepted_n=accepted, rejected_n=rejected, returned_n=returned)
