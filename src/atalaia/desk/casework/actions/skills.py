"""What people can take: set by leads, read when a case needs somebody."""

from collections.abc import Sequence
from datetime import datetime

from atalaia.desk.accounts.access import found
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import colleague
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.errors import UnknownOwnerError
from atalaia.desk.casework.known_values import must_be_known
from atalaia.desk.casework.models import Skill
from atalaia.desk.shell.trade import trade

__all__ = ["drop_skill", "set_skill"]

LEAD = Right.LEAD_CASES


def set_skill(
    person: int,
    *,
    market: str,
    languages: Sequence[str],
    policy_areas: Sequence[str],
    capacity: int,
    by: Actor,
    now: datetime,
) -> int:
    """Say what a person takes in a market; return the id of the skill.

    Args:
        policy_areas: policies or groups of them; none means any.
        capacity: open cases that they can hold at once.

    Raises:
        ForbiddenError: they do not lead the market.
        UnknownOwnerError: the person does not work on it.
        UnknownMarketError, UnknownValueError: it does not exist.
    """
    trade().reference.markets.of(market)
    for policy in policy_areas:
        must_be_known({"policy_id": policy})
    with acting("skill.set", by=by, right=LEAD, now=now) as deed:
        by.must(LEAD, market=market)
        if colleague(person, right=Right.WORK_CASES, market=market) is None:
            raise UnknownOwnerError(name=person, market=market)
        can = {
            "languages": list(languages),
            "policy_areas": list(policy_areas),
            "capacity": capacity,
        }
        row, _ = Skill.objects.update_or_create(
            person_id=person, market=market, defaults=can
        )
        deed.did(row, content={"person": person, **can})
    return row.pk


def drop_skill(skill: int, *, by: Actor, now: datetime) -> None:
    """Take a skill away; raises NotFoundError where it is not theirs to see."""
    with acting("skill.drop", by=by, right=LEAD, now=now) as deed:
        row = found(Skill, skill, by=by, right=LEAD)
        deed.did(row, content={"person": row.person_id})
        row.delete()
