"""What a fact table promises: its fields, its key and the moment it speaks of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import pyarrow as pa

__all__ = ["LARGEST", "SYSTEM_FIELDS", "Contract", "Field", "Kind"]


# No count or length of the platform comes near it; every whole number below is exact.
LARGEST = 10**15


class Kind(StrEnum):
    """The types a field may have; each is one Arrow type."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    INSTANT = "instant"
    DATE = "date"
    TEXTS = "texts"

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type that stores this kind."""
        return _ARROW_TYPES[self]


_ARROW_TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
    Kind.DATE: pa.date32(),
    Kind.TEXTS: pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its type, what it may hold and what it means.

    Attributes:
        allowed: the closed list of codes, or empty for an open field.
        is_person: holds a person's identifier; becomes a keyed HMAC at ingest.
        minimum, maximum: inclusive bounds, in `unit`; every number is also finite and
            within `LARGEST`.
        aliases: other names seen in exports; `map suggest` reads them.
        since: the contract version that added the field.
    """

    name: str
    kind: Kind
    meaning: str
    is_required: bool = False
    allowed: tuple[str, ...] = ()
    is_person: bool = False
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    aliases: tuple[str, ...] = ()
    since: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One fact table, as observations that later ones supersede.

    Attributes:
        key: the natural key; two rows with one key are two observations of one thing.
        event_time: the field with the moment the row speaks of, or None for entities.
        parent: (field, table): the row lies at market and date of that row, also when
            it came later.
        parent_else: the same, for rows whose `parent` is not stored.
        partitioning: "dated" by market and business date; "undated" by market only.
        is_read_whole: people's records are few, and each is asked for by several of
            its days (opened, due, closed), of which the partition knows the first
            only: no period narrows what is read.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    event_time: str | None = None
    parent: tuple[str, str] | None = None
    parent_else: tuple[str, str] | None = None
    partitioning: Literal["dated", "undated"] = "dated"
    is_read_whole: bool = False
    version: int = 1

    def field(self, name: str) -> Field:
        """Return the field of that name; KeyError where the contract has none."""
        return {field.name: field for field in self.fields}[name]

    @property
    def ties(self) -> tuple[tuple[str, str], ...]:
        """The parents that decide where a row lies, the first one stored above all."""
        return tuple(tie for tie in (self.parent, self.parent_else) if tie is not None)

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the owner's columns, in the contract's order."""
        return pa.schema([(field.name, field.kind.arrow) for field in self.fields])

    @property
    def stored_schema(self) -> pa.Schema:
        """The Arrow schema as stored: the owner's columns, then the system's."""
        system = [(field.name, field.kind.arrow) for field in SYSTEM_FIELDS]
        return pa.schema([*self.schema, *(pa.field(*pair) for pair in system)])


SYSTEM_FIELDS: tuple[Field, ...] = (
    Field(name="source", kind=Kind.TEXT, meaning="The feed the row came from."),
    Field(
        name="observed_at",
        kind=Kind.INSTANT,
        meaning="When the source saw it; orders supersession.",
    ),
    Field(
        name="ingested_at",
        kind=Kind.INSTANT,
        meaning="When it was committed here; `as_of` filters on it.",
    ),
    Field(
        name="file_id",
        kind=Kind.TEXT,
        meaning="The identity of the file (hash, mapping and contract version).",
    ),
    Field(
        name="content_hash",
        kind=Kind.TEXT,
        meaning="Digest of the owner's columns; tells a twin from a contradiction.",
    ),
    Field(
        name="tz_version",
        kind=Kind.TEXT,
        meaning="The tzdata release that turned instants into local dates.",
    ),
    Field(
        name="partition_market",
        kind=Kind.TEXT,
        meaning="Market of the parent, else of the key's first observation.",
    ),
    Field(
        name="business_date",
        kind=Kind.DATE,
        meaning="Local date of the session's start, else of the event itself.",
    ),
)
