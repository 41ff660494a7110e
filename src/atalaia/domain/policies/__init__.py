"""The policy tree: what LIVE forbids or limits, in which version, in which market."""

from atalaia.domain.policies.loading import load_policies
from atalaia.domain.policies.policy import Policy, PolicyGroup
from atalaia.domain.policies.tree import (
    NotALeafError,
    PolicyNotInForceError,
    PolicyTree,
    UnknownPolicyError,
)
from atalaia.domain.policies.version import (
    AllowNote,
    MarketOverride,
    PolicyVersion,
    Season,
)

__all__ = [
    "AllowNote",
    "MarketOverride",
    "NotALeafError",
    "Policy",
    "PolicyGroup",
    "PolicyNotInForceError",
    "PolicyTree",
    "PolicyVersion",
    "Season",
    "UnknownPolicyError",
    "load_policies",
]
