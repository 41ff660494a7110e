"""Where stored tables name people: in fields of their own, and within ids."""

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.pseudonyms import PSEUDONYM, PersonKind, person_kind

__all__ = ["names_in", "naming_columns"]

_PERSON_FIELDS: Mapping[str, PersonKind] = {
    field.name: person_kind(field.name)
    for contract in CONTRACTS.values()
    for field in contract.fields
    if field.is_person
}


def naming_columns(schema: pa.Schema, *, kind: PersonKind) -> tuple[str, ...]:
    """Return the columns of a table in which people of a kind may be named.

    A mapping may make an id of a creator's identifier, which then holds the pseudonym;
    of staff none does.
    """
    return tuple(
        field.name
        for field in schema
        if _PERSON_FIELDS.get(field.name) is kind
        or (kind is PersonKind.CREATOR and _may_hold_creator(field))
    )


def names_in(rows: pa.Table, column: str) -> Mapping[str, frozenset[str]]:
    """Return the distinct texts of a column that name people, each with whom."""
    texts = pc.unique(rows[column]).drop_null()
    if column in _PERSON_FIELDS:
        return {text: frozenset({text}) for text in texts.to_pylist()}
    holding = texts.filter(pc.match_substring_regex(texts, PSEUDONYM))
    return {
        text: frozenset(re.findall(PSEUDONYM, text)) for text in holding.to_pylist()
    }


def _may_hold_creator(field: pa.Field) -> bool:
    is_text = pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    return is_text and field.name.endswith("_id") and field.name not in _PERSON_FIELDS
