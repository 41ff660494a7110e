"""The whole catalogue over ninety days: from nothing, kept up, ten times the facts.

Ratios first: what keeping up costs against computing anew, what ten times the facts
cost against one, and what dataframe libraries need for the same cells.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Cost, folder_bytes, run_stage
from benchmarks.peers import PEERS

__all__ = ["run"]

SESSIONS = 1_000_000
TENTH = 10
GIB = 2**30
STAGES = (
    "simulate",
    "ingest",
    "first",
    "arrive_on_time",
    "on_time",
    "arrive_late",
    "late",
    "anew",
    "interactive",
    "ours",
)
LEAST_FOR_TENTH = 0.5
"""Below it a tenth is all fixed cost, and says nothing of ten times the facts."""
BARS = {
    "on_time_day": 1 / 20,
    "everything": 1 / 3,
    "ten_times": 12,
    "peak_bytes": 4 * GIB,
    "additive_by_two_s": 0.3,
}


def run(scale: float) -> Mapping[str, object]:
    """Run all stages at a share of full size and print them as tables."""
    sessions = max(2_000, round(SESSIONS * scale))
    with tempfile.TemporaryDirectory(prefix="atalaia-catalogue-") as name:
        whole, part = Path(name) / "whole", Path(name) / "tenth"
        of_tenth = None
        if scale >= LEAST_FOR_TENTH:
            for stage in ("alone", "anew"):
                _run(stage, part, sessions=sessions // TENTH)
            of_tenth = _found(part, "anew")
            shutil.rmtree(part)
        costs = {stage: _run(stage, whole, sessions=sessions) for stage in STAGES}
        costs |= {p: run_stage("benchmarks.peers", [p, str(whole)]) for p in PEERS}
        found = {stage: _found(whole, stage) for stage in costs}
        disk = {
            area: folder_bytes(whole / "data" / area) for area in ("facts", "derived")
        }
    figures = _ratios(found, costs=costs, tenth=of_tenth)
    rows = sum(found["simulate"]["rows"].values())
    _print(figures, costs=costs, rows=rows, disk=disk)
    return {
        "sessions": sessions,
        "rows": rows,
        "stages": {stage: cost.as_json() for stage, cost in costs.items()},
        "found": found,
        "found_of_tenth": of_tenth,
        "disk": disk,
        "ratios": figures,
        "bars": BARS,
    }


def _run(stage: str, folder: Path, *, sessions: int) -> Cost:
    return run_stage(
        "benchmarks.catalogue_stage", [stage, str(folder), "--sessions", str(sessions)]
    )


def _found(folder: Path, stage: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{stage}.json").read_text("utf-8"))
    return found


def _ratios(
    found: Mapping[str, Any],
    *,
    costs: Mapping[str, Cost],
    tenth: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return what the bars are about, each with what it was divided by."""
    anew, on_time, late = found["anew"], found["on_time"], found["late"]
    return {
        "on_time_day_of_catalogue": on_time["cube_s"] / anew["all_s"],
        "on_time_day_of_cube": on_time["cube_s"] / anew["cube_s"],
        "everything": late["all_s"] / anew["all_s"],
        "ten_times": None if tenth is None else anew["all_s"] / tenth["all_s"],
        "peak_bytes": max(costs[stage].peak_bytes for stage in STAGES),
        "ours_of_peer": {
            p: found["ours"]["seconds"] / found[p]["seconds"] for p in PEERS
        },
        "ours_of_copies_of_peer": {
            p: found["ours"]["of_copies_s"] / found[p]["seconds"] for p in PEERS
        },
        "by_two_s": {
            kind: {"median": median(of.values()), "slowest": max(of.values())}
            for kind, of in found["interactive"]["seconds"].items()
        },
    }


def _print(
    figures: Mapping[str, Any],
    *,
    costs: Mapping[str, Cost],
    rows: int,
    disk: Mapping[str, int],
) -> None:
    console = Console()
    ratios = Table(title=f"Catalogue: {rows:,} rows in 91 days")
    for heading in ("what", "measured", "bar"):
        ratios.add_column(heading, justify="left" if heading == "what" else "right")
    for what, key, bar in (
        ("on-time day, additive ÷ whole catalogue", "on_time_day_of_catalogue", "0.05"),
        ("on-time day, additive ÷ whole cube", "on_time_day_of_cube", ""),
        ("late facts too, every metric ÷ anew", "everything", "0.33"),
        ("ten times the facts, time", "ten_times", "12"),
    ):
        shown = "not run" if figures[key] is None else f"{figures[key]:.3f}"
        ratios.add_row(what, shown, bar)
    for peer in PEERS:
        shown = (
            f"{figures['ours_of_peer'][peer]:.2f}, from copies "
            f"{figures['ours_of_copies_of_peer'][peer]:.2f}"
        )
        ratios.add_row(f"cells and creators: ours ÷ {peer}", shown, "")
    for kind, seconds in figures["by_two_s"].items():
        bar = "0.3 s" if kind.startswith("additive,") else ""
        shown = f"{seconds['median']:.2f} s, at most {seconds['slowest']:.2f} s"
        ratios.add_row(f"by two dimensions: {kind}", shown, bar)
    console.print(ratios)
    stages = Table(title="Stages")
    for heading in ("stage", "wall s", "CPU s", "peak GiB"):
        stages.add_column(heading, justify="left" if heading == "stage" else "right")
    for stage, cost in costs.items():
        peak = f"{cost.peak_bytes / GIB:.2f}"
        stages.add_row(stage, f"{cost.wall_s:.1f}", f"{cost.cpu_s:.1f}", peak)
    console.print(stages)
    sizes = (f"{area} {size / 1e6:,.0f} MB" for area, size in disk.items())
    console.print("disk: " + ", ".join(sizes))
