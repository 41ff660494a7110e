"""The truth beside the facts: what really was, for every session and decision."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from atalaia.domain.codes import Judgment, VerdictCode

__all__ = [
    "JUDGMENTS",
    "TRUTH_TABLES",
    "VERDICTS",
    "TruthWriter",
    "truth_table",
]

JUDGMENTS = tuple(Judgment)
VERDICTS = tuple(VerdictCode)
_INSTANT = pa.timestamp("us", tz="UTC")

TRUTH_TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {
        "violations": pa.schema(
            [
                ("session_id", pa.string()),
                ("creator_id", pa.string()),
                ("agency_id", pa.string()),
                ("market", pa.string()),
                ("business_date", pa.date32()),
                ("policy_id", pa.string()),
                ("policy_version", pa.string()),
                ("lane", pa.string()),
                ("started_at", _INSTANT),
                ("ended_at", _INSTANT),
                ("owner", pa.string()),
                ("first_signal_at", _INSTANT),
                ("enforced_at", _INSTANT),
                ("incident", pa.string()),
            ]
        ),
        "decision_truth": pa.schema(
            [
                ("decision_id", pa.string()),
                ("incident_id", pa.string()),
                ("session_id", pa.string()),
                ("creator_id", pa.string()),
                ("market", pa.string()),
                ("business_date", pa.date32()),
                ("decided_at", _INSTANT),
                ("policy_id", pa.string()),
                ("policy_version", pa.string()),
                ("is_enforced", pa.bool_()),
                ("is_heaviest", pa.bool_()),
                ("is_late", pa.bool_()),
                ("is_test", pa.bool_()),
                ("truth", pa.string()),
                ("truth_policy_id", pa.string()),
                ("truth_lane", pa.string()),
                ("verdict", pa.string()),
                ("violation_started_at", _INSTANT),
                ("trap_id", pa.string()),
                ("planted", pa.string()),
            ]
        ),
        "creators": pa.schema(
            [
                ("creator_id", pa.string()),
                ("market", pa.string()),
                ("agency_id", pa.string()),
                ("tier", pa.string()),
                ("activity", pa.float64()),
                ("propensity", pa.float64()),
                ("habit_policy_id", pa.string()),
            ]
        ),
        "agencies": pa.schema(
            [
                ("agency_id", pa.string()),
                ("market", pa.string()),
                ("roster_share", pa.float64()),
                ("violation_factor", pa.float64()),
            ]
        ),
        "creator_changes": pa.schema(
            [
                ("creator_id", pa.string()),
                ("changed_at", _INSTANT),
                ("market_before", pa.string()),
                ("market", pa.string()),
                ("agency_before", pa.string()),
                ("agency", pa.string()),
                ("tier_before", pa.string()),
                ("tier", pa.string()),
            ]
        ),
        "case_moves": pa.schema(
            [
                ("case_id", pa.string()),
                ("market", pa.string()),
                ("opened_at", _INSTANT),
                ("moved_at", _INSTANT),
                ("told_at", _INSTANT),
                ("seq", pa.int64()),
                ("to_state", pa.string()),
            ]
        ),
        "programme_places": pa.schema(
            [
                ("programme_id", pa.string()),
                ("creator_id", pa.string()),
                ("market", pa.string()),
                ("agency_id", pa.string()),
                ("arm", pa.string()),
                ("is_by_chance", pa.bool_()),
                ("assigned_at", _INSTANT),
                ("opened_at", _INSTANT),
                ("completed_at", _INSTANT),
                ("knowledge_before", pa.float64()),
                ("knowledge_after", pa.float64()),
                ("offence_factor", pa.float64()),
            ]
        ),
        "prevented_violations": pa.schema(
            [
                ("session_id", pa.string()),
                ("creator_id", pa.string()),
                ("market", pa.string()),
                ("business_date", pa.date32()),
                ("policy_id", pa.string()),
                ("started_at", _INSTANT),
            ]
        ),
        "alert_courses": pa.schema(
            [
                ("alert_id", pa.string()),
                ("market", pa.string()),
                ("rule", pa.string()),
                ("metric", pa.string()),
                ("raised_at", _INSTANT),
                ("acked_at", _INSTANT),
                ("finding", pa.string()),
                ("closed_at", _INSTANT),
            ]
        ),
        "session_truth": pa.schema(
            [
                ("session_id", pa.string()),
                ("creator_id", pa.string()),
                ("market", pa.string()),
                ("business_date", pa.date32()),
                ("started_at", _INSTANT),
                ("told_at", _INSTANT),
                ("is_valid", pa.bool_()),
                ("is_violating", pa.bool_()),
                ("violations", pa.int64()),
                ("trap_id", pa.string()),
                ("stratum", pa.string()),
                ("enforced_by_end", pa.bool_()),
                ("is_enforced", pa.bool_()),
                ("is_passed", pa.bool_()),
                ("views", pa.int64()),
                ("viewer_minutes", pa.float64()),
                ("violating_viewer_minutes", pa.float64()),
            ]
        ),
    }
)


def truth_table(name: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return rows of a truth table; every column must be given."""
    schema = TRUTH_TABLES[name]
    return pa.table([columns[field.name] for field in schema], schema=schema)


class TruthWriter:
    """Guards the open truth files, which grow by a row group a day."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._writers = {
            name: pq.ParquetWriter(
                folder / f"{name}.parquet", schema, compression="zstd"
            )
            for name, schema in TRUTH_TABLES.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for writer in self._writers.values():
            writer.close()

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Add a day's rows."""
        for name, rows in tables.items():
            self._writers[name].write_table(rows)
