"""On whose side a view is shared: people read what their own side calls things."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.desk.accounts.actor import Actor, Grant
from atalaia.desk.accounts.rights import Right
from atalaia.domain.codes import RoleCode

__all__ = ["EVERYBODY", "NOBODY", "SIDES", "sharing_side", "sharing_with"]

EVERYBODY, NOBODY = "*", ""
"""Who reads a view beside those of one market: the whole side, or its owner alone."""
REGION = "region"
SIDES: Mapping[RoleCode, str] = MappingProxyType(
    {
        RoleCode.ANALYST: REGION,
        RoleCode.REGIONAL_LEAD: REGION,
        RoleCode.QUALITY_REVIEWER: REGION,
        RoleCode.EDUCATOR: REGION,
        RoleCode.CENTRAL_TNS: "central_tns",
        RoleCode.CENTRAL_ECOSYSTEM: "central_ecosystem",
    }
)
"""Agencies and those who only manage accounts share with nobody."""


def sharing_side(by: Actor, *, right: Right) -> str:
    """Return the side that somebody shares with; "" where there is none."""
    return next((SIDES[grant.role] for grant in _sided(by, right)), "")


def sharing_with(by: Actor, *, right: Right, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom somebody may share with: markets of their side, and all of it."""
    side = sharing_side(by, right=right)
    if not side:
        return ()
    held = [grant for grant in _sided(by, right) if SIDES[grant.role] == side]
    reached = (code for code in known if any(each.reaches(code) for each in held))
    return (*reached, EVERYBODY)


def _sided(by: Actor, right: Right) -> list[Grant]:
    return [grant for grant in by.grants_with(right) if grant.role in SIDES]
