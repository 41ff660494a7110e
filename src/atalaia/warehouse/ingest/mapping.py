"""What a mapping says: from the owner's columns to one or several of our tables."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract
from atalaia.warehouse.ingest.periods import PeriodForm
from atalaia.warehouse.ingest.readers.reading import ReadOptions

__all__ = [
    "UNITS",
    "FieldSource",
    "Mapping",
    "RowFilter",
    "TableMapping",
    "Threshold",
    "contract_mapping",
]

# Factor to the contract's unit, by the contract's unit.
UNITS: Map[str, Map[str, float]] = MappingProxyType(
    {
        "seconds": {"ms": 0.001, "seconds": 1, "minutes": 60, "hours": 3600},
        "minutes": {"ms": 1 / 60_000, "seconds": 1 / 60, "minutes": 1, "hours": 60},
        "viewer-minutes": {"seconds": 1 / 60, "minutes": 1, "hours": 60},
        "share": {"share": 1, "percent": 0.01},
        "points": {"points": 1, "share": 100, "percent": 1},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A code decided from a score: `at_least` from the limit on, else `below`.

    `limits` holds one limit under "" or one per value of the melted name `by`.
    """

    limits: Map[str, float]
    at_least: str
    below: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """Where one field's value comes from; exactly one origin is set.

    Attributes:
        column: a column's name; may hold `{name}` of a melted name.
        template: text with `{column}` and `{name}` places.
        constant: the same value in every row.
        by: a melted name whose value is taken.
        codes: the owner's codes to ours; a code that is not in it is quarantined.
        unit: the owner's unit. zone: the zone of times that name none.
        split: what parts the members of a list within a cell.
        period: which day of the column's week or month is taken, and how.
    """

    column: str | None = None
    template: str | None = None
    constant: str | None = None
    by: str | None = None
    codes: Map[str, str] | None = None
    unit: str | None = None
    zone: str | None = None
    split: str | None = None
    threshold: Threshold | None = None
    period: PeriodForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Only rows whose column holds one of these texts; no texts: any but empty."""

    column: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """How one table's rows are made of a file's rows.

    Attributes:
        melt: each combination of these values makes one row of a file's row.
        is_once: one row per file, of constants only.
        settle: "majority": verdicts are derived from the mapping's reviews.
    """

    table: str
    fields: Map[str, FieldSource]
    melt: Map[str, tuple[str, ...]] = field(default_factory=dict)
    where: RowFilter | None = None
    is_once: bool = False
    settle: str | None = None

    @property
    def contract(self) -> Contract:
        """The table's contract."""
        return CONTRACTS[self.table]

    @property
    def combinations(self) -> tuple[Map[str, str], ...]:
        """Every combination of melted values, as names to values."""
        names = list(self.melt)
        return tuple(
            dict(zip(names, values, strict=True))
            for values in product(*self.melt.values())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A whole mapping; `version` is part of a file's identity.

    Attributes:
        file: the name that errors show. text: the YAML that it was read from.
        observed_at: when the source saw the rows; None means the ingest's `now`.
    """

    name: str
    version: str
    source: str
    tables: tuple[TableMapping, ...]
    read: ReadOptions = field(default_factory=ReadOptions)
    observed_at: FieldSource | None = None
    file: str = ""
    text: str = ""

    @property
    def identity(self) -> str:
        """What the file's identity records of it."""
        return f"{self.name}@{self.version}"


def contract_mapping(contract: Contract, *, source: str) -> Mapping:
    """Return the mapping of a file that is in the contract's form already."""
    fields = {item.name: FieldSource(column=item.name) for item in contract.fields}
    return Mapping(
        name="",
        version="",
        source=source,
        tables=(TableMapping(table=contract.name, fields=fields),),
        observed_at=FieldSource(column="observed_at"),
        file=contract.name,
    )
