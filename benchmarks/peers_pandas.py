"""The peers' job as somebody would write it in pandas, with Arrow's types."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from benchmarks.peer_job import CELL, LONGEST_OPEN, NEWEST, SHORTEST_S, Files

__all__ = ["compute"]

FOLDERS = ds.partitioning(
    pa.schema([("partition_market", pa.string()), ("business_date", pa.date32())]),
    flavor="hive",
)
OF_SESSIONS = (
    "session_id",
    "creator_id",
    "market",
    "business_date",
    "language",
    "category",
    "started_at",
    "ended_at",
    "duration_s",
    "is_test",
    "is_internal",
    "ingested_at",
)
OF_TRAFFIC = ("session_id", "traffic_source", "impressions", "entries")


def compute(files: Files) -> Mapping[str, pa.Table]:
    """Return the job's tables."""
    sessions = _valid_sessions(files)
    shown = _current(files, "traffic_snapshot", columns=OF_TRAFFIC)
    shown = shown[shown["impressions"] > 0]
    traffic = shown.merge(sessions, on="session_id")
    by_cell = sessions.groupby(list(CELL), as_index=False).agg(
        valid_sessions=("session_id", "size"), live_seconds=("live_s", "sum")
    )
    by_source = traffic.groupby([*CELL, "traffic_source"], as_index=False)[
        ["entries", "impressions"]
    ].sum()
    day = pd.to_datetime(sessions["business_date"])
    sessions["week"] = (day - pd.to_timedelta(day.dt.weekday, unit="D")).dt.date
    creators = sessions.groupby(["market", "week"], as_index=False).agg(
        active_creators=("creator_id", "nunique")
    )
    found = {
        "valid_sessions": by_cell,
        "traffic": by_source,
        "active_creators": creators,
    }
    return {
        name: pa.Table.from_pandas(rows, preserve_index=False)
        for name, rows in found.items()
    }


def _valid_sessions(files: Files) -> pd.DataFrame:
    rows = _current(files, "live_session", columns=OF_SESSIONS)
    hidden = rows["is_test"].fillna(value=False) | rows["is_internal"].fillna(
        value=False
    )
    rows = rows[~hidden]
    may_be_open = rows["started_at"] >= files.as_of - LONGEST_OPEN
    ended = rows["ended_at"].fillna(rows["ingested_at"].where(may_be_open))
    measured = _second(ended) - _second(rows["started_at"])
    lasted = rows["duration_s"].round().astype("Int64").fillna(measured)
    rows = rows.assign(
        live_s=lasted,
        language=_known(rows["language"]),
        category=_known(rows["category"]),
    )
    return rows[(rows["live_s"] >= SHORTEST_S).fillna(value=False)]


def _current(files: Files, table: str, *, columns: tuple[str, ...]) -> pd.DataFrame:
    again = table in files.superseded
    needed = (
        dict.fromkeys((*columns, *files.keys[table], *NEWEST)) if again else columns
    )
    dataset = ds.dataset(
        list(files.paths[table]), format="parquet", partitioning=FOLDERS
    )
    read = dataset.to_table(columns=list(needed))
    rows: pd.DataFrame = read.to_pandas(types_mapper=pd.ArrowDtype)
    if not again:
        return rows
    newest = rows.sort_values(list(NEWEST), ascending=False, kind="stable")
    latest: pd.DataFrame = newest.drop_duplicates(list(files.keys[table]))
    return latest


def _second(instant: pd.Series) -> pd.Series:
    second: pd.Series = instant.dt.floor("s").astype("int64[pyarrow]") // 1_000_000
    return second


def _known(text: pd.Series) -> pd.Series:
    return text.where(text != "").fillna("unknown")
