"""All policies: found by id or word, and read as a market did at a time."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from atalaia.domain.clocks import local_date
from atalaia.domain.codes import Domain
from atalaia.domain.errors import QuestionError
from atalaia.domain.markets import Markets
from atalaia.domain.nearest import nearest
from atalaia.domain.policies.policy import Policy, PolicyGroup
from atalaia.domain.policies.version import PolicyVersion
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "NotALeafError",
    "PolicyNotInForceError",
    "PolicyTree",
    "UnknownPolicyError",
]


class UnknownPolicyError(QuestionError):
    """A policy that the tree does not hold."""

    message = "The policy '{policy}' is not in the tree {version}."
    next_step = "Did you mean: {nearest}?"


class NotALeafError(QuestionError):
    """A group of policies was named where one policy is needed."""

    message = "'{policy}' is a group of policies in the tree {version}."
    next_step = "Name one of its policies: {leaves}."


class PolicyNotInForceError(QuestionError):
    """A policy that no text put in force in that market on that day."""

    message = "The policy '{policy}' was not in force in {market} on {on}."
    next_step = "It is in force: {when}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTree:
    """Domains, first-level policies and leaves, in the order of their files."""

    version: str
    groups: Mapping[str, PolicyGroup]
    by_id: Mapping[str, Policy]
    markets: Markets

    @property
    def leaves(self) -> tuple[Policy, ...]:
        """Every policy that a decision can name, superseded ones too."""
        return tuple(self.by_id.values())

    def leaf(self, policy_id: str) -> Policy:
        """Return a policy; raises UnknownPolicyError or NotALeafError."""
        if policy_id in self.by_id:
            return self.by_id[policy_id]
        if policy_id in self.groups:
            leaves = [leaf.id for leaf in self.leaves_under(policy_id)]
            raise NotALeafError(policy=policy_id, version=self.version, leaves=leaves)
        raise self._unknown(policy_id)

    def name(self, policy_id: str) -> Trilingual:
        """Return what people call a policy or a group."""
        return self._node(policy_id).name

    def children(self, policy_id: str) -> tuple[Policy | PolicyGroup, ...]:
        """Return what stands directly below a domain or a first-level policy."""
        self._node(policy_id)
        nodes: list[Policy | PolicyGroup] = [*self.groups.values(), *self.leaves]
        return tuple(node for node in nodes if node.parent == policy_id)

    def leaves_under(self, policy_id: str) -> tuple[Policy, ...]:
        """Return the policies of a domain, of a first-level policy, or the one."""
        self._node(policy_id)
        return tuple(
            leaf
            for leaf in self.leaves
            if leaf.id == policy_id or leaf.id.startswith(f"{policy_id}.")
        )

    def first_level(self, policy_id: str) -> str:
        """Return the id of the first-level policy: repeats are counted within it."""
        if policy_id in self.groups:
            group = self.groups[policy_id]
            if group.level == 1:
                return group.id
        return self.leaf(policy_id).parent

    def domain_of(self, policy_id: str) -> Domain:
        """Return whether Trust & Safety or Ecosystem owns a policy or a group."""
        return self._node(policy_id).domain

    def called(self, word: str) -> tuple[Policy, ...]:
        """Return the policies with this id, name or alias in any language.

        Case and accents do not count; no match returns nothing.
        """
        wanted = _plain(word)
        return tuple(leaf for leaf in self.leaves if wanted in _words(leaf))

    def in_force(
        self, policy_id: str, *, at: datetime | date, market: str
    ) -> PolicyVersion:
        """Return the version by which a decision of that time and market is judged.

        An instant is read as the local date in the market's principal zone, for laws
        begin at local midnight. The market's override is applied, and only the
        allow-notes of that market and season remain. Raises PolicyNotInForceError.
        """
        policy = self.leaf(policy_id)
        on = self._local_day(at, market=market)
        found = self._covering(policy, on=on, market=market)
        if found is None:
            raise PolicyNotInForceError(
                policy=policy_id, market=market, on=on.isoformat(), when=_when(policy)
            )
        return found.at(market=market, on=on)

    def is_in_force(self, policy_id: str, *, at: datetime | date, market: str) -> bool:
        """Whether a decision of that time and market could name the policy."""
        on = self._local_day(at, market=market)
        found = self._covering(self.leaf(policy_id), on=on, market=market)
        return found is not None

    def leaves_in_force(
        self, *, at: datetime | date, market: str
    ) -> tuple[Policy, ...]:
        """Return the policies that a decision of that time and market could name."""
        return tuple(
            leaf
            for leaf in self.leaves
            if self.is_in_force(leaf.id, at=at, market=market)
        )

    def _covering(
        self, policy: Policy, *, on: date, market: str
    ) -> PolicyVersion | None:
        if policy.markets and market not in policy.markets:
            return None
        return next((item for item in policy.versions if item.covers(on)), None)

    def _local_day(self, at: datetime | date, *, market: str) -> date:
        zone = self.markets.of(market).principal_zone
        return local_date(at, zone=zone) if isinstance(at, datetime) else at

    def _node(self, policy_id: str) -> Policy | PolicyGroup:
        if policy_id in self.groups:
            return self.groups[policy_id]
        if policy_id in self.by_id:
            return self.by_id[policy_id]
        raise self._unknown(policy_id)

    def _unknown(self, policy_id: str) -> UnknownPolicyError:
        known = [*self.groups, *self.by_id]
        return UnknownPolicyError(
            policy=policy_id, version=self.version, nearest=nearest(policy_id, known)
        )


def _when(policy: Policy) -> str:
    spans = [
        f"{item.effective_from or '…'} → {item.effective_to or '…'}"
        for item in policy.versions
    ]
    where = f" ({', '.join(sorted(policy.markets))})" if policy.markets else ""
    return "; ".join(spans) + where


def _words(policy: Policy) -> frozenset[str]:
    aliases = (word for words in policy.aliases.values() for word in words)
    return frozenset(_plain(word) for word in (policy.id, *policy.name, *aliases))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
