"""Erase people from everything that the warehouse holds, and prove it by a receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.cleaning import publish_and_end, purge, tables_of
from atalaia.warehouse.commits import opened
from atalaia.warehouse.key_file import outside
from atalaia.warehouse.locks import writing
from atalaia.warehouse.logged_names import forget_bounds, logged_pseudonyms
from atalaia.warehouse.naming import names_in, naming_columns
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.rewriting import Change, rewrite_rows
from atalaia.warehouse.scrubbing import Scrub, Scrubbed, named_by, scrub
from atalaia.warehouse.sought import Sought, sought
from atalaia.warehouse.tombstones import Tombstone, add_tombstones, tombstones
from atalaia.warehouse.vault import Vault

__all__ = ["ErasureReceipt", "erase", "erased_people", "replay_tombstones"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureReceipt:
    """What an erasure removed; it names nobody.

    Attributes:
        digests: of the pseudonyms that were erased.
        rows: rows removed, by "area/table"; tables without any are left out.
        blanked: rows in which a member of staff was blanked, by "area/table".
        partitions: partitions of fact tables that changed; what is derived from them
            is to be computed again.
        files: landing, truth and quarantine files that were rewritten or removed.
        unsearched: files that could not be looked into or not be mended: look yourself.
        ended: ids of snapshots that ended; reports as of them cannot be made again.
        forgotten: people whom the vault knew and no longer knows.
    """

    erased_at: datetime
    digests: tuple[str, ...]
    rows: Mapping[str, int]
    blanked: Mapping[str, int]
    partitions: tuple[tuple[str, Mapping[str, str]], ...]
    files: tuple[Scrubbed, ...]
    unsearched: tuple[Path, ...]
    ended: tuple[str, ...]
    forgotten: int


def erase(
    place: Place,
    people: Iterable[str],
    *,
    kind: PersonKind = PersonKind.CREATOR,
    pseudonymiser: Pseudonymiser,
    tombstone_file: Path,
    vault: Vault | None = None,
    named_elsewhere: frozenset[str] = frozenset(),
    now: datetime,
) -> ErasureReceipt:
    """Erase people, given by identifier or pseudonym, and keep a tombstone of each.

    Rows about a creator go; of staff only the name in the row goes. Facts, derived
    tables, quarantine, landing and simulated truth are covered, with the bounds in the
    logs of commits and the files of older versions: the snapshots that showed them end.
    A record of a loose file goes where a longer id holds the name between marks: rather
    one record too many. Counts in derived tables change when they are computed again
    from `partitions`. The desk's records have their own command. It can be run again
    after a kill, and then finishes. Who is found nowhere leaves no tombstone, and where
    that is everybody nothing changes.

    Args:
        tombstone_file: outside DATA, so that a restored backup does not lose it.
        vault: forgets the people too; None where there is none.
        named_elsewhere: digests of those whom other records name: they too leave a
            tombstone.

    Raises:
        BusyError: something else is writing. KeyInsideDataError: the tombstones' path.
    """
    outside(tombstone_file, place=place)
    asked = sought(people, kind=kind, pseudonymiser=pseudonymiser)
    with writing(place, purpose="erase", now=now):
        found = _found(place, asked, vault=vault) | named_elsewhere
    wanted = replace(asked, digests=found)
    if not found:
        return _nobody(place, wanted, now=now)
    stones = [
        Tombstone(digest=each, kind=kind, erased_at=now) for each in wanted.digests
    ]
    # First the tombstone: whatever happens from here on, a replay finishes it.
    add_tombstones(tombstone_file, stones)
    return _erase(place, wanted, vault=vault, now=now)


def replay_tombstones(
    place: Place,
    *,
    pseudonymiser: Pseudonymiser,
    tombstone_file: Path,
    vault: Vault | None = None,
    now: datetime,
) -> tuple[ErasureReceipt, ...]:
    """Erase again everybody who was ever erased; run it after a restore.

    Returns one receipt a kind of person that has tombstones.
    """
    everybody = erased_people(
        place, pseudonymiser=pseudonymiser, tombstone_file=tombstone_file
    )
    return tuple(_erase(place, each, vault=vault, now=now) for each in everybody)


def erased_people(
    place: Place, *, pseudonymiser: Pseudonymiser, tombstone_file: Path
) -> tuple[Sought, ...]:
    """Return everybody who was ever erased, to be looked for again; one a kind."""
    stones = tombstones(outside(tombstone_file, place=place))
    of_kind = {
        kind: frozenset(each.digest for each in stones if each.kind is kind)
        for kind in PersonKind
    }
    return tuple(
        Sought(digests=digests, kind=kind, pseudonymiser=pseudonymiser)
        for kind, digests in of_kind.items()
        if digests
    )


def _found(place: Place, people: Sought, *, vault: Vault | None) -> frozenset[str]:
    """Return the digests of those people whom any file or the vault still names.

    Every file on disk counts, named by a snapshot or not: a killed erasure may have
    left its old files, and is to be finished.
    """
    found = frozenset() if vault is None else vault.known(people.digests)
    for folder in tables_of(place):
        for path in folder.rglob("*.parquet"):
            found |= _found_in(path, people=people)
        found |= people.digests_of(logged_pseudonyms(folder))
    for path in _loose_files(place):
        found |= named_by(path, people=people)
    return found


def _found_in(path: Path, *, people: Sought) -> frozenset[str]:
    try:
        with pq.ParquetFile(path) as content:
            columns = naming_columns(content.schema_arrow, kind=people.kind)
            rows = content.read(columns)
    except pa.ArrowInvalid:
        # Cut short by a kill: it may name anybody, and a purge removes it.
        return people.digests
    named = (names for each in columns for names in names_in(rows, each).values())
    return people.digests_of(frozenset[str]().union(*named))


def _nobody(place: Place, people: Sought, *, now: datetime) -> ErasureReceipt:
    # Scrubbing for nobody changes nothing; it tells what could not be searched.
    looked = [scrub(path, people=people) for path in _loose_files(place)]
    return ErasureReceipt(
        erased_at=now,
        digests=(),
        rows={},
        blanked={},
        partitions=(),
        files=(),
        unsearched=tuple(e.path for e in looked if e.what is Scrub.UNSEARCHED),
        ended=(),
        forgotten=0,
    )


def _erase(
    place: Place, people: Sought, *, vault: Vault | None, now: datetime
) -> ErasureReceipt:
    forgotten = 0 if vault is None else vault.forget_all(people.digests)
    with writing(place, purpose="erase", now=now):
        counts: dict[str, int] = {}
        partitions: list[tuple[str, Mapping[str, str]]] = []
        for folder in tables_of(place):
            columns = _person_columns(folder, kind=people.kind)
            change = _change(columns, people=people)
            done = rewrite_rows(folder, look_at=columns, change=change, now=now)
            if done.partitions:
                counts[f"{folder.parent.name}/{folder.name}"] = done.rows
                partitions += [(folder.name, each) for each in done.partitions]
        scrubbed = [
            scrub(path, people=people) for path in _loose_files(place) if path.exists()
        ]
        cleaned = publish_and_end(place, now=now, notes="erasure")
        # Last, so that no reader misses a file; and also where nothing changed: a
        # killed erasure may have left old files.
        still_naming: list[Path] = []
        for folder in tables_of(place):
            purge(folder)
            still_naming += forget_bounds(folder)
    is_creator = people.kind is PersonKind.CREATOR
    changed = (Scrub.REWRITTEN, Scrub.REMOVED)
    return ErasureReceipt(
        erased_at=now,
        digests=tuple(sorted(people.digests)),
        rows=counts if is_creator else {},
        blanked={} if is_creator else counts,
        partitions=tuple(partitions),
        files=tuple(each for each in scrubbed if each.what in changed),
        unsearched=(
            *(each.path for each in scrubbed if each.what is Scrub.UNSEARCHED),
            *still_naming,
        ),
        ended=cleaned.ended,
        forgotten=forgotten,
    )


def _person_columns(folder: Path, *, kind: PersonKind) -> tuple[str, ...]:
    table = opened(folder)
    if table is None:
        return ()
    return naming_columns(pa.schema(table.schema().to_arrow()), kind=kind)


def _change(columns: tuple[str, ...], *, people: Sought) -> Change:
    """Return what happens to rows that name the people: gone, or without the name."""

    def change(rows: pa.Table) -> tuple[pa.Table, int] | None:
        present = [name for name in columns if name in rows.column_names]
        masks = {name: _is_named(rows, name, people=people) for name in present}
        named = np.zeros(rows.num_rows, dtype=bool)
        for mask in masks.values():
            named |= mask
        count = int(named.sum())
        if not count:
            return None
        if people.kind is PersonKind.CREATOR:
            return rows.filter(pa.array(~named)), count
        return _blanked(rows, masks=masks), count

    return change


def _is_named(rows: pa.Table, column: str, *, people: Sought) -> npt.NDArray[np.bool_]:
    named = names_in(rows, column)
    found = [text for text, names in named.items() if people.find(names)]
    mask = pc.is_in(rows[column], value_set=pa.array(found, rows[column].type))
    return np.asarray(mask, dtype=bool)


def _blanked(rows: pa.Table, *, masks: Mapping[str, npt.NDArray[np.bool_]]) -> pa.Table:
    for name, mask in masks.items():
        blank = pc.if_else(pa.array(mask), None, rows[name])
        rows = rows.set_column(
            rows.schema.get_field_index(name), name, blank.cast(pa.string())
        )
    return rows


def _loose_files(place: Place) -> tuple[Path, ...]:
    areas = (place.landing, place.truth, place.quarantine)
    return tuple(
        path for area in areas for path in sorted(area.rglob("*")) if path.is_file()
    )
