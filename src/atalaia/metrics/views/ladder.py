"""The penalty ladder as a small table to join to: rank and meaning of every code."""

import ibis
import pyarrow as pa

from atalaia.domain.codes import Domain, PenaltyCode
from atalaia.metrics.source import FactSource

__all__ = ["ladder"]


def ladder(facts: FactSource) -> ibis.Table:
    """Return domain, code, rank (heavier is higher) and whether it stops LIVE."""
    ladders = facts.reference.ladders
    pairs = [(domain, code) for domain in Domain for code in PenaltyCode]
    return facts.engine.rows(
        pa.table(
            {
                "ladder_domain": [domain.value for domain, _ in pairs],
                "ladder_code": [code.value for _, code in pairs],
                "rank": pa.array(
                    [ladders.rank(code, domain) for domain, code in pairs], pa.int64()
                ),
                "stops_live": [ladders.is_suspension(code) for _, code in pairs],
            }
        )
    )
