"""On which side somebody stands: the region's, or that of a central team."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CentralTeam

__all__ = ["CENTRAL", "REGION", "TEAM_OF_ROLE", "Side", "side_of"]

Side = Literal["region", "central"]
REGION: Side = "region"
CENTRAL: Side = "central"
TEAM_OF_ROLE: Mapping[RoleCode, CentralTeam] = MappingProxyType(
    {
        RoleCode.CENTRAL_TNS: CentralTeam.TNS,
        RoleCode.CENTRAL_ECOSYSTEM: CentralTeam.ECOSYSTEM,
    }
)
"""The roles of central, each with its team; all others are the region's."""


def side_of(by: Actor, *, market: str) -> Side:
    """Return whose side somebody is on in a market; the desk itself is the region's.

    The role decides, not what is left of its rights: a token of somebody in central
    that may only read is central's all the same.
    """
    roles = {grant.role for grant in by.grants if grant.reaches(market)}
    regional = [
        grant
        for grant in by.grants_with(Right.SEE_CASES)
        if grant.reaches(market) and grant.role not in TEAM_OF_ROLE
    ]
    return CENTRAL if roles & TEAM_OF_ROLE.keys() and not regional else REGION
