"""The cells of dimensions that only hits carry: those seen, those without a hit."""

from collections.abc import Mapping, Sequence
from itertools import product
from types import MappingProxyType

from atalaia.domain.codes import Lane
from atalaia.metrics.slices import Key
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.reviewed_enforced import PenaltyMatch

__all__ = ["words_of_hits"]

POLICY = ("domain", "policy_l1", "policy")
FEW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lane": tuple(lane.value for lane in Lane),
        "penalty_match": tuple(match.value for match in PenaltyMatch),
    }
)
"""Words of which there are few: all are told, whether a hit carries them or not."""


def words_of_hits(
    names: Sequence[str],
    found: Sequence[Key],
    *,
    facts: FactSource,
    where: Mapping[str, str],
) -> list[Key]:
    """Return the keys that a sample's hits are told by; one empty key without names.

    Lanes, domains and the like are few and all told. Policies are many: those that
    any hit broke, or all where there was no hit at all.

    Args:
        names: dimensions that only hits carry, in the keys' order.
        found: the keys of the hits.
        where: the question's filters; other values of a filtered name are left out.
    """
    of_policy = [name for name in names if name in POLICY]
    rest = [name for name in names if name not in POLICY]
    seen = {_part(names, key, wanted=of_policy) for key in found}
    if of_policy and (not seen or of_policy == ["domain"]):
        seen |= _policies(of_policy, facts=facts)
    others = {_part(names, key, wanted=rest) for key in found}
    if set(rest) <= set(FEW) and rest:
        others |= set(product(*(FEW[name] for name in rest)))
    keys = set()
    for first, second in product(seen or {()}, others or {()}):
        words = dict(zip((*of_policy, *rest), (*first, *second), strict=True))
        if all(words[name] == where.get(name, words[name]) for name in words):
            keys.add(tuple(words[name] for name in names))
    return sorted(keys)


def _part(names: Sequence[str], key: Key, *, wanted: Sequence[str]) -> Key:
    by_name = dict(zip(names, key, strict=True))
    return tuple(by_name[name] for name in wanted)


def _policies(names: Sequence[str], *, facts: FactSource) -> set[Key]:
    found = set()
    for policy in facts.reference.policies.leaves:
        words = {
            "domain": policy.domain.value,
            "policy_l1": policy.parent,
            "policy": policy.id,
        }
        found.add(tuple(words[name] for name in names))
    return found
