"""From when to when each policy's wording holds in each market, as a table to join."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa

from atalaia.domain.markets import Markets
from atalaia.domain.policies import PolicyVersion
from atalaia.metrics.source import FactSource

__all__ = ["policy_versions"]

ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
FOREVER = datetime(2900, 1, 1, tzinfo=UTC)
INSTANT = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    {
        "version_id": pa.string(),
        "version_market": pa.string(),
        "holds_from": INSTANT,
        "holds_until": INSTANT,
    }
)


def policy_versions(facts: FactSource) -> ibis.Table:
    """Return a row a version and market: the instants it holds from and until.

    A version begins and ends at midnight in the market's principal zone.
    """
    markets = facts.reference.markets
    found = [
        _row(version, market=market, markets=markets)
        for policy in facts.reference.policies.leaves
        for version in policy.versions
        for market in policy.markets or markets.codes
    ]
    return facts.engine.rows(pa.Table.from_pylist(found, schema=SCHEMA))


def _row(version: PolicyVersion, *, market: str, markets: Markets) -> dict[str, object]:
    zone = markets.of(market).principal_zone
    return {
        "version_id": version.id,
        "version_market": market,
        "holds_from": _midnight(version.effective_from, zone=zone, without=ALWAYS),
        "holds_until": _midnight(version.effective_to, zone=zone, without=FOREVER),
    }


def _midnight(day: date | None, *, zone: str, without: datetime) -> datetime:
    if day is None:
        return without
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
