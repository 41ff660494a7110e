"""Two definitions side by side, for other programs."""

import json

from atalaia.cli.terminal import Terminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.explain.revision import RevisedCell, Revision
from atalaia.metrics.metric import Metric
from atalaia.metrics.value import MetricValue

__all__ = ["print_revision_csv", "print_revision_json"]

FIGURES = ("value", "numerator", "denominator", "n", "catalogue_hash")


def print_revision_json(told: Revision, *, terminal: Terminal) -> None:
    """Print a document: both versions, the fields that differ, every cell."""
    body = {
        "format": OUTPUT_FORMAT,
        "old": _version(told.old),
        "new": _version(told.new),
        "fields": list(told.fields),
        "cells": [_cell(cell) for cell in told.cells],
    }
    print_text(json.dumps(body, ensure_ascii=False, indent=1), terminal=terminal)


def print_revision_csv(told: Revision, *, terminal: Terminal) -> None:
    """Print a line a cell, its dimensions in front."""
    dims = tuple(dict.fromkeys(name for cell in told.cells for name in cell.dims))
    rows = []
    for cell in told.cells:
        values = [side.value if side else None for side in (cell.old, cell.new)]
        figures = ["" if each is None else each for each in (*values, cell.difference)]
        slices = [cell.dims.get(name, "") for name in dims]
        rows.append([*slices, cell.start, cell.end, *figures, cell.is_changed])
    names = (*dims, "start", "end", "old", "new", "difference", "is_changed")
    print_csv(names, rows, terminal=terminal)


def _version(metric: Metric) -> dict[str, object]:
    return {"metric": metric.id, "version": metric.version, "file": metric.file}


def _cell(cell: RevisedCell) -> dict[str, object]:
    return {
        "dims": dict(cell.dims),
        "start": cell.start.isoformat(),
        "end": cell.end.isoformat(),
        "old": _side(cell.old),
        "new": _side(cell.new),
        "difference": cell.difference,
        "is_changed": cell.is_changed,
    }


def _side(value: MetricValue | None) -> dict[str, object] | None:
    if value is None:
        return None
    return {name: getattr(value, name) for name in FIGURES}
