"""Decide, for each incoming row, whether it is new and in which partition it lies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.contracts import Contract
from atalaia.warehouse.known_keys import joined_key, stored_rows_with
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import contract_of

__all__ = ["Placed", "place_rows"]

Positions = npt.NDArray[np.int64]
_PLACE = ("partition_market", "business_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Incoming rows, told apart.

    Attributes:
        rows: to commit, with the partition that their key has; in the order given.
        duplicates: positions of rows known with the same time and content.
        contradictions: positions of rows known with the same time, other content.
        superseding: how many of `rows` observe a key that another row observes too.
        strays: how many of `rows` do not lie with the parent they name, because it is
            not stored yet or the key lies elsewhere; see `rehoming`.
    """

    rows: pa.Table
    duplicates: Positions
    contradictions: Positions
    superseding: int
    strays: int


def place_rows(place: Place, table: str, rows: pa.Table) -> Placed:
    """Compare rows with each other and with what the table holds.

    A key has one partition: that of its first observation. Where the key is new, a row
    of a contract with a `parent` takes the parent's partition if the parent is stored
    already, or else that of `parent_else`; else the row's own market and local date,
    which the caller has filled in, until the parent comes and the key is re-homed. Of
    several new observations of one key the earliest observed decides.

    Of rows with one key and one `observed_at`, the stored one stands, else the first in
    the order given: the others are duplicates when their `content_hash` is the same and
    contradictions, to be quarantined, when it is not.

    Args:
        rows: in the contract's `stored_schema`; keys without nulls where required.

    The newest commit is read, published or not: hold the writer's lock from here to
    the commit, so that no other run writes the same keys in between.
    """
    contract = contract_of(table)
    stored = _stored_observations(place, rows, contract=contract)
    keys = joined_key(rows, columns=contract.key).combine_chunks()
    known_keys = joined_key(stored, columns=contract.key).combine_chunks()
    at = pc.index_in(keys, value_set=known_keys)
    repeats = _repeats(rows, keys=keys, at=at, stored=stored, contract=contract)
    kept = pa.array(~(repeats.is_duplicate | repeats.is_contradiction))
    fresh, fresh_keys, fresh_at = (each.filter(kept) for each in (rows, keys, at))
    parents = _parents(place, fresh, contract=contract)
    moved = _with_own_partition(fresh, keys=fresh_keys, parents=parents)
    lying = _with_partition(moved, source=stored, at=fresh_at, contract=contract)
    return Placed(
        rows=lying,
        duplicates=np.flatnonzero(repeats.is_duplicate),
        contradictions=np.flatnonzero(repeats.is_contradiction),
        superseding=_superseding(fresh_keys, at=fresh_at),
        strays=_strays(lying, parents=parents, contract=contract),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Repeats:
    is_duplicate: npt.NDArray[np.bool_]
    is_contradiction: npt.NDArray[np.bool_]


def _stored_observations(
    place: Place, rows: pa.Table, *, contract: Contract
) -> pa.Table:
    first = contract.key[0]
    return stored_rows_with(
        place.facts / contract.name,
        column=first,
        values=pc.unique(rows[first]).drop_null(),
        read=_distinct([*contract.key, "observed_at", "content_hash", *_PLACE]),
    )


def _repeats(
    rows: pa.Table,
    *,
    keys: pa.Array,
    at: pa.Array,
    stored: pa.Table,
    contract: Contract,
) -> _Repeats:
    """Say which rows repeat an observation, and which of these contradict it."""
    first = _first_of_its_moment(rows, keys=keys)
    content = rows["content_hash"].combine_chunks()
    said = _stored_content(rows, at=at, stored=stored, contract=contract)
    # What is stored stands; else the first row of the moment does.
    reference = pc.coalesce(said, content.take(pa.array(first)))
    is_repeat = np.asarray(said.is_valid()) | (first != np.arange(len(first)))
    is_same = np.asarray(pc.equal(content, reference)).astype(bool)
    return _Repeats(
        is_duplicate=is_repeat & is_same, is_contradiction=is_repeat & ~is_same
    )


def _first_of_its_moment(rows: pa.Table, *, keys: pa.Array) -> Positions:
    """Return for each row the first row with its key and time, itself included."""
    observed = rows["observed_at"].cast(pa.int64()).to_numpy()
    codes = keys.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.lexsort((observed, codes))
    is_start = np.ones(len(order), dtype=bool)
    is_start[1:] = (np.diff(codes[order]) != 0) | (np.diff(observed[order]) != 0)
    first = np.empty(len(order), dtype=np.int64)
    first[order] = order[is_start][np.cumsum(is_start) - 1]
    return first


def _stored_content(
    rows: pa.Table, *, at: pa.Array, stored: pa.Table, contract: Contract
) -> pa.Array:
    """Return the content stored for each row's key and time; null where none is."""
    columns = (*contract.key, "observed_at")
    known = pc.indices_nonzero(at.is_valid())
    moments = joined_key(rows.select(list(columns)).take(known), columns=columns)
    stored_moments = joined_key(stored, columns=columns).combine_chunks()
    found = pc.index_in(moments.combine_chunks(), value_set=stored_moments)
    contents = stored["content_hash"].combine_chunks().cast(pa.string()).take(found)
    return contents.take(pc.index_in(pa.array(np.arange(len(rows))), value_set=known))


def _parents(place: Place, rows: pa.Table, *, contract: Contract) -> list[pa.Table]:
    """Return each row's partition with each of its parents; null where not stored.

    A parent of lower rank is looked for where none above it is stored.
    """
    found: list[pa.Table] = []
    for tie in contract.ties:
        lacking = rows.filter(found[-1][_PLACE[0]].is_null()) if found else rows
        found.append(_with_parent(place, rows, tie=tie, among=lacking))
    return found


def _with_parent(
    place: Place, rows: pa.Table, *, tie: tuple[str, str], among: pa.Table
) -> pa.Table:
    field, parent = tie
    parent_key = contract_of(parent).key[0]
    stored = stored_rows_with(
        place.facts / parent,
        column=parent_key,
        values=pc.unique(among[field]).drop_null(),
        read=[parent_key, *_PLACE],
    )
    at = pc.index_in(
        rows[field].combine_chunks(),
        value_set=stored[parent_key].combine_chunks().cast(pa.string()),
        skip_nulls=True,
    )
    return stored.select(list(_PLACE)).take(at)


def _with_own_partition(
    rows: pa.Table, *, keys: pa.Array, parents: Sequence[pa.Table]
) -> pa.Table:
    """Give every row of a new key the partition of the key's first observation."""
    for name in _PLACE if parents else ():
        homes = (each[name].cast(rows[name].type) for each in parents)
        rows = _set(rows, name=name, value=pc.coalesce(*homes, rows[name]))
    observed = rows["observed_at"].cast(pa.int64()).to_numpy()
    codes = keys.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.lexsort((observed, codes))
    _, start = np.unique(codes[order], return_index=True)
    first = order[start][codes] if len(codes) else order
    for name in _PLACE:
        rows = _set(rows, name=name, value=rows[name].take(pa.array(first)))
    return rows


def _with_partition(
    rows: pa.Table, *, source: pa.Table, at: pa.Array, contract: Contract
) -> pa.Table:
    names = _PLACE if contract.partitioning == "dated" else _PLACE[:1]
    for name in names:
        known = source[name].cast(rows[name].type).take(at)
        rows = _set(rows, name=name, value=pc.coalesce(known, rows[name]))
    return rows


def _superseding(keys: pa.Array, *, at: pa.Array) -> int:
    """Count rows whose key is stored, and the second and later rows of new keys."""
    known = len(at) - at.null_count
    new = keys.filter(at.is_null())
    return int(known + len(new) - len(pc.unique(new)))


def _strays(rows: pa.Table, *, parents: Sequence[pa.Table], contract: Contract) -> int:
    """Count rows that name a parent, the first in rank, and do not lie with it."""
    if not parents:
        return 0
    homes = parents[0].cast(rows.select(list(_PLACE)).schema)
    is_same = (pc.equal(rows[name], homes[name]) for name in _PLACE)
    with_parent = pc.and_(*(pc.fill_null(each, fill_value=False) for each in is_same))
    names_parent = rows[contract.ties[0][0]].is_valid()
    return int(pc.sum(pc.and_not(names_parent, with_parent)).as_py() or 0)


def _set(rows: pa.Table, *, name: str, value: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), rows.field(name), value)


def _distinct(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
