"""Put many small files of a partition into one, with the same rows."""

from dataclasses import dataclass
from datetime import datetime

from deltalake import DeltaTable, WriterProperties

from atalaia.warehouse import snapshots
from atalaia.warehouse.cleaning import tables_of
from atalaia.warehouse.locks import writing
from atalaia.warehouse.logged_names import forget_bounds
from atalaia.warehouse.place import Place

__all__ = ["CompactionReceipt", "compact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactionReceipt:
    """How many files went into how many."""

    files_before: int
    files_after: int


def compact(place: Place, *, now: datetime) -> CompactionReceipt:
    """Compact every table and publish; the numbers of every question stay the same.

    Old files stay for the older snapshots until retention lets those go.
    """
    with writing(place, purpose="compact", now=now):
        before = after = 0
        for folder in tables_of(place):
            table = DeltaTable(str(folder))
            done = table.optimize.compact(
                writer_properties=WriterProperties(compression="ZSTD")
            )
            # The library records the bounds of ids whatever they are made of.
            forget_bounds(folder)
            before += int(done["numFilesRemoved"])
            after += int(done["numFilesAdded"])
        if before:
            snapshots.publish(place, now=now, notes="compaction")
    return CompactionReceipt(files_before=before, files_after=after)
