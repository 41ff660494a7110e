"""A world of ninety days and one more: its exports, parted by when they arrive.

The last day arrives in two parts: what is on time, and what the same export says of
earlier days (rooms told late, reversals, appeals, reviews).
"""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.domain.reference import Reference
from atalaia.simulation.plan import WorldPlan
from atalaia.simulation.world import load_plan, simulate

__all__ = ["DAYS", "PARTS", "arrives_at", "plan_of", "write_parts"]

DAYS = 90
PARTS = ("before", "on_time", "late")
OF_A_SESSION = (
    "live_session",
    "moderation_decision",
    "penalty",
    "session_segment",
    "signal",
    "traffic_snapshot",
)
"""Tables of which a day's export holds the day's own rows."""


def plan_of(reference: Reference, *, sessions: int) -> WorldPlan:
    """Return the plan of a world with so many sessions in ninety days, and a day."""
    plan = load_plan(None, reference=reference)
    whole = round(sessions * (DAYS + 1) / DAYS)
    return replace(plan.of_size(sessions=whole), days=DAYS + 1)


def arrives_at(plan: WorldPlan, *, part: str) -> datetime:
    """Return the moment at which a part is taken in."""
    return plan.exported_at(DAYS - 1 if part == "before" else DAYS)


def write_parts(folder: Path, *, sessions: int, reference: Reference) -> dict[str, int]:
    """Simulate, and lay each part into a landing folder of its own; returns rows."""
    plan = plan_of(reference, sessions=sessions)
    world = simulate(
        plan, into=folder / "world", truth=folder / "truth", reference=reference
    )
    last = plan.exported_at(DAYS).date().isoformat()
    for export in sorted(world.facts.glob("*/*.parquet")):
        table = export.parent.name
        if export.stem < last:
            _move(export, folder / "before" / table)
            continue
        rows = pq.read_table(export)
        today = _of_today(rows, table=table, plan=plan)
        for part, kept in (("on_time", today), ("late", pc.invert(today))):
            _write(rows.filter(kept), folder / part / table / export.name)
    return dict(world.rows)


def _of_today(rows: pa.Table, *, table: str, plan: WorldPlan) -> pa.Array:
    """Say which rows are of sessions of the last day: their ids begin with its date."""
    if table not in OF_A_SESSION:
        return pa.array([False] * len(rows))
    begun = f"s{plan.last_day:%Y%m%d}"
    return pc.fill_null(pc.starts_with(rows["session_id"], begun), False)  # noqa: FBT003 - Arrow's own signature


def _move(export: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    shutil.move(export, to / export.name)


def _write(rows: pa.Table, path: Path) -> None:
    if len(rows):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows, path)
