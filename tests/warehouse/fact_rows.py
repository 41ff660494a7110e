"""Small fact rows for tests of the warehouse, in a contract's stored schema."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.tables import FileIdentity

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


def an_identity(name: str) -> FileIdentity:
    return FileIdentity(sha256=name.ljust(64, "0"), mapping="m1", contract_version=1)


def stored_rows(
    table: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    identity: FileIdentity | None = None,
) -> pa.Table:
    """Rows of a table; what is not said is filled so that the row is complete."""
    contract = CONTRACTS[table]
    filled = [_filled(contract.name, row, identity=identity) for row in rows]
    return pa.Table.from_pylist(filled, schema=contract.stored_schema)


def sessions(
    count: int,
    *,
    market: str = "BR",
    day: date = date(2026, 10, 1),
    prefix: str = "s",
    observed_at: datetime = NOON,
    identity: FileIdentity | None = None,
    **fields: Any,
) -> pa.Table:
    """Live sessions of one market and day, one a minute."""
    start = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    rows = [
        {
            "session_id": f"{prefix}{number:05d}",
            "creator_id": f"c{number % 7}",
            "market": market,
            "started_at": start + timedelta(minutes=number),
            "views": number,
            "partition_market": market,
            "business_date": day,
            "observed_at": observed_at,
            **fields,
        }
        for number in range(count)
    ]
    return stored_rows("live_session", rows, identity=identity)


def _filled(
    table: str, row: Mapping[str, Any], *, identity: FileIdentity | None
) -> dict[str, Any]:
    contract = CONTRACTS[table]
    event = row.get(contract.event_time or "", NOON)
    owner = {
        name: value for name, value in row.items() if name in contract.schema.names
    }
    observed = row.get("observed_at", NOON)
    return {
        "source": "test",
        "observed_at": observed,
        "ingested_at": observed,
        "file_id": identity.app_id if identity else "none",
        "content_hash": str(sorted((k, str(v)) for k, v in owner.items())),
        "tz_version": "2026a",
        "partition_market": row.get("market", "BR"),
        "business_date": event.date() if contract.partitioning == "dated" else None,
        **row,
    }
