"""Read every metric file of an installation, and put them beside the catalogue."""

from collections.abc import Mapping
from pathlib import Path

from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.reference import Reference
from atalaia.metrics.catalogue import BUILT_IN, CATALOGUE, with_own
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.invariants.catalogue_error import CatalogueError
from atalaia.metrics.owners.errors import BrokenMetricError, IdTakenError
from atalaia.metrics.owners.metric_file import OwnMetric, read_metric

__all__ = ["FOLDER", "SUFFIXES", "load_definitions", "own_metric"]

FOLDER = "metrics"
"""Where files of metrics lie, in an installation's reference data."""
SUFFIXES = (".yaml", ".yml")


def load_definitions(folder: Path | None, *, reference: Reference) -> Definitions:
    """Return the catalogue with the metrics of the folder's files, in files' order.

    A folder that does not exist adds nothing. Raises ReferenceDataError with file and
    line: one definition that cannot be trusted stops every question.
    """
    if folder is None or not folder.is_dir():
        return BUILT_IN
    paths = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    found: dict[str, OwnMetric] = {}
    for path in paths:
        own = own_metric(path, reference=reference)
        if own.metric.id in (*CATALOGUE, *found):
            place = own.root.child("id").mark
            raise IdTakenError(place=place, id=own.metric.id)
        found[own.metric.id] = own
    for own in found.values():
        _check_guard_rails(own, known=(*CATALOGUE, *found))
    return _together(found) if found else BUILT_IN


def own_metric(path: Path, *, reference: Reference) -> OwnMetric:
    """Read one file, by itself."""
    return read_metric(read_marked(path), file=path.name, reference=reference)


def _check_guard_rails(own: OwnMetric, *, known: tuple[str, ...]) -> None:
    """A guard-rail is another metric, of the catalogue or of a file."""
    if not own.root.has("guard_rails"):
        return
    others = [name for name in known if name != own.metric.id]
    for entry in own.root.items("guard_rails"):
        entry.one_of(others, kind="metric")


def _together(found: Mapping[str, OwnMetric]) -> Definitions:
    """Hold all metrics against the catalogue's own rules, and show a breach's file."""
    targets = {name: own.target for name, own in found.items() if own.target}
    try:
        return with_own([own.metric for own in found.values()], targets=targets)
    except CatalogueError as error:
        place = found[str(error.fields["metric"])].root.mark
        raise BrokenMetricError(place=place, broken=error.fields["broken"]) from error
