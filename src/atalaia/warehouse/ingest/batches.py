"""One chunk of a file through one table's mapping: good rows and refused ones."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.ingest.checking import check_rows, zone_remarks
from atalaia.warehouse.ingest.converting import Converter
from atalaia.warehouse.ingest.faults import Reason, Remark
from atalaia.warehouse.ingest.findings import Findings
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.mapping import FieldSource, TableMapping
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.picking import column_named, columns_of, kept_rows, pick
from atalaia.warehouse.ingest.quarantine import Origin, refused_rows
from atalaia.warehouse.ingest.readers import Chunk
from atalaia.warehouse.ingest.settling import settled_by_majority
from atalaia.warehouse.pseudonyms import Pseudonymiser, person_kind

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
    """

    table: str
    rows: pa.Table
    observed_at: pa.Array
    lines: pa.Array
    refused: pa.Table
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMaker:
    """Makes batches of chunks, for one file."""

    reference: Reference
    pseudonymiser: Pseudonymiser
    habits: Habits
    now: datetime
    observed_at: FieldSource | None
    is_contract_form: bool = False
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
        converter, raw = self._picked(
            rows, table=table, combination=combination, findings=findings
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
        refused = self._refused(
            rows,
            lines,
            table=table,
            combination=combination,
            findings=findings,
            observed=observed,
            origin=origin,
        )
        good = pa.array(findings.is_good)
        return Batch(
            table=table.table,
            rows=self.pseudonymised(converted.filter(good), contract=table.contract),
            observed_at=observed.filter(good),
            lines=lines.filter(good),
            refused=refused,
            remarks=zone_remarks(converted, contract=table.contract, now=self.now),
        )

    def _picked(
        self,
        rows: pa.Table,
        *,
        table: TableMapping,
        combination: Mapping[str, str],
        findings: Findings,
    ) -> tuple[Converter, dict[str, pa.Array]]:
        raw = {
            name: pick(
                source,
                rows,
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
            row_markets=market.cast(pa.string()),
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
            elif self.is_contract_form and values.type == item.kind.arrow:
                columns[item.name] = values
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

    def pseudonymised(self, rows: pa.Table, *, contract: Contract) -> pa.Table:
        """Return rows with every person as a pseudonym."""
        for position, item in enumerate(contract.fields):
            if item.is_person:
                people = self.pseudonymiser.column(
                    rows[item.name], kind=person_kind(item.name)
                )
                rows = rows.set_column(position, rows.schema.field(position), people)
        return rows

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
    ) -> pa.Table:
        at = pa.array(findings.positions)
        reasons, fields = findings.reasons()
        used, people = _columns_used(table, combination=combination)
        kept = {}
        for name in used:
            column = column_named(rows, name).take(at)
            if name in people:
                kind = person_kind(people[name])
                # As the fact would hold it, so that erasure finds both by one name.
                text = column if self.is_contract_form else text_of(column)
                column = self.pseudonymiser.column(text.cast(pa.string()), kind=kind)
            kept[name] = column
        return refused_rows(
            pa.table(kept) if kept else pa.table({"": pa.nulls(len(at), pa.string())}),
            people=tuple(people),
            lines=lines.take(at),
            reasons=reasons,
            fields=fields,
            details=_details(
                rows, at=at, fields=fields, table=table, combination=combination
            ),
            observed_at=observed.take(at),
            origin=origin,
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


def _columns_used(
    table: TableMapping, *, combination: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Return the file's columns that a table reads, and the person field of some."""
    used: dict[str, None] = {}
    people: dict[str, str] = {}
    for item in table.contract.fields:
        source = table.fields.get(item.name)
        for name in columns_of(source, combination=combination) if source else ():
            used[name] = None
            if item.is_person:
                people[name] = item.name
    return list(used), people


def _details(
    rows: pa.Table,
    *,
    at: pa.Array,
    fields: pa.Array,
    table: TableMapping,
    combination: Mapping[str, str],
) -> pa.Array:
    """Return the value at fault as the file has it; nothing that names a person."""
    details = pa.nulls(len(at), pa.string())
    people = {item.name for item in table.contract.fields if item.is_person}
    for name in pc.unique(fields).to_pylist():
        source = table.fields.get(name)
        if source is None or source.column is None or name in people:
            continue
        column = column_named(rows, source.column.format_map(combination)).take(at)
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "|")
        details = pc.if_else(pc.equal(fields, name), column.cast(pa.string()), details)
    return details
