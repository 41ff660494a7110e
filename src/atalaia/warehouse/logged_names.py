"""Take people out of the logs of commits, whose recorded bounds may name them.

A commit records the smallest and largest id of each file, and a mapping may make an id
of a creator's pseudonym. New commits of ours leave such bounds out; older ones, and
those that a library writes by itself, are changed in place here: a bound only spares
readers a file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from deltalake import DeltaTable

from atalaia.warehouse.durable import replace_file, sync_folder
from atalaia.warehouse.pseudonyms import PSEUDONYM

__all__ = ["forget_bounds", "logged_pseudonyms"]

# Libraries cut long bounds: the beginning of a pseudonym is one already.
_BEGUN = re.compile("[cs]_[a-z2-7]{8}")


def logged_pseudonyms(folder: Path) -> frozenset[str]:
    """Return what has the shape of a pseudonym in a table's log."""
    texts = (path.read_text(encoding="utf-8") for path in _commits(folder))
    kept = (text for path in _checkpoints(folder) for text in _kept_bounds(path))
    return frozenset(
        name
        for source in (texts, kept)
        for text in source
        for name in re.findall(PSEUDONYM, text)
    )


def forget_bounds(folder: Path) -> tuple[Path, ...]:
    """Take every bound that may hold a pseudonym out of a table's log.

    What the commits did stays, with their numbers and remarks. Hold the writer's lock.

    Returns:
        Files that may still name people: checkpoints without all of their commits,
        which nothing could replace.
    """
    is_changed = False
    for path in _commits(folder):
        before = path.read_text(encoding="utf-8")
        after = _without_bounds(before)
        if after != before:
            replace_file(path, after.encode())
            is_changed = True
    naming = [path for path in _checkpoints(folder) if _names(path)]
    if not (is_changed or naming):
        return ()
    if not _is_complete(folder):
        return tuple(naming)
    _renew_checkpoints(folder)
    return ()


def _without_bounds(commit: str) -> str:
    lines = commit.splitlines()
    if not any(_BEGUN.search(line) for line in lines):
        return commit
    return "\n".join(map(_cleaned_line, lines)) + "\n"


def _cleaned_line(line: str) -> str:
    if not _BEGUN.search(line):
        return line
    entry = json.loads(line)
    for action in ("add", "remove"):
        statistics = entry.get(action, {}).get("stats")
        if statistics is not None and _BEGUN.search(statistics):
            entry[action]["stats"] = json.dumps(_cleaned(json.loads(statistics)))
    return json.dumps(entry, separators=(",", ":"))


def _cleaned(statistics: dict[str, Any]) -> dict[str, Any]:
    bounds = [statistics.get(which, {}) for which in ("minValues", "maxValues")]
    naming = {
        column
        for each in bounds
        for column, value in each.items()
        if _BEGUN.search(json.dumps(value))
    }
    for each in bounds:
        for column in naming:
            each.pop(column, None)
    return statistics


def _is_complete(folder: Path) -> bool:
    """Say whether the log tells all by its commits, without any checkpoint."""
    numbers = sorted(int(path.stem) for path in _commits(folder))
    return numbers == list(range(len(numbers)))


def _renew_checkpoints(folder: Path) -> None:
    """Replace the checkpoints, which are made of the commits, by one made anew."""
    log = folder / "_delta_log"
    # The hint first: without it readers list the log, and find what is there.
    (log / "_last_checkpoint").unlink(missing_ok=True)
    found = _checkpoints(folder)
    for path in found:
        path.unlink()
    sync_folder(log)
    if found:
        DeltaTable(str(folder)).create_checkpoint()


def _names(checkpoint: Path) -> bool:
    return any(_BEGUN.search(text) for text in _kept_bounds(checkpoint))


def _kept_bounds(checkpoint: Path) -> Iterator[str]:
    for action in ("add", "remove"):
        rows = pq.ParquetFile(checkpoint).read([action])
        if action in rows.column_names:
            yield from (
                str(each) for each in rows[action].to_pylist() if each is not None
            )


def _commits(folder: Path) -> list[Path]:
    return sorted((folder / "_delta_log").glob("[0-9]*.json"))


def _checkpoints(folder: Path) -> list[Path]:
    return sorted((folder / "_delta_log").glob("*.checkpoint*.parquet"))
