"""Commits staged rows, parents first; what contradicts a known row is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.reference import Reference
from atalaia.warehouse.commits import opened
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.completing import completed, late_rows
from atalaia.warehouse.ingest.faults import Reason
from atalaia.warehouse.ingest.home_zones import HomeZones
from atalaia.warehouse.ingest.quarantine import Origin, refused_rows, write
from atalaia.warehouse.ingest.staging import LINE, OBSERVED, PART_ROWS, Part
from atalaia.warehouse.place import Place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts, committed

__all__ = ["LATE_DAYS", "Committer", "Outcome"]

LATE_DAYS = 7
HOMES = pa.schema(
    {
        "creator_id": pa.string(),
        "home_tz": pa.string(),
        "observed_at": pa.timestamp("us", tz="UTC"),
    }
)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one file's rows of one table."""

    accepted: int = 0
    repeats: int = 0
    late: int = 0
    contradictions: int = 0


@dataclass(slots=True, kw_only=True)
class Committer:
    """Holds rows back until a commit is worth its cost.

    Rows of many files share a commit of about `PART_ROWS` rows; tables are committed in
    the contracts' order, so that a parent is known before its children.
    """

    place: Place
    reference: Reference
    now: datetime
    _waiting: dict[str, list[tuple[Part, Origin]]] = field(default_factory=dict)
    _rows: int = 0
    _homes: tuple[int, HomeZones] | None = None
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    def add(self, part: Part, *, origin: Origin) -> None:
        """Take a part of a file; commits when enough has gathered."""
        self._waiting.setdefault(part.table, []).append((part, origin))
        self._rows += part.rows.num_rows if isinstance(part.rows, pa.Table) else 0
        if self._rows >= PART_ROWS or not isinstance(part.rows, pa.Table):
            self.flush()

    def flush(self) -> None:
        """Commit what has gathered, parents first."""
        for table in CONTRACTS:
            if table in self._waiting:
                self._commit(table, self._waiting.pop(table))
        self._rows = 0

    def _commit(self, table: str, waiting: list[tuple[Part, Origin]]) -> None:
        identities = [part.identity for part, _ in waiting]
        known = set(committed(self.place, table, identities))
        fresh = [item for item in waiting if item[0].identity not in known]
        if not fresh:
            return
        rows, lines = self._completed(table, fresh)
        placed = place_rows(self.place, table, rows)
        self._note(
            table,
            fresh,
            rows=rows,
            lines=lines,
            kept=placed.rows,
            duplicates=placed.duplicates,
            contradictions=placed.contradictions,
        )
        commit_facts(
            self.place,
            table,
            placed.rows,
            identities=[part.identity for part, _ in fresh],
            now=self.now,
            superseding=placed.superseding,
            strays=placed.strays,
        )

    def _completed(
        self, table: str, fresh: list[tuple[Part, Origin]]
    ) -> tuple[pa.Table, pa.Array]:
        contract = CONTRACTS[table]
        loaded = [part.loaded for part, _ in fresh]
        together = pa.concat_tables(loaded).combine_chunks()
        sizes = [rows.num_rows for rows in loaded]
        rows = completed(
            together.select(contract.schema.names),
            contract=contract,
            observed_at=_one(together[OBSERVED]),
            source=_spread([origin.source for _, origin in fresh], sizes),
            file_id=_spread([part.identity.app_id for part, _ in fresh], sizes),
            now=self.now,
            markets=self.reference.markets,
            homes=self._home_zones(),
        )
        return rows.combine_chunks(), _one(together[LINE])

    def _note(
        self,
        table: str,
        fresh: list[tuple[Part, Origin]],
        *,
        rows: pa.Table,
        lines: pa.Array,
        kept: pa.Table,
        duplicates: np.ndarray,
        contradictions: np.ndarray,
    ) -> None:
        """Tell each file what became of its rows."""
        accepted = _counts(kept["file_id"])
        repeats = _counts(rows["file_id"].take(pa.array(duplicates)))
        late = _counts(kept["file_id"].filter(late_rows(kept, days=LATE_DAYS)))
        for part, origin in fresh:
            key = (origin.file_id, table)
            outcome = self.outcomes.setdefault(key, Outcome())
            outcome.accepted += accepted.get(part.identity.app_id, 0)
            outcome.repeats += repeats.get(part.identity.app_id, 0)
            outcome.late += late.get(part.identity.app_id, 0)
        # Also where there are none: a run that died here may have written some.
        self._refuse(
            table,
            fresh,
            rows=rows.take(pa.array(contradictions)),
            lines=lines.take(pa.array(contradictions)),
        )

    def _refuse(
        self,
        table: str,
        fresh: list[tuple[Part, Origin]],
        *,
        rows: pa.Table,
        lines: pa.Array,
    ) -> None:
        contract = CONTRACTS[table]
        people = [item.name for item in contract.fields if item.is_person]
        keys = pc.binary_join_element_wise(
            *(pc.fill_null(rows[name].cast(pa.string()), "") for name in contract.key),
            " ",
        )
        for part, origin in fresh:
            mine = pc.equal(rows["file_id"], part.identity.app_id)
            count = pc.sum(mine).as_py() or 0
            refused = refused_rows(
                rows.filter(mine).select(contract.schema.names),
                people=people,
                lines=lines.filter(mine.combine_chunks()),
                reasons=pa.repeat(pa.scalar(str(Reason.CONTRADICTION)), count),
                fields=pa.repeat(pa.scalar(contract.key[0]), count),
                details=keys.filter(mine).combine_chunks(),
                observed_at=rows["observed_at"].filter(mine).combine_chunks(),
                origin=replace(origin, table=table, form="contract"),
            )
            write(
                self.place,
                refused,
                table=table,
                identity=part.identity,
                stage="contradiction",
            )
            self.outcomes[origin.file_id, table].contradictions += count

    def _home_zones(self) -> HomeZones:
        """Return creators' own zones as stored by now; read again when they change."""
        found = opened(self.place.facts / "creator")
        version = -1 if found is None else found.version()
        if self._homes is None or self._homes[0] != version:
            rows = (
                HOMES.empty_table()
                if found is None
                else found.to_pyarrow_table(columns=HOMES.names)
            )
            homes = HomeZones(rows)
            self._homes = (version, homes)
        return self._homes[1]


def _counts(file_ids: pa.ChunkedArray) -> Mapping[str, int]:
    counted = pc.value_counts(file_ids)
    return {item["values"]: item["counts"] for item in counted.to_pylist()}


def _spread(values: list[str], sizes: list[int]) -> pa.Array:
    """Return each value as often as its part has rows."""
    at = np.repeat(np.arange(len(sizes)), sizes)
    return pa.array(values, pa.string()).take(pa.array(at))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks or [pa.array([], column.type)])
