"""Guards who comes in: each person as a pseudonym, nobody who was erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.contracts.contract import Contract
from atalaia.warehouse.erased import Erased, erased_people
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser, person_kind
from atalaia.warehouse.vault import Vault

__all__ = ["Entered", "Hidden", "People", "people_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Rows as they may be kept.

    Attributes:
        rows: people are pseudonyms; a member of staff who was erased is blank.
        is_erased: rows about a creator who was erased; they are to be left out.
        is_blanked: rows in which a member of staff was blanked.
    """

    rows: pa.Table
    is_erased: pa.Array
    is_blanked: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Rows of a file with pseudonyms in the place of people.

    Attributes:
        is_erased: rows that name anybody who was erased.
    """

    rows: pa.Table
    is_erased: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whom the key, the tombstones and the vault know.

    `seen` holds the identifiers of the file at hand until it is known whether the file
    is taken; it stays empty where there is no vault.
    """

    pseudonymiser: Pseudonymiser
    erased: Erased
    vault: Vault | None
    seen: dict[PersonKind, list[pa.Array]] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget the identifiers of a file that was not taken."""
        self.seen.clear()

    def remember(self) -> None:
        """Hand the identifiers that were seen to the vault; nobody who was erased."""
        for kind, seen in self.seen.items():
            identifiers = pc.unique(pa.concat_arrays(seen))
            pseudonyms = self.pseudonymiser.column(identifiers, kind=kind)
            kept = pc.invert(self.erased.among(pseudonyms, kind=kind))
            if self.vault is not None:
                self.vault.remember(
                    identifiers.filter(kept),
                    pseudonymiser=self.pseudonymiser,
                    kind=kind,
                )
        self.seen.clear()

    def pseudonyms(self, identifiers: pa.Array, *, kind: PersonKind) -> pa.Array:
        """Return pseudonyms; the identifiers are the vault's to remember."""
        if self.vault is not None:
            self.seen.setdefault(kind, []).append(pc.unique(identifiers))
        return self.pseudonymiser.column(identifiers, kind=kind)

    def entered(self, rows: pa.Table, *, contract: Contract) -> Entered:
        """Return a contract's rows with people as they may be kept."""
        is_erased = is_blanked = _nowhere(rows.num_rows)
        for position, item in enumerate(contract.fields):
            if not item.is_person:
                continue
            kind = person_kind(item.name)
            identifiers = rows[item.name].combine_chunks()
            pseudonyms = self.pseudonyms(identifiers, kind=kind)
            is_found = self.erased.among(pseudonyms, kind=kind)
            if kind is PersonKind.CREATOR:
                is_erased = pc.or_(is_erased, is_found)
            else:
                is_blanked = pc.or_(is_blanked, is_found)
                pseudonyms = pc.if_else(is_found, None, pseudonyms)
            rows = rows.set_column(position, rows.schema.field(position), pseudonyms)
        return Entered(rows=rows, is_erased=is_erased, is_blanked=is_blanked)

    def hidden(
        self, rows: pa.Table, *, columns: Mapping[str, PersonKind], form: str
    ) -> Hidden:
        """Return a file's rows with these columns as the facts would hold them.

        Args:
            form: "owner" or "contract"; an owner's texts are trimmed first.
        """
        is_erased = _nowhere(rows.num_rows)
        for name, kind in columns.items():
            column = column_named(rows, name)
            text = text_of(column) if form == "owner" else column.cast(pa.string())
            pseudonyms = self.pseudonyms(text, kind=kind)
            is_erased = pc.or_(is_erased, self.erased.among(pseudonyms, kind=kind))
            position = rows.schema.get_field_index(name)
            rows = rows.set_column(position, name, pseudonyms)
        return Hidden(rows=rows, is_erased=is_erased)


def people_of(
    place: Place,
    *,
    pseudonymiser: Pseudonymiser,
    tombstone_file: Path,
    vault: Vault | None,
) -> People:
    """Return whom an installation knows, before any file is read.

    Hold the writer's lock: an erasure then comes wholly before or after.
    """
    erased = erased_people(tombstone_file, place=place)
    return People(pseudonymiser=pseudonymiser, erased=erased, vault=vault)


def _nowhere(length: int) -> pa.Array:
    return pa.repeat(pa.scalar(value=False), length)
