"""A policy (a leaf of the tree, what a decision names) and a group of policies."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from atalaia.domain.codes import Domain, Lane, PenaltyCode, Severity, Subject
from atalaia.domain.policies.version import PolicyVersion
from atalaia.domain.trilingual import Language, Trilingual

__all__ = ["Confidence", "Policy", "PolicyGroup", "PolicyStatus"]


class Confidence(StrEnum):
    """How well the rule is known: read in public, told by others, or our own guess."""

    PUBLIC = "public"
    SECONDARY = "secondary"
    INFERRED = "inferred"


class PolicyStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyGroup:
    """A domain (level 0) or a first-level policy (level 1); nothing is judged by it."""

    id: str
    parent: str | None
    level: int
    domain: Domain
    name: Trilingual
    description: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a decision can name; `aliases` are the words that analysts type for it.

    `subject` is who is judged; no `markets` means every market. Severities and
    penalties are defaults that a team sets, not facts of a platform.
    """

    id: str
    parent: str
    level: int
    domain: Domain
    name: Trilingual
    description: Trilingual
    aliases: Mapping[Language, tuple[str, ...]]
    subject: Subject
    dsa_category: str
    live_specific: bool
    region_variable: bool
    context_sensitive: bool
    source: str
    confidence: Confidence
    status: PolicyStatus
    versions: tuple[PolicyVersion, ...]
    markets: frozenset[str] = frozenset()
    superseded_by: str | None = None

    @property
    def newest(self) -> PolicyVersion:
        """The last version written, perhaps not yet in force; judge with `in_force`."""
        return self.versions[-1]

    @property
    def severity(self) -> Severity:
        """The newest version's severity, before any market override."""
        return self.newest.severity

    @property
    def lane(self) -> Lane:
        """The newest version's lane, before any market override."""
        return self.newest.lane

    @property
    def first_penalties(self) -> tuple[PenaltyCode, ...]:
        """The newest version's penalties for a first breach, before overrides."""
        return self.newest.first_penalties

    @property
    def repeat_penalties(self) -> tuple[PenaltyCode, ...]:
        """The newest version's penalties for repeated breaches, before overrides."""
        return self.newest.repeat_penalties
