"""Takes files in: read, map, check, pseudonymise, quarantine, commit, publish.

A refused file or row never costs its neighbours. The same file twice changes nothing.
Readers see all of an ingest or none of it: one snapshot is published at its end.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from atalaia.domain.errors import InputError
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.committing import LATE_DAYS, Committer
from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.jobs import Job, jobs_of
from atalaia.warehouse.ingest.kept_mappings import keep_mapping
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.people import people_of
from atalaia.warehouse.ingest.quarantine import Origin, remove_earlier, write
from atalaia.warehouse.ingest.readers import Limits
from atalaia.warehouse.ingest.readers.opening import digest
from atalaia.warehouse.ingest.reading_file import (
    FileContent,
    FileReader,
    contract_version,
)
from atalaia.warehouse.ingest.receipts import (
    FileReport,
    FileState,
    IngestReceipt,
    TableCounts,
)
from atalaia.warehouse.ingest.staging import Staging, staging_folder
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.snapshots import publish
from atalaia.warehouse.tables import FileIdentity, committed
from atalaia.warehouse.vault import Vault

__all__ = ["ingest"]

Progress = Callable[[str, int, int], None]


@dataclass(slots=True, kw_only=True)
class _Taken:
    """A file that was read and waits for the outcome of its commits."""

    name: str
    mapping: Mapping
    identity: FileIdentity
    content: FileContent
    refused: tuple[Path, ...]


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
        run = _Run(
            place=place,
            reference=reference,
            now=now,
            source_name=source_name,
            reader=FileReader(
                reference=reference,
                people=people_of(
                    place,
                    pseudonymiser=pseudonymiser,
                    tombstone_file=tombstone_file,
                    vault=vault,
                ),
                now=now,
                limits=limits or Limits(),
            ),
            committer=Committer(place=place, reference=reference, now=now),
            folder=folder,
        )
        run.take_all(jobs, progress=progress)
        reports = run.finished()
        snapshot = publish(place, now=now, notes="ingest")
    return IngestReceipt(files=reports, snapshot=snapshot.id)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One ingest under way."""

    place: Place
    reference: Reference
    now: datetime
    source_name: str | None
    reader: FileReader
    committer: Committer
    folder: Path
    reports: dict[str, FileReport] = field(default_factory=dict)
    taken: list[_Taken] = field(default_factory=list)

    def take_all(self, jobs: Sequence[Job], *, progress: Progress | None) -> None:
        """Read every file in turn, telling which."""
        for number, job in enumerate(jobs, start=1):
            if progress is not None:
                progress(job.name, number, len(jobs))
            self.take(job)

    def take(self, job: Job) -> None:
        """Read one file and stage its rows; a refused file is only reported."""
        try:
            self._take(job)
        except InputError as error:
            self.reports[job.name] = FileReport(
                file=job.name, state=FileState.REFUSED, error=error
            )

    def _take(self, job: Job) -> None:
        mapping = job.resolved(reference=self.reference, source=self.source_name)
        identity = FileIdentity(
            sha256=digest(job.path),
            mapping=mapping.identity if mapping.name else "",
            contract_version=contract_version(mapping),
        )
        if self._is_known(identity, mapping=mapping):
            self.reports[job.name] = FileReport(file=job.name, state=FileState.KNOWN)
            return
        if job.mapping is None and mapping.text:
            # Only now: a known file stays known when a policy is dropped later.
            check_policies(mapping, reference=self.reference)
        staging = Staging(identity=identity, folder=self.folder)
        content = self.reader.read(
            job.path,
            name=job.name,
            mapping=mapping,
            file_id=identity.app_id,
            staging=staging,
        )
        self.reports[job.name] = FileReport(file=job.name, state=FileState.TAKEN)
        origin = Origin(
            file=job.name,
            sheet="",
            file_id=identity.app_id,
            source=mapping.source,
            mapping=mapping.identity,
            table="",
            form="contract",
            now=self.now,
        )
        self.taken.append(
            _Taken(
                name=job.name,
                mapping=mapping,
                identity=identity,
                content=content,
                refused=self._quarantine(content, identity=identity, mapping=mapping),
            )
        )
        for part in staging.parts():
            self.committer.add(part, origin=origin)

    def _is_known(self, identity: FileIdentity, *, mapping: Mapping) -> bool:
        tables = [table.table for table in mapping.tables]
        return any(other.identity == identity for other in self.taken) or all(
            committed(self.place, table, [identity]) for table in tables
        )

    def _quarantine(
        self, content: FileContent, *, identity: FileIdentity, mapping: Mapping
    ) -> tuple[Path, ...]:
        if content.refused and mapping.text:
            keep_mapping(self.place, mapping)
        paths = [
            write(
                self.place,
                pa.concat_tables(rows),
                name=f"{table}.{identity.sha256[:16]}.{_short(identity)}",
            )
            for table, rows in content.refused.items()
        ]
        return tuple(path for path in paths if path is not None)

    def finished(self) -> tuple[FileReport, ...]:
        """Commit what waits and return the report of every file."""
        self.committer.flush()
        for taken in self.taken:
            self._add_contradictions(taken)
            # Only now: a run that died before its commit leaves what was there.
            remove_earlier(
                self.place,
                sha256=taken.identity.sha256,
                mapping=taken.mapping.name,
                latest=taken.refused,
            )
            self.reports[taken.name] = replace(
                self.reports[taken.name],
                tables=self._counts(taken),
                remarks=self._remarks(taken),
            )
        return tuple(self.reports.values())

    def _add_contradictions(self, taken: _Taken) -> None:
        found = False
        for (file_id, table), outcome in self.committer.outcomes.items():
            if file_id != taken.identity.app_id:
                continue
            for rows in outcome.contradictions:
                taken.content.refuse(rows, table=table)
                found = True
        if found:
            taken.refused = self._quarantine(
                taken.content, identity=taken.identity, mapping=taken.mapping
            )

    def _counts(self, taken: _Taken) -> tuple[TableCounts, ...]:
        counts = []
        for table in taken.mapping.tables:
            key = (taken.identity.app_id, table.table)
            outcome = self.committer.outcomes.get(key)
            reasons = taken.content.reasons.get(table.table, Counter[str]())
            counts.append(
                TableCounts(
                    table=table.table,
                    accepted=outcome.accepted if outcome else 0,
                    quarantined=reasons.total(),
                    skipped=outcome.repeats if outcome else 0,
                    erased=taken.content.erased[table.table],
                    reasons=dict(reasons),
                )
            )
        return tuple(counts)

    def _remarks(self, taken: _Taken) -> tuple[Remark, ...]:
        remarks = list(taken.content.remarks)
        outcomes = [
            outcome
            for (file_id, _), outcome in self.committer.outcomes.items()
            if file_id == taken.identity.app_id
        ]
        if repeats := sum(outcome.repeats for outcome in outcomes):
            remarks.append(Remark(code=RemarkCode.EXACT_TWINS, fields={"n": repeats}))
        if late := sum(outcome.late for outcome in outcomes):
            fields = {"n": late, "days": LATE_DAYS}
            remarks.append(Remark(code=RemarkCode.LATE_FACTS, fields=fields))
        return tuple(remarks)


def _short(identity: FileIdentity) -> str:
    """Return mapping and contract version as a file name can hold them."""
    plain = "".join(c if c.isalnum() else "-" for c in identity.mapping) or "contract"
    return f"{plain}.{identity.contract_version}"
