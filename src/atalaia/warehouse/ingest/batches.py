"""One chunk of a file through one table's mapping: good rows and refused ones."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts.contract import Field, Kind
from atalaia.warehouse.ingest.checking import check_rows, zone_remarks
from atalaia.warehouse.ingest.converting import Converter
from atalaia.warehouse.ingest.faults import Reason, Remark
from atalaia.warehouse.ingest.findings import Findings
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.mapping import FieldSource, TableMapping
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.people import Hidden, People
from atalaia.warehouse.ingest.picking import column_named, columns_of, kept_rows, pick
from atalaia.warehouse.ingest.quarantine import QUARANTINE_SCHEMA, Origin, refused_rows
from atalaia.warehouse.ingest.readers import Chunk
from atalaia.warehouse.ingest.settling import settled_by_majority
from atalaia.warehouse.pseudonyms import PersonKind

__all__ = ["Batch", "BatchMaker"]

OBSERVED = Field(name="observed_at", kind=Kind.INSTANT, meaning="Observed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows of one table, checked and pseudonymised.

    Attributes:
        rows: the contract's columns.
        observed_at: null where ingest's now counts.
        lines: file line of each row.
        refused: quarantine rows.
        erased: how many rows were left out, because they name somebody erased.
        blanked: in how many of `rows` a member of staff was left out.
    """

    table: str
    rows: pa.Table
    observed_at: pa.Array
    lines: pa.Array
    refused: pa.Table
    erased: int = 0
    blanked: int = 0
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    """Quarantine rows, and how many were left out for naming somebody erased."""

    rows: pa.Table
    erased: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMaker:
    """Makes batches of chunks, for one file.

    Attributes:
        personal: the file's columns that name people.
        is_typed: the file is Parquet in the contract's form, whose types say what its
            cells are; in any other file they are texts to be read.
    """

    reference: Reference
    people: People
    personal: Mapping[str, PersonKind]
    habits: Habits
    now: datetime
    observed_at: FieldSource | None
    is_typed: bool = False
    is_mending: bool = False

    def batches(
        self, chunk: Chunk, table: TableMapping, *, origin: Origin
    ) -> Iterator[Batch]:
        """Yield one batch for each combination of melted values."""
        rows, lines = chunk.rows, chunk.lines
        if table.is_once:
            rows, lines = rows.slice(0, 1), lines.slice(0, 1)
        for combination in table.combinations:
            kept = kept_rows(table, rows, combination=combination)
            some = rows if kept is None else rows.take(kept)
            if some.num_rows:
                yield self._batch(
                    some,
                    lines if kept is None else lines.take(kept),
                    table=table,
                    combination=combination,
                    origin=replace(
                        origin,
                        combination=json.dumps(combination) if combination else "",
                    ),
                )

    def _batch(
        self,
        rows: pa.Table,
        lines: pa.Array,
        *,
        table: TableMapping,
        combination: Mapping[str, str],
        origin: Origin,
    ) -> Batch:
        findings = Findings(length=rows.num_rows)
        hidden = self._hidden(rows, self._in_other_fields(table, combination))
        converted, observed = self._checked(
            rows,
            hidden=hidden.rows,
            table=table,
            combination=combination,
            findings=findings,
        )
        refused = self._refused(
            rows,
            lines,
            table=table,
            combination=combination,
            findings=findings,
            observed=observed,
            origin=origin,
        )
        batch = self._entered(
            converted,
            table=table,
            good=pa.array(findings.is_good),
            is_erased=hidden.is_erased,
            observed=observed,
            lines=lines,
        )
        erased = batch.erased + refused.erased
        return replace(batch, refused=refused.rows, erased=erased)

    def _checked(
        self,
        rows: pa.Table,
        *,
        hidden: pa.Table,
        table: TableMapping,
        combination: Mapping[str, str],
        findings: Findings,
    ) -> tuple[pa.Table, pa.Array]:
        """Return the contract's columns and when they were observed, faults noted."""
        converter, raw = self._picked(
            rows,
            hidden=hidden,
            table=table,
            combination=combination,
            findings=findings,
        )
        converted = self._converted(raw, table=table, converter=converter)
        observed = self._observed(rows, converter=converter, findings=findings)
        check_rows(
            converted,
            contract=table.contract,
            reference=self.reference,
            now=self.now,
            findings=findings,
        )
        return converted, observed

    def _entered(
        self,
        rows: pa.Table,
        *,
        table: TableMapping,
        good: pa.Array,
        is_erased: pa.Array,
        observed: pa.Array,
        lines: pa.Array,
    ) -> Batch:
        """Return good rows without people who were erased, others as pseudonyms."""
        entered = self.people.entered(rows.filter(good), contract=table.contract)
        kept = pc.invert(pc.or_(entered.is_erased, is_erased.filter(good)))
        return Batch(
            table=table.table,
            rows=entered.rows.filter(kept),
            observed_at=observed.filter(good).filter(kept),
            lines=lines.filter(good).filter(kept),
            refused=QUARANTINE_SCHEMA.empty_table(),
            erased=_count(pc.invert(kept)),
            blanked=_count(pc.and_(entered.is_blanked, kept)),
            remarks=zone_remarks(rows, contract=table.contract, now=self.now),
        )

    def _in_other_fields(
        self, table: TableMapping, combination: Mapping[str, str]
    ) -> set[str]:
        """Return the columns that name people and feed fields that name nobody."""
        return {
            column
            for item in table.contract.fields
            if not item.is_person and item.name in table.fields
            for column in columns_of(table.fields[item.name], combination=combination)
            if column in self.personal
        }

    def _hidden(self, rows: pa.Table, names: Collection[str]) -> Hidden:
        present = {
            name: self.personal[name]
            for name in names
            if name in self.personal and name in rows.column_names
        }
        form = "contract" if self.is_typed else "owner"
        return self.people.hidden(rows, columns=present, form=form)

    def _picked(
        self,
        rows: pa.Table,
        *,
        hidden: pa.Table,
        table: TableMapping,
        combination: Mapping[str, str],
        findings: Findings,
    ) -> tuple[Converter, dict[str, pa.Array]]:
        raw = {
            name: pick(
                source,
                rows if table.contract.field(name).is_person else hidden,
                about=name,
                combination=combination,
                habits=self.habits,
                findings=findings,
                is_mending=self.is_mending,
            )
            for name, source in table.fields.items()
        }
        market = raw.get("market", pa.nulls(rows.num_rows, pa.string()))
        return Converter(
            habits=self.habits,
            findings=findings,
            markets=self.reference.markets,
            row_markets=text_of(market),
        ), raw

    def _converted(
        self, raw: Mapping[str, pa.Array], *, table: TableMapping, converter: Converter
    ) -> pa.Table:
        columns = {}
        length = len(next(iter(raw.values())))
        for item in table.contract.fields:
            values = raw.get(item.name)
            if values is None:
                columns[item.name] = pa.nulls(length, item.kind.arrow)
            elif self.is_typed and values.type == item.kind.arrow:
                columns[item.name] = _without_blanks(values)
            else:
                columns[item.name] = converter.convert(
                    values, field=item, source=table.fields[item.name]
                )
        return pa.table(columns, schema=table.contract.schema)

    def _observed(
        self, rows: pa.Table, *, converter: Converter, findings: Findings
    ) -> pa.Array:
        source = self.observed_at
        nothing = pa.nulls(rows.num_rows, OBSERVED.kind.arrow)
        if source is None:
            return nothing
        needed = columns_of(source, combination={})
        if any(name not in rows.column_names for name in needed):
            return nothing
        raw = pick(
            source,
            rows,
            about="observed_at",
            combination={},
            habits=self.habits,
            findings=findings,
        )
        observed = converter.convert(raw, field=OBSERVED, source=source)
        ahead = pc.greater(observed, pa.scalar(self.now, observed.type))
        findings.note(ahead, reason=Reason.IN_THE_FUTURE, about="observed_at")
        return observed

    def _refused(
        self,
        rows: pa.Table,
        lines: pa.Array,
        *,
        table: TableMapping,
        combination: Mapping[str, str],
        findings: Findings,
        observed: pa.Array,
        origin: Origin,
    ) -> _Refused:
        at = pa.array(findings.positions)
        reasons, fields = findings.reasons()
        used = _columns_used(table, combination=combination)
        raw = {name: column_named(rows, name).take(at) for name in used}
        # Without columns the table would have no rows.
        bad = pa.table(raw or {"": pa.nulls(len(at), pa.string())})
        hidden = self._hidden(bad, used)
        details = _details(
            hidden.rows, fields=fields, table=table, combination=combination
        )
        found = refused_rows(
            hidden.rows,
            people=[name for name in used if name in self.personal],
            lines=lines.take(at),
            reasons=reasons,
            fields=fields,
            details=details,
            observed_at=observed.take(at),
            origin=origin,
        )
        return _Refused(
            rows=found.filter(pc.invert(hidden.is_erased)),
            erased=_count(hidden.is_erased),
        )

    def settled(self, decisions: Batch, reviews: list[Batch]) -> Batch:
        """Return the verdicts of one batch of decisions by the majority of reviews."""
        judged = pa.concat_tables([batch.rows for batch in reviews])
        verdicts, at = settled_by_majority(decisions.rows, judged)
        return Batch(
            table="verdict",
            rows=verdicts,
            observed_at=decisions.observed_at.take(at),
            lines=decisions.lines.take(at),
            refused=decisions.refused.slice(0, 0),
        )


def _without_blanks(values: pa.Array) -> pa.Array:
    """An empty text is no value, else all who have none would be one person."""
    if not pa.types.is_string(values.type):
        return values
    return pc.if_else(pc.equal(values, ""), None, values)


def _columns_used(
    table: TableMapping, *, combination: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the file's columns that a table reads, in the contract's order."""
    used = (
        name
        for item in table.contract.fields
        if item.name in table.fields
        for name in columns_of(table.fields[item.name], combination=combination)
    )
    return tuple(dict.fromkeys(used))


def _details(
    rows: pa.Table,
    *,
    fields: pa.Array,
    table: TableMapping,
    combination: Mapping[str, str],
) -> pa.Array:
    """Return the value at fault as the file has it; nothing that names a person."""
    details = pa.nulls(len(fields), pa.string())
    people = {item.name for item in table.contract.fields if item.is_person}
    for name in pc.unique(fields).to_pylist():
        source = table.fields.get(name)
        if source is None or source.column is None or name in people:
            continue
        column = column_named(rows, source.column.format_map(combination))
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "|")
        details = pc.if_else(pc.equal(fields, name), column.cast(pa.string()), details)
    return details


def _count(mask: pa.Array) -> int:
    return pc.sum(mask).as_py() or 0
