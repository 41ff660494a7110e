"""The peers' job as somebody would write it in Polars, lazily."""

from collections.abc import Mapping

import polars as pl
import pyarrow as pa

from benchmarks.peer_job import CELL, LONGEST_OPEN, NEWEST, SHORTEST_S, Files

__all__ = ["compute"]


def compute(files: Files) -> Mapping[str, pa.Table]:
    """Return the job's tables."""
    sessions = _valid_sessions(files)
    traffic = (
        _current(files, "traffic_snapshot")
        .filter(pl.col("impressions") > 0)
        .select("session_id", "traffic_source", "impressions", "entries")
        .join(sessions, on="session_id")
    )
    week = pl.col("business_date").dt.truncate("1w")
    asked = {
        "valid_sessions": sessions.group_by(CELL).agg(
            valid_sessions=pl.len(), live_seconds=pl.col("live_s").sum()
        ),
        "traffic": traffic.group_by(*CELL, "traffic_source").agg(
            pl.col("entries").sum(), pl.col("impressions").sum()
        ),
        "active_creators": sessions.group_by("market", week=week).agg(
            active_creators=pl.col("creator_id").n_unique()
        ),
    }
    found = pl.collect_all(list(asked.values()), engine="streaming")
    return {name: rows.to_arrow() for name, rows in zip(asked, found, strict=True)}


def _valid_sessions(files: Files) -> pl.LazyFrame:
    may_be_open = pl.col("started_at") >= files.as_of - LONGEST_OPEN
    heard = pl.when(may_be_open).then(pl.col("ingested_at"))
    ended = pl.coalesce("ended_at", heard)
    told = pl.col("duration_s").round().cast(pl.Int64)
    lasted = pl.coalesce(told, _second(ended) - _second(pl.col("started_at")))
    hidden = pl.col("is_test").fill_null(value=False) | pl.col("is_internal").fill_null(
        value=False
    )
    return (
        _current(files, "live_session")
        .filter(~hidden)
        .select(
            "session_id",
            "creator_id",
            "market",
            "business_date",
            _known("language"),
            _known("category"),
            live_s=lasted,
        )
        .filter(pl.col("live_s") >= SHORTEST_S)
    )


def _current(files: Files, table: str) -> pl.LazyFrame:
    rows = pl.scan_parquet(
        list(files.paths[table]),
        hive_partitioning=True,
        hive_schema={"partition_market": pl.String, "business_date": pl.Date},
    )
    if table not in files.superseded:
        return rows
    return rows.sort(NEWEST, descending=True).unique(
        list(files.keys[table]), keep="first", maintain_order=True
    )


def _second(instant: pl.Expr) -> pl.Expr:
    return instant.dt.epoch("us").floordiv(1_000_000)


def _known(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text != "").then(text).otherwise(pl.lit("unknown")).alias(column)
