"""The agency with most creators, as the exports of a simulated platform tell it."""

from pathlib import Path

import pyarrow.parquet as pq

__all__ = ["largest_agency"]


def largest_agency(landing: Path, *, market: str) -> str:
    """Return the agency of a market with most creators; "" where there is none.

    Args:
        landing: the folder of the simulation's exports, a folder a table.
    """
    names = ["agency_id", "market", "creators_n"]
    files = sorted((landing / "agency").glob("*.parquet"))
    sizes = {
        row["agency_id"]: row["creators_n"]
        for file in files
        for row in pq.read_table(file, columns=names).to_pylist()
        if row["market"] == market
    }
    return max(sizes, key=lambda agency: (sizes[agency], agency), default="")
