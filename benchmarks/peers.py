"""Ours, Polars or pandas over the same files, each in a process of its own."""

import argparse
import importlib
import json
import time
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.peer_job import COLUMNS, aligned, read_files

__all__ = ["PEERS"]

PEERS = ("polars", "pandas")
FILES = "peer_files.json"


def answered_by(peer: str, folder: Path) -> Mapping[str, pa.Table]:
    """Let one library do the job; its import is not timed."""
    compute = importlib.import_module(f"benchmarks.peers_{peer}").compute
    files = read_files(folder / FILES)
    started = time.perf_counter()
    found: Mapping[str, pa.Table] = compute(files)
    seconds = time.perf_counter() - started
    (folder / f"{peer}.json").write_text(json.dumps({"seconds": seconds}), "utf-8")
    return found


class DisagreementError(RuntimeError):
    """A library gave other numbers: the race is void."""


def main() -> None:
    """Run one library, and hold its answer against ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    found = answered_by(asked.peer, asked.folder)
    for name in COLUMNS:
        ours = pq.read_table(asked.folder / f"ours_{name}.parquet")
        theirs = aligned(name, found[name])
        if not ours.equals(theirs):
            raise DisagreementError(
                f"{name}: {ours.num_rows} and {theirs.num_rows} rows of {asked.peer}"
            )


if __name__ == "__main__":
    main()
