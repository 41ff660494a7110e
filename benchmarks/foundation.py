"""Simulate a million sessions, ingest them, compute the cube; cube against SQL."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Cost, folder_bytes, run_stage

__all__ = ["run"]

SESSIONS = 1_000_000
GIB = 2**30
STAGES = ("simulate", "ingest", "cube", "compare")
BARS = {"peak_bytes": 4 * GIB, "ratio": 1.3}


def run(scale: float) -> Mapping[str, object]:
    """Run the four stages at a share of full size and print them as a table."""
    sessions = max(1_000, round(SESSIONS * scale))
    with tempfile.TemporaryDirectory(prefix="atalaia-benchmark-") as name:
        folder = Path(name)
        costs = {stage: _run(stage, folder, sessions=sessions) for stage in STAGES}
        found = {s: json.loads((folder / f"{s}.json").read_text()) for s in STAGES}
        disk = {
            "landing_bytes": folder_bytes(folder / "world"),
            "facts_bytes": folder_bytes(folder / "data" / "facts"),
            "cube_bytes": folder_bytes(folder / "data" / "derived"),
        }
    rows = sum(found["simulate"]["rows"].values())
    _print(costs, rows=rows, disk=disk, against=found["compare"])
    return {
        "sessions": sessions,
        "rows": rows,
        "stages": {stage: cost.as_json() for stage, cost in costs.items()},
        "rows_per_second": {s: rows / costs[s].wall_s for s in ("simulate", "ingest")},
        "disk": disk,
        "cube_against_sql": found["compare"],
        "bars": BARS,
    }


def _run(stage: str, folder: Path, *, sessions: int) -> Cost:
    return run_stage(
        "benchmarks.stage", [stage, str(folder), "--sessions", str(sessions)]
    )


def _print(
    costs: Mapping[str, Cost],
    *,
    rows: int,
    disk: Mapping[str, int],
    against: Mapping[str, object],
) -> None:
    table = Table(title=f"Foundation: {rows:,} rows")
    for heading in ("stage", "wall s", "CPU s", "peak GiB", "rows/s"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for stage, cost in costs.items():
        speed = f"{rows / cost.wall_s:,.0f}" if stage in {"simulate", "ingest"} else ""
        peak = f"{cost.peak_bytes / GIB:.2f}"
        table.add_row(stage, f"{cost.wall_s:.1f}", f"{cost.cpu_s:.1f}", peak, speed)
    console = Console()
    console.print(table)
    console.print(
        f"cube ÷ hand-written SQL: {against['ratio']:.2f} "
        f"({against['atalaia_s']:.2f} s against {against['by_hand_s']:.2f} s, "
        "median of 9 turns)"
    )
    sizes = (
        f"{name.removesuffix('_bytes')} {size / 1e6:,.0f} MB"
        for name, size in disk.items()
    )
    console.print("disk: " + ", ".join(sizes))
