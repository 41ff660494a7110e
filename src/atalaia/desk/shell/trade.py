"""The words of the trade as this installation has approved them, read once a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from atalaia.domain.reference import Reference, load_reference
from atalaia.domain.working_time import Office, office_of

__all__ = ["Trade", "trade"]

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Reference data with the offices of all markets, which remember their holidays."""

    reference: Reference
    offices: Mapping[str, Office]


def trade() -> Trade:
    """Return the reference data in force; a file that is approved counts at once."""
    folder: Path = settings.INSTALLATION.place.reference
    return _read(folder, _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = ((path, path.stat()) for path in files)
    return tuple((str(path), at.st_mtime_ns, at.st_size) for path, at in states)


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: Stamp) -> Trade:  # noqa: ARG001 (a new stamp is read anew)
    reference = load_reference(folder)
    calendar = reference.calendar
    offices = {
        market.code: office_of(market, calendar=calendar)
        for market in reference.markets
    }
    return Trade(reference=reference, offices=offices)
