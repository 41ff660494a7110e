"""How grave each policy is and what follows, by market and local date: to join to."""

import itertools
from collections.abc import Iterator
from datetime import date

import ibis
import pyarrow as pa

from atalaia.domain.policies import PolicyVersion
from atalaia.metrics.source import FactSource

__all__ = ["policy_rules"]

ALWAYS, FOREVER = date(1900, 1, 1), date(2900, 1, 1)
SCHEMA = pa.schema(
    {
        "rule_policy": pa.string(),
        "rule_market": pa.string(),
        "rule_from": pa.date32(),
        "rule_until": pa.date32(),
        "rule_severity": pa.string(),
        "rule_lane": pa.string(),
    }
)


def policy_rules(facts: FactSource) -> ibis.Table:
    """Return a row a policy, market and stretch of days on which one rule holds.

    `rule_until` is the first day on which it no longer does.
    """
    markets = facts.reference.markets
    found = [
        row
        for policy in facts.reference.policies.leaves
        for market in policy.markets or markets.codes
        for version in policy.versions
        for row in _stretches(version, market=market)
    ]
    return facts.engine.rows(pa.Table.from_pylist(found, schema=SCHEMA))


def _stretches(version: PolicyVersion, *, market: str) -> Iterator[dict[str, object]]:
    """Cut a version's days where one of the market's own rules begins or ends."""
    start = version.effective_from or ALWAYS
    end = version.effective_to or FOREVER
    own = [item for item in version.overrides if market in item.markets]
    cuts = {day for item in own for day in (item.effective_from, item.effective_to)}
    days = sorted({start, end, *(day for day in cuts if day and start < day < end)})
    for first, last in itertools.pairwise(days):
        held = version.at(market=market, on=first)
        yield {
            "rule_policy": version.policy_id,
            "rule_market": market,
            "rule_from": first,
            "rule_until": last,
            "rule_severity": held.severity.value,
            "rule_lane": held.lane.value,
        }
