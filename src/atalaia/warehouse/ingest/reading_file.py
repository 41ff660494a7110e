"""One file through its mapping: staged rows, refused rows and what to say of it."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.batches import Batch, BatchMaker
from atalaia.warehouse.ingest.errors import EmptyFileError, MissingColumnError
from atalaia.warehouse.ingest.faults import Remark, RemarkCode, RowFault
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.mapping import Mapping, TableMapping
from atalaia.warehouse.ingest.people import People
from atalaia.warehouse.ingest.personal_columns import personal_columns
from atalaia.warehouse.ingest.picking import check_columns
from atalaia.warehouse.ingest.quarantine import Origin, faulty_rows
from atalaia.warehouse.ingest.readers import Chunk, Limits, Sheet, open_file
from atalaia.warehouse.ingest.staging import Staging
from atalaia.warehouse.ingest.statements import (
    official_columns,
    statement_form,
    with_derived,
)
from atalaia.warehouse.ingest.totals import drop_totals
from atalaia.warehouse.pseudonyms import PersonKind

__all__ = ["FileContent", "FileReader"]


@dataclass(slots=True, kw_only=True)
class FileContent:
    """What a file turned out to hold.

    Attributes:
        accepted: rows that may be committed, by table.
        refused: quarantine rows, by table.
        reasons: refused rows by table and reason.
        erased: rows left out, because they name somebody who was erased, by table.
        blanked: accepted rows in which a member of staff was left out.
    """

    accepted: Counter[str] = field(default_factory=Counter)
    refused: dict[str, list[pa.Table]] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    erased: Counter[str] = field(default_factory=Counter)
    blanked: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that could be a fact was found, right or wrong."""
        return not (self.accepted or self.refused or self.erased)

    def take(self, batch: Batch) -> None:
        """Count what a batch holds and gather what it refused."""
        self.accepted[batch.table] += batch.rows.num_rows
        self.erased[batch.table] += batch.erased
        self.blanked += batch.blanked
        self.refuse(batch.refused, table=batch.table)
        self.remarks.extend(batch.remarks)

    def refuse(self, rows: pa.Table, *, table: str) -> None:
        """Gather quarantine rows."""
        if rows.num_rows == 0:
            return
        self.refused.setdefault(table, []).append(rows)
        counts = Counter(rows["reason"].to_pylist())
        self.reasons.setdefault(table, Counter()).update(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReader:
    """Reads files into staging; nothing is committed before a file is read whole."""

    reference: Reference
    people: People
    now: datetime
    limits: Limits

    def read(
        self,
        path: Path,
        *,
        name: str,
        mapping: Mapping,
        file_id: str,
        staging: Staging,
    ) -> FileContent:
        """Read a file; raises an IngestError where all of it is refused."""
        content = FileContent()
        self.people.begin()
        personal = personal_columns(mapping)
        opened = open_file(path, options=mapping.read, limits=self.limits)
        content.remarks.extend(opened.remarks)
        fitting = list(self._fitting(opened.sheets, mapping=mapping, content=content))
        origin = self._origin(mapping, file=name, file_id=file_id)
        if opened.is_written_by_hand:
            fitting = [_without_totals(sheet, mapping=mapping) for sheet in fitting]
        for sheet in fitting:
            self._read_sheet(
                sheet,
                mapping=mapping,
                personal=personal,
                origin=replace(origin, sheet=sheet.name),
                is_typed=opened.is_typed and not mapping.name,
                staging=staging,
                content=content,
            )
        if content.is_empty:
            raise EmptyFileError(file=name)
        content.remarks.extend(_erasures(content))
        self.people.remember()
        return content

    def _origin(self, mapping: Mapping, *, file: str, file_id: str) -> Origin:
        """Return where a file's refused rows come from, before sheet and table."""
        return Origin(
            file=file,
            sheet="",
            file_id=file_id,
            source=mapping.source,
            mapping=mapping.identity,
            table="",
            form="owner" if mapping.name else "contract",
            now=self.now,
        )

    def _fitting(
        self, sheets: tuple[Sheet, ...], *, mapping: Mapping, content: FileContent
    ) -> Iterator[Sheet]:
        """Yield the sheets that the mapping fits; a single one must fit."""
        lacking: MissingColumnError | None = None
        found = False
        for given in sheets:
            sheet = self._recognised(given, content=content)
            try:
                official = official_columns(sheet.columns, dsa=self.reference.dsa)
                remarks = _drift(sheet, mapping=mapping, expected=official)
            except MissingColumnError as error:
                lacking = lacking or error
                fields = {"sheet": sheet.name}
                content.remarks.append(
                    Remark(code=RemarkCode.SHEET_UNFITTING, fields=fields)
                )
                continue
            content.remarks.extend((*sheet.remarks, *remarks))
            found = True
            yield sheet
        if lacking is not None and not found:
            raise lacking

    def _recognised(self, sheet: Sheet, *, content: FileContent) -> Sheet:
        """Give a statement-of-reasons sheet its derived columns."""
        form = statement_form(sheet.columns, dsa=self.reference.dsa)
        if form is None:
            return sheet
        remark = Remark(code=RemarkCode.DSA_RECOGNISED, fields={"form": form})
        content.remarks.append(remark)
        sample = with_derived(_empty(sheet), reference=self.reference, now=self.now)
        return self._derived(sheet, columns=tuple(sample.column_names))

    def _derived(self, sheet: Sheet, *, columns: tuple[str, ...]) -> Sheet:
        chunks = sheet.chunks

        def derived() -> Iterator[Chunk]:
            for chunk in chunks():
                rows = with_derived(chunk.rows, reference=self.reference, now=self.now)
                yield replace(chunk, rows=rows)

        return replace(sheet, columns=columns, chunks=derived)

    def _read_sheet(
        self,
        sheet: Sheet,
        *,
        mapping: Mapping,
        personal: Map[str, PersonKind],
        origin: Origin,
        is_typed: bool,
        staging: Staging,
        content: FileContent,
    ) -> None:
        habits = Habits(
            file=origin.file, declared=mapping.read, hint=sheet.decimal_hint
        )
        maker = BatchMaker(
            reference=self.reference,
            people=self.people,
            personal=personal,
            habits=habits,
            now=self.now,
            observed_at=mapping.observed_at,
            is_typed=is_typed,
        )
        is_first = True
        for chunk in sheet.chunks():
            content.remarks.extend(chunk.remarks)
            _refuse_faults(
                chunk.faults, mapping=mapping, origin=origin, content=content
            )
            if chunk.rows.num_rows == 0:
                continue
            if is_first and mapping.name:
                habits.learn(chunk.rows)
            tables = [t for t in mapping.tables if is_first or not t.is_once]
            for batch in _batches(maker, chunk, tables=tables, origin=origin):
                content.take(batch)
                staging.add(batch)
            is_first = False
        content.remarks.extend(habits.remarks.values())


def _batches(
    maker: BatchMaker, chunk: Chunk, *, tables: list[TableMapping], origin: Origin
) -> Iterator[Batch]:
    """Yield a chunk's batches; verdicts last, from its decisions and reviews."""
    made: dict[str, list[Batch]] = {}
    settled = any(table.settle for table in tables)
    for table in tables:
        if table.settle is not None:
            continue
        here = replace(origin, table=table.table)
        for batch in maker.batches(chunk, table, origin=here):
            if settled and table.table in ("moderation_decision", "review"):
                made.setdefault(table.table, []).append(batch)
            yield batch
    if settled:
        for decisions in made.get("moderation_decision", []):
            yield maker.settled(decisions, made.get("review", []))


def _without_totals(sheet: Sheet, *, mapping: Mapping) -> Sheet:
    chunks = sheet.chunks

    def kept() -> Iterator[Chunk]:
        for chunk in chunks():
            yield drop_totals(chunk, sheet=sheet.name, tables=mapping.tables)

    return replace(sheet, chunks=kept)


def _refuse_faults(
    faults: tuple[RowFault, ...],
    *,
    mapping: Mapping,
    origin: Origin,
    content: FileContent,
) -> None:
    """A line that cannot be read is one refused row of the mapping's first table."""
    table = mapping.tables[0].table
    if faults:
        rows = faulty_rows(faults, origin=replace(origin, table=table))
        content.refuse(rows, table=table)


def _erasures(content: FileContent) -> Iterator[Remark]:
    """Say what was left out of a file because people were erased."""
    if total := content.erased.total():
        yield Remark(code=RemarkCode.ERASED_LEFT_OUT, fields={"n": total})
    if content.blanked:
        fields = {"n": content.blanked}
        yield Remark(code=RemarkCode.STAFF_LEFT_BLANK, fields=fields)


def _drift(sheet: Sheet, *, mapping: Mapping, expected: frozenset[str]) -> list[Remark]:
    """Say which columns are new and which optional ones are missing.

    Those `expected` are no news, whether the mapping takes them or not.

    Raises MissingColumnError for a required one.
    """
    used = set(expected)
    missing: set[str] = set()
    for table in mapping.tables:
        if table.settle is None:
            found = check_columns(table, columns=sheet.columns, file=sheet.name)
            used |= found[0]
            missing |= found[1]
    remarks = []
    ours = {"observed_at"} if not mapping.name else set()
    new = [
        name
        for name in sheet.columns
        if name not in used | ours and not name.startswith("derived_")
    ]
    if new:
        fields = {"columns": ", ".join(new)}
        remarks.append(Remark(code=RemarkCode.NEW_COLUMNS, fields=fields))
    if missing:
        fields = {"columns": ", ".join(sorted(missing))}
        remarks.append(Remark(code=RemarkCode.MISSING_COLUMNS, fields=fields))
    return remarks


def _empty(sheet: Sheet) -> pa.Table:
    return pa.table({name: pa.array([], pa.string()) for name in sheet.columns})


def contract_version(mapping: Mapping) -> int:
    """Return the version of the contracts that a mapping fills."""
    return max(CONTRACTS[table.table].version for table in mapping.tables)
