"""Adds what every stored row carries: source, times, digest, market and day."""

from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.clocks import tzdata_version
from atalaia.domain.markets import Markets
from atalaia.warehouse.contracts.contract import Contract, Kind
from atalaia.warehouse.ingest.digests import content_hashes
from atalaia.warehouse.ingest.home_zones import HomeZones
from atalaia.warehouse.ingest.zones import DAY, local_days

__all__ = ["completed", "late_rows"]


def completed(
    rows: pa.Table,
    *,
    contract: Contract,
    observed_at: pa.Array,
    source: pa.Array,
    file_id: pa.Array,
    now: datetime,
    markets: Markets,
    homes: HomeZones,
) -> pa.Table:
    """Return rows in the contract's stored schema.

    Args:
        rows: the owner's columns, checked and pseudonymised.
        observed_at: null means now. source, file_id: the feed and the file of each.
    """
    length = rows.num_rows
    instant = pa.timestamp("us", tz="UTC")
    moment = pa.scalar(now, instant)
    system = {
        "source": source,
        "observed_at": pc.coalesce(observed_at.cast(instant), moment),
        "ingested_at": pa.repeat(moment, length),
        "file_id": file_id,
        "content_hash": content_hashes(rows),
        "tz_version": pa.repeat(pa.scalar(tzdata_version()), length),
        "partition_market": rows["market"],
        "business_date": _business_dates(
            rows, contract=contract, markets=markets, homes=homes
        ),
    }
    for name, values in system.items():
        rows = rows.append_column(name, values)
    return rows.cast(contract.stored_schema)


def _business_dates(
    rows: pa.Table, *, contract: Contract, markets: Markets, homes: HomeZones
) -> pa.Array:
    """Return the local date of each row's event, in home zone or principal zone."""
    days = pa.nulls(rows.num_rows, pa.date32())
    event = contract.event_time
    if contract.partitioning == "undated" or event is None:
        return days
    moments = rows[event].combine_chunks()
    if contract.field(event).kind is Kind.DATE:
        return moments
    zones = _zones(rows, moments, markets=markets, homes=homes)
    return local_days(moments, zones=zones)


def _zones(
    rows: pa.Table, moments: pa.Array, *, markets: Markets, homes: HomeZones
) -> pa.Array:
    codes = pa.array(list(markets.codes), pa.string())
    principal = pa.array([market.principal_zone for market in markets], pa.string())
    at = pc.index_in(rows["market"].combine_chunks(), value_set=codes)
    zones = principal.take(at)
    if "creator_id" in rows.column_names:
        creators = rows["creator_id"].combine_chunks()
        zones = pc.coalesce(homes.of(creators, at=moments), zones)
    return zones


def late_rows(rows: pa.Table, *, days: int) -> pa.Array:
    """Say which stored rows were observed more than so many days after their day."""
    observed = rows["observed_at"].cast(pa.int64()).combine_chunks()
    day = rows["business_date"].cast(pa.int32()).combine_chunks().cast(pa.int64())
    lag = pc.subtract(pc.divide(observed, DAY), day)
    return pc.fill_null(pc.greater(lag, days), fill_value=False)
