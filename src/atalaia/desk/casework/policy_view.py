"""The policy that a case is about, in the version by which it is judged."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.shell.trade import trade
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.policies import PolicyNotInForceError, PolicyVersion
from atalaia.domain.trilingual import Trilingual

__all__ = ["PolicyText", "policy_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyText:
    """A policy as its reader sees it beside a case.

    Attributes:
        at: the moment whose version this is.
        version: None for a group of policies, and where none was in force.
        missing: why there is no version; None where there is, or for a group.
    """

    id: str
    name: Trilingual
    description: Trilingual
    at: datetime
    version: PolicyVersion | None
    missing: AtalaiaError | None


def policy_text(policy: str, *, at: datetime, market: str) -> PolicyText | None:
    """Return the text of a policy as it was in force; None where none is named."""
    tree = trade().reference.policies
    leaf = tree.by_id.get(policy)
    node = leaf or tree.groups.get(policy)
    if node is None:
        return None
    version: PolicyVersion | None = None
    missing: AtalaiaError | None = None
    if leaf is not None:
        try:
            version = tree.in_force(policy, at=at, market=market)
        except PolicyNotInForceError as error:
            missing = error
    return PolicyText(
        id=policy,
        name=node.name,
        description=node.description,
        at=at,
        version=version,
        missing=missing,
    )
