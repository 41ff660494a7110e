"""The sending that a case is on, written down once with what central reads."""

from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.models import Dispatch
from atalaia.desk.casework.models import Case

__all__ = ["dispatch_of"]


def dispatch_of(case: Case, *, by: Actor, now: datetime) -> Dispatch:
    """Return the sending of a case that is with central, inside somebody's action."""
    sent_at = case.submitted_at or now
    row = Dispatch.objects.filter(case=case, submitted_at=sent_at).first()
    if row is not None:
        return row
    number = Dispatch.objects.filter(case=case).count() + 1
    return Dispatch.objects.create(
        key=f"{case.key}.{number}",
        case=case,
        market=case.market,
        submitted_at=sent_at,
        sent_by=by.name,
        content=hand_off_for(case.key, by=by, now=now).plain,
    )
