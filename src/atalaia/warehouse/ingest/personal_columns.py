"""Which columns of a file name people, whatever else they are read for."""

from collections.abc import Mapping as Map

from atalaia.warehouse.ingest.errors import PersonOriginError, StaffInFieldError
from atalaia.warehouse.ingest.mapping import FieldSource, Mapping, TableMapping
from atalaia.warehouse.ingest.picking import columns_of
from atalaia.warehouse.pseudonyms import PersonKind, person_kind

__all__ = ["personal_columns"]


def personal_columns(mapping: Mapping) -> Map[str, PersonKind]:
    """Return the columns that a mapping takes people from, in any of its tables.

    A column that names creators may also be part of an id, in this table or another:
    there it stands as the pseudonym, which erasure finds.

    Raises:
        PersonOriginError: a person who is made of several columns, or recoded, has
            another name in the file than in the facts; erasure would miss the file's.
        StaffInFieldError: of staff only the name is erased, and no id may change.
    """
    found: dict[str, PersonKind] = {}
    for table in mapping.tables:
        for name, source in _people(table).items():
            if source.template or source.codes or source.threshold:
                raise PersonOriginError(
                    mapping=mapping.file, table=table.table, field=name
                )
            for column in _columns(table, source):
                found.setdefault(column, person_kind(name))
    for table in mapping.tables:
        _check_staff(table, people=found, mapping=mapping)
    return found


def _check_staff(
    table: TableMapping, *, people: Map[str, PersonKind], mapping: Mapping
) -> None:
    own = _people(table)
    for name, source in table.fields.items():
        for column in () if name in own else _columns(table, source):
            if people.get(column) is PersonKind.STAFF:
                raise StaffInFieldError(
                    mapping=mapping.file, table=table.table, field=name, column=column
                )


def _people(table: TableMapping) -> Map[str, FieldSource]:
    people = {item.name for item in table.contract.fields if item.is_person}
    return {name: each for name, each in table.fields.items() if name in people}


def _columns(table: TableMapping, source: FieldSource) -> list[str]:
    return [
        column
        for combination in table.combinations
        for column in columns_of(source, combination=combination)
    ]
