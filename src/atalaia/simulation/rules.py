"""The reference's policies and ladders as arrays, for each stretch of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from atalaia.domain.codes import Domain, Lane, PenaltyCode, Severity
from atalaia.domain.policies.version import MarketOverride, PolicyVersion
from atalaia.domain.reference import Reference
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.incidents import PolicyChange
from atalaia.simulation.plan import WorldPlan

__all__ = [
    "CODES",
    "LANES",
    "LEVELS",
    "SEVERITIES",
    "STEPS",
    "Catalogue",
    "Reader",
    "Rules",
    "Rulings",
    "read_rules",
    "ruled",
    "stretch_of",
]

CODES = tuple(PenaltyCode)
LANES = tuple(Lane)
SEVERITIES = tuple(Severity)
DOMAINS = tuple(Domain)
STEPS = 4
"""The most rungs that one incident climbs."""
Chains = dict[tuple[tuple[int, ...], tuple[int, ...]], int]
LEVELS = 3
"""First breach, repeat, and third or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What never changes within a world: names, and arrays over policies and codes.

    `rank` is domain x code; `hours` is -1 where a penalty has no end of its own.
    `climbs` (chain x rungs in order, -1 for none) and `beside` (codes that go along
    with the first rung) are what the chains of Rules and Rulings index.
    """

    markets: tuple[str, ...]
    policies: tuple[str, ...]
    first_levels: tuple[str, ...]
    first_level: Ints
    domain: Ints
    dsa_categories: tuple[str, ...]
    versions: tuple[str, ...]
    rank: Ints
    hours: Ints
    stops_live: Flags
    subjects: tuple[str, ...]
    appealable: Flags
    climbs: Ints
    beside: Ints

    def policy(self, policy_id: str) -> int:
        """Return the index of a policy."""
        return self.policies.index(policy_id)

    def code(self, code: PenaltyCode) -> int:
        """Return the index of a penalty code."""
        return CODES.index(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a stretch of days; arrays are market x policy.

    `chain` is market x policy x level.
    """

    from_day: int
    is_in_force: Flags
    lane: Ints
    severity: Ints
    version: Ints
    chain: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """Arrays over decisions: how the policy of each reads when it is taken.

    `chain` is decision x level. `has_begun` is false where the policy was in force
    nowhere in the world until then; `is_ever` where it never was.
    """

    version: Ints
    lane: Ints
    severity: Ints
    chain: Ints
    is_in_force: Flags
    has_begun: Flags
    is_ever: Flags


class Reader(Protocol):
    """Reads policies as they stand when decisions are taken."""

    def __call__(self, at: Ints, *, market: Ints, policy: Ints) -> Rulings:
        """Return the rulings of decisions taken `at`, in UTC microseconds."""
        ...


def ruled(rules: Sequence[Rules], *, day: Ints, market: Ints, policy: Ints) -> Rulings:
    """Return the rulings of decisions of these days, counted from the world's first.

    A policy that has lapsed by then reads as it did last, and one that has not begun
    as it will first.
    """
    today = stretch_of(rules, day=day)
    is_in_force = np.array([one.is_in_force for one in rules])
    stretch = today
    for _ in rules:
        lapsed = (stretch > 0) & ~is_in_force[stretch, market, policy]
        stretch = stretch - lapsed
    has_begun = is_in_force[stretch, market, policy]
    first = np.argmax(is_in_force, axis=0)[market, policy]
    at = np.where(has_begun, stretch, first), market, policy
    return Rulings(
        version=np.array([one.version for one in rules])[at],
        lane=np.array([one.lane for one in rules])[at],
        severity=np.array([one.severity for one in rules])[at],
        chain=np.array([one.chain for one in rules])[at],
        is_in_force=is_in_force[today, market, policy],
        has_begun=has_begun,
        is_ever=is_in_force[at],
    )


def stretch_of(rules: Sequence[Rules], *, day: Ints) -> Ints:
    """Return which of the rules hold on each day, counted from the world's first."""
    begins = np.array([one.from_day for one in rules])
    return np.maximum(np.searchsorted(begins, day, side="right") - 1, 0)


def read_rules(
    plan: WorldPlan, *, reference: Reference
) -> tuple[Catalogue, tuple[Rules, ...]]:
    """Resolve every policy in every market of the plan, for each stretch of days."""
    markets = tuple(code for code, _ in plan.shares)
    days = _change_days(plan, reference)
    texts = [
        {
            (market, leaf.id): reference.policies.in_force(
                leaf.id, at=plan.start + timedelta(days=day), market=market
            )
            for market in markets
            for leaf in reference.policies.leaves_in_force(
                at=plan.start + timedelta(days=day), market=market
            )
        }
        for day in days
    ]
    changes = [item for item in plan.incidents if isinstance(item, PolicyChange)]
    names = {text.id for found in texts for text in found.values()}
    versions = tuple(sorted(names | {change.version for change in changes}))
    catalogue = _catalogue(reference, markets=markets, versions=versions)
    chains: Chains = {}
    rules = [
        _rules(found, catalogue=catalogue, from_day=day, changes=changes, chains=chains)
        for day, found in zip(days, texts, strict=True)
    ]
    climbs = _padded(climb for climb, _ in chains)
    beside = _padded(beside for _, beside in chains)
    return replace(catalogue, climbs=climbs, beside=beside), tuple(rules)


def _change_days(plan: WorldPlan, reference: Reference) -> list[int]:
    """Return the days from which some policy reads otherwise, 0 first."""
    dates = set[date]()
    for leaf in reference.policies.leaves:
        for version in leaf.versions:
            dates |= set(_borders(version))
            dates |= {day for span in version.overrides for day in _borders(span)}
    days = {(day - plan.start).days for day in dates}
    for incident in plan.incidents:
        if isinstance(incident, PolicyChange):
            days |= {incident.starts_day, incident.starts_day + incident.lasts_days}
    return sorted({0} | {day for day in days if 0 < day < plan.days})


def _borders(span: PolicyVersion | MarketOverride) -> list[date]:
    return [day for day in (span.effective_from, span.effective_to) if day is not None]


def _catalogue(
    reference: Reference, *, markets: tuple[str, ...], versions: tuple[str, ...]
) -> Catalogue:
    leaves = reference.policies.leaves
    parents = [reference.policies.first_level(leaf.id) for leaf in leaves]
    first_levels = tuple(dict.fromkeys(parents))
    ladders = reference.ladders
    rungs = [ladders.of(code) for code in CODES]
    ranks = [[rung.ranks[domain] for rung in rungs] for domain in DOMAINS]
    subjects = tuple(str(rung.subject) for rung in rungs)
    told = {"warn", "guest_removed", "agency_warning"}
    return Catalogue(
        markets=markets,
        policies=tuple(leaf.id for leaf in leaves),
        first_levels=first_levels,
        first_level=np.array([first_levels.index(parent) for parent in parents]),
        domain=np.array([DOMAINS.index(leaf.domain) for leaf in leaves]),
        dsa_categories=tuple(leaf.dsa_category for leaf in leaves),
        versions=versions,
        rank=np.array(ranks),
        hours=np.array([-1 if rung.hours is None else rung.hours for rung in rungs]),
        stops_live=np.array([rung.stops_live for rung in rungs]),
        subjects=subjects,
        appealable=np.array(
            [rung.ranks[Domain.TNS] > 0 and rung.code not in told for rung in rungs]
        ),
        climbs=_padded(()),
        beside=_padded(()),
    )


def _rules(
    found: dict[tuple[str, str], PolicyVersion],
    *,
    catalogue: Catalogue,
    from_day: int,
    changes: Sequence[PolicyChange],
    chains: Chains,
) -> Rules:
    """Return the rules of a stretch; chains not met before are added to `chains`."""
    shape = (len(catalogue.markets), len(catalogue.policies))
    lane, severity, version = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    chain = np.zeros((*shape, LEVELS), dtype=np.int64)
    is_in_force = np.zeros(shape, dtype=np.bool_)
    for (market, policy), text in found.items():
        at = catalogue.markets.index(market), catalogue.policies.index(policy)
        is_in_force[at] = True
        lane[at] = LANES.index(text.lane)
        severity[at] = SEVERITIES.index(text.severity)
        version[at] = catalogue.versions.index(text.id)
        domain = int(catalogue.domain[at[1]])
        for level in range(LEVELS):
            pair = _chain(text, level=level, domain=domain, catalogue=catalogue)
            chain[(*at, level)] = chains.setdefault(pair, len(chains))
    for change in changes:
        if change.is_active(from_day):
            market_at = catalogue.markets.index(change.market)
            changed = catalogue.versions.index(change.version)
            version[market_at, catalogue.policy(change.policy)] = changed
    return Rules(
        from_day=from_day,
        is_in_force=is_in_force,
        lane=lane,
        severity=severity,
        version=version,
        chain=chain,
    )


def _chain(
    text: PolicyVersion, *, level: int, domain: int, catalogue: Catalogue
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the rungs in order of weight, and what goes beside them.

    Several suspensions in one list are alternatives: the lightest, and for the third
    breach the heaviest. Who is suspended on air loses the room too.
    """
    listed = text.first_penalties if level == 0 else text.repeat_penalties
    codes = [CODES.index(code) for code in listed]
    rank = catalogue.rank[domain]
    rungs = sorted((code for code in codes if rank[code] > 0), key=lambda at: rank[at])
    stops = [code for code in rungs if catalogue.stops_live[code]]
    kept = stops[-1:] if level == LEVELS - 1 else stops[:1]
    rungs = [code for code in rungs if code not in stops]
    interrupt = catalogue.code(PenaltyCode.INTERRUPT)
    if kept and interrupt not in rungs:
        rungs.append(interrupt)
    beside = [code for code in codes if rank[code] == 0]
    climbed = sorted(rungs, key=lambda at: rank[at]) + kept
    return tuple(climbed[-STEPS:]), tuple(beside)


def _padded(rows: Iterable[tuple[int, ...]]) -> Ints:
    lines = [(*row, *([-1] * STEPS))[:STEPS] for row in rows]
    return np.array(lines, dtype=np.int64).reshape(-1, STEPS)
