"""Run every benchmark: `python -m benchmarks --scale 0.05 --results FOLDER`."""

import argparse
import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import catalogue, desk, foundation

BENCHMARKS = {
    "foundation": foundation.run,
    "catalogue": catalogue.run,
    "desk": desk.run,
}
MEASURED_WITH = (
    "duckdb",
    "deltalake",
    "ibis-framework",
    "pyarrow",
    "numpy",
    "polars",
    "pandas",
)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "packages": {name: version(name) for name in MEASURED_WITH},
    }


def main() -> None:
    """Run the benchmarks, print their tables and write their JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--results", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--only", choices=BENCHMARKS, action="append")
    asked = parser.parse_args()
    asked.results.mkdir(parents=True, exist_ok=True)
    for name in asked.only or BENCHMARKS:
        figures = BENCHMARKS[name](asked.scale)
        found = {"benchmark": name, "scale": asked.scale, **machine(), **figures}
        text = json.dumps(found, indent=2, sort_keys=True)
        (asked.results / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
