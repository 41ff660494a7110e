"""Run a stage as a process of its own and read what the system says it cost."""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Cost", "StageFailedError", "folder_bytes", "run_stage"]


class StageFailedError(RuntimeError):
    """A benchmark stage ended with an error; its own output says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one process cost: wall and CPU seconds, peak resident bytes."""

    wall_s: float
    cpu_s: float
    peak_bytes: int

    def as_json(self) -> dict[str, float]:
        """The figures as plain numbers."""
        return asdict(self)


def run_stage(module: str, arguments: Sequence[str]) -> Cost:
    """Run `python -m module arguments` and return its cost.

    The peak is that of the largest process, as the system accounts it at exit.
    """
    started = time.perf_counter()
    child = os.spawnv(  # noqa: S606 - our own interpreter with our own arguments
        os.P_NOWAIT, sys.executable, [sys.executable, "-m", module, *arguments]
    )
    _, status, usage = os.wait4(child, 0)
    wall_s = time.perf_counter() - started
    if status != 0:
        raise StageFailedError(f"{module} {' '.join(arguments)}: status {status}")
    return Cost(
        wall_s=wall_s,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * 1024,
    )


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
