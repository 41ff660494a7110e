"""Takes files in: read, map, check, pseudonymise, quarantine, commit, publish.

A refused file or row never costs its neighbours. The same file twice changes nothing.
Readers see all of an ingest or none of it: one snapshot is published at its end.
"""

from datetime import datetime
from pathlib import Path

from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.jobs import jobs_of, left_out
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.people import people_of
from atalaia.warehouse.ingest.readers import Limits
from atalaia.warehouse.ingest.receipts import FileReport, FileState, IngestReceipt
from atalaia.warehouse.ingest.run import Progress, Run
from atalaia.warehouse.ingest.staging import staging_folder
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.rehoming import rehome
from atalaia.warehouse.snapshots import publish
from atalaia.warehouse.vault import Vault

__all__ = ["ingest"]


def ingest(
    source: Path,
    *,
    place: Place,
    reference: Reference,
    pseudonymiser: Pseudonymiser,
    tombstone_file: Path,
    vault: Vault | None = None,
    now: datetime,
    mapping: Mapping | None = None,
    source_name: str | None = None,
    market: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> IngestReceipt:
    """Take in a file, or every file of a folder, and publish one snapshot.

    Args:
        tombstone_file: who was erased: their rows are left out and counted.
        vault: remembers who the pseudonyms of these files are; None where there is
            none.
        mapping: how to read every file; without one a file's own is looked for: the
            file `NAME.mapping.yaml` beside it, `mapping.yaml` in its folder, the folder
            named as a table (contract form), the official statement-of-reasons header.
        now: the moment of ingest; rows without `observed_at` were observed then.
        source_name: the feed's name, where the mapping does not say.
        market: the market of files whose own mapping, or whose light statement of
            reasons, names none.
        progress: called with a file's name, its number and how many there are.

    Raises:
        UnreadableFileError: `source` is no file or folder. What is wrong with one file
            is in the receipt. BusyError: another run writes.
        UnreadableTombstonesError, KeyInsideDataError: nothing is taken in without
            knowing who was erased.
    """
    jobs = jobs_of(source, mapping=mapping, market=market)
    with writing(place, purpose="ingest", now=now), staging_folder(place) as folder:
        people = people_of(
            place,
            pseudonymiser=pseudonymiser,
            tombstone_file=tombstone_file,
            vault=vault,
        )
        run = Run(
            place=place,
            reference=reference,
            people=people,
            now=now,
            source_name=source_name,
            limits=limits or Limits(),
            folder=folder,
        )
        run.take_all(jobs, progress=progress)
        reports = run.finished()
        rehome(place, now=now)
        snapshot = publish(place, now=now, notes="ingest")
    others = tuple(_left_out(name) for name in left_out(source))
    return IngestReceipt(files=(*reports, *others), snapshot=snapshot.id)


def _left_out(name: str) -> FileReport:
    remark = Remark(code=RemarkCode.NAME_LEFT_OUT)
    return FileReport(file=name, state=FileState.LEFT_OUT, remarks=(remark,))
