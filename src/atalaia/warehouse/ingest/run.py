"""One ingest under way: file after file read and staged, then committed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from atalaia.domain.errors import InputError
from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.committing import LATE_DAYS, Committer
from atalaia.warehouse.ingest.errors import NoMappingError, UnreadableValuesError
from atalaia.warehouse.ingest.faults import Reason, Remark, RemarkCode
from atalaia.warehouse.ingest.jobs import Job
from atalaia.warehouse.ingest.kept_mappings import keep_mapping
from atalaia.warehouse.ingest.mapped_policies import check_policies
from atalaia.warehouse.ingest.mapping import Mapping
from atalaia.warehouse.ingest.people import People
from atalaia.warehouse.ingest.quarantine import QUARANTINE_SCHEMA, Origin, write
from atalaia.warehouse.ingest.readers import Limits
from atalaia.warehouse.ingest.readers.opening import digest
from atalaia.warehouse.ingest.reading_file import (
    FileContent,
    FileReader,
    contract_version,
)
from atalaia.warehouse.ingest.receipts import FileReport, FileState, TableCounts
from atalaia.warehouse.ingest.staging import Staging
from atalaia.warehouse.ingest.superseded import announce, remove_superseded
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import FileIdentity, committed, was_committed

__all__ = ["Progress", "Run"]

Progress = Callable[[str, int, int], None]
# What Arrow says of values that no check of ours foresaw; not of memory or a Ctrl-C.
UNFORESEEN = (
    pa.ArrowInvalid,
    pa.ArrowNotImplementedError,  # Arrow's refusal of a cast that it does not know
    pa.ArrowTypeError,
    pa.ArrowKeyError,
    pa.ArrowIndexError,
)


@dataclass(slots=True, kw_only=True)
class _Taken:
    """A file that was read and waits for the outcome of its commits."""

    name: str
    mapping: Mapping
    identity: FileIdentity
    content: FileContent


@dataclass(slots=True, kw_only=True)
class Run:
    """Guards the files of one ingest until they are committed."""

    place: Place
    reference: Reference
    people: People
    now: datetime
    source_name: str | None
    limits: Limits
    folder: Path
    reader: FileReader = field(init=False)
    committer: Committer = field(init=False)
    reports: dict[str, FileReport] = field(default_factory=dict)
    taken: dict[FileIdentity, _Taken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.committer = Committer(
            place=self.place, reference=self.reference, now=self.now
        )
        self.reader = FileReader(
            reference=self.reference,
            people=self.people,
            now=self.now,
            limits=self.limits,
        )

    def take_all(self, jobs: Sequence[Job], *, progress: Progress | None) -> None:
        """Read every file in turn, telling which."""
        # What a run that died behind its commits left.
        remove_superseded(self.place)
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
        sha256 = digest(job.path)
        mapping = self._mapping(job, sha256=sha256)
        if mapping is None:
            self.reports[job.name] = FileReport(file=job.name, state=FileState.KNOWN)
            return
        identity = FileIdentity(
            sha256=sha256,
            mapping=mapping.identity if mapping.name else "",
            contract_version=contract_version(mapping),
        )
        if self._is_known(identity, mapping=mapping):
            self.reports[job.name] = FileReport(file=job.name, state=FileState.KNOWN)
            return
        if job.mapping is None and mapping.text:
            # Only now: a known file stays known when a policy is dropped later.
            check_policies(mapping, reference=self.reference)
        self._read(job, mapping=mapping, identity=identity)

    def _mapping(self, job: Job, *, sha256: str) -> Mapping | None:
        """Return how to read a file; None where it was taken in by a mapping once.

        It may have come with one on the command line, and stand in the landing since.
        """
        try:
            return job.resolved(reference=self.reference, source=self.source_name)
        except NoMappingError:
            if was_committed(self.place, sha256=sha256):
                return None
            raise

    def _read(self, job: Job, *, mapping: Mapping, identity: FileIdentity) -> None:
        staging = Staging(identity=identity, folder=self.folder)
        try:
            content = self.reader.read(
                job.path,
                name=job.name,
                mapping=mapping,
                file_id=identity.app_id,
                staging=staging,
            )
        except UNFORESEEN as error:
            problem = str(error).splitlines()[0]
            raise UnreadableValuesError(file=job.name, problem=problem) from error
        self.reports[job.name] = FileReport(file=job.name, state=FileState.TAKEN)
        self._quarantine(content, identity=identity, mapping=mapping)
        parts = tuple(staging.parts())
        tables = {part.table for part in parts}
        announce(self.place, identity, mapping=mapping.name, tables=tables)
        taken = self.taken[identity] = _Taken(
            name=job.name, mapping=mapping, identity=identity, content=content
        )
        for part in parts:
            self.committer.add(part, origin=self._origin(taken))

    def _origin(self, taken: _Taken) -> Origin:
        """Return where rows come from that a commit will find to contradict."""
        return Origin(
            file=taken.name,
            sheet="",
            file_id=taken.identity.app_id,
            source=taken.mapping.source,
            mapping=taken.mapping.identity,
            table="",
            form="contract",
            now=self.now,
        )

    def _is_known(self, identity: FileIdentity, *, mapping: Mapping) -> bool:
        tables = [table.table for table in mapping.tables]
        return identity in self.taken or all(
            committed(self.place, table, [identity]) for table in tables
        )

    def _quarantine(
        self, content: FileContent, *, identity: FileIdentity, mapping: Mapping
    ) -> None:
        if content.refused and mapping.text:
            keep_mapping(self.place, mapping)
        for table in mapping.tables:
            refused = content.refused.get(table.table, ())
            write(
                self.place,
                pa.concat_tables([QUARANTINE_SCHEMA.empty_table(), *refused]),
                table=table.table,
                identity=identity,
                stage="read",
            )

    def finished(self) -> tuple[FileReport, ...]:
        """Commit what waits and return the report of every file."""
        self.committer.flush()
        # Only now: a run that died before its commit leaves what was there.
        remove_superseded(self.place)
        for taken in self.taken.values():
            self.reports[taken.name] = replace(
                self.reports[taken.name],
                tables=self._counts(taken),
                remarks=self._remarks(taken),
            )
        return tuple(self.reports.values())

    def _counts(self, taken: _Taken) -> tuple[TableCounts, ...]:
        counts = []
        for table in taken.mapping.tables:
            key = (taken.identity.app_id, table.table)
            outcome = self.committer.outcomes.get(key)
            reasons = Counter(taken.content.reasons.get(table.table, {}))
            if outcome is not None and outcome.contradictions:
                reasons[Reason.CONTRADICTION] += outcome.contradictions
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
        found = self.committer.outcomes
        keys = [(taken.identity.app_id, each.table) for each in taken.mapping.tables]
        outcomes = [found[key] for key in keys if key in found]
        if repeats := sum(outcome.repeats for outcome in outcomes):
            remarks.append(Remark(code=RemarkCode.EXACT_TWINS, fields={"n": repeats}))
        if late := sum(outcome.late for outcome in outcomes):
            fields = {"n": late, "days": LATE_DAYS}
            remarks.append(Remark(code=RemarkCode.LATE_FACTS, fields=fields))
        return tuple(remarks)
