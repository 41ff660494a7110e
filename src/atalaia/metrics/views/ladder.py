"""The penalty ladder as a small table to join to: rank and meaning of every code."""

import ibis
import pyarrow as pa

from atalaia.domain.codes import Domain, PenaltyCode
from atalaia.domain.ladder import Ladders
from atalaia.metrics.source import FactSource

__all__ = ["ladder", "rank_on"]


def ladder(facts: FactSource) -> ibis.Table:
    """Return a row a code: its rank on each ladder and whether it stops LIVE."""
    ladders = facts.reference.ladders
    codes = list(PenaltyCode)
    return facts.engine.rows(
        pa.table(
            {
                "ladder_code": [code.value for code in codes],
                **{
                    rank_on(domain): _ranks(ladders, codes, domain) for domain in Domain
                },
                "stops_live": [ladders.is_suspension(code) for code in codes],
            }
        )
    )


def rank_on(domain: Domain) -> str:
    """Return the column with the ranks on a domain's ladder; heavier is higher."""
    return f"rank_{domain.value}"


def _ranks(ladders: Ladders, codes: list[PenaltyCode], domain: Domain) -> pa.Array:
    return pa.array([ladders.rank(code, domain) for code in codes], pa.int64())
