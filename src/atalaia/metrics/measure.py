"""A counted quantity as data: a view, a column of it, and conditions on its rows."""

from dataclasses import dataclass
from enum import StrEnum

import ibis

__all__ = ["Check", "Condition", "How", "Measure", "is_true"]


class Check(StrEnum):
    """What a condition asks of a column."""

    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    IS_KNOWN = "is_known"
    IS_ANY_OF = "is_any_of"
    IS_NONE_OF = "is_none_of"


class How(StrEnum):
    """How rows become one number."""

    ROWS = "rows"
    SUM = "sum"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One test on one column; `lifted_by` names the dimension that lifts it.

    A lifted condition is one that only guards the total: paid traffic stays out of
    the whole, and is shown apart when the question splits by traffic source.
    """

    column: str
    test: Check
    values: tuple[str, ...] = ()
    lifted_by: str | None = None

    def on(self, table: ibis.Table) -> ibis.Value:
        """Return the condition as a boolean column of the table."""
        column = table[self.column]
        if self.test is Check.IS_TRUE:
            return column.fill_null(False)  # noqa: FBT003 - Ibis' own signature
        if self.test is Check.IS_FALSE:
            return ~column.fill_null(False)  # noqa: FBT003 - Ibis' own signature
        if self.test is Check.IS_KNOWN:
            return column.notnull()
        chosen = column.isin(self.values)
        if self.test is Check.IS_ANY_OF:
            return chosen.fill_null(False)  # noqa: FBT003 - Ibis' own signature
        return ~chosen.fill_null(False)  # noqa: FBT003 - Ibis' own signature


def is_true(column: str) -> Condition:
    """Return the test that a flag is set."""
    return Condition(column=column, test=Check.IS_TRUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One quantity: rows of a view, a summed column, or distinct values of one.

    Attributes:
        name: unique in the catalogue; names the column of a cube.
        dimensions: what it can be split by.
        overlapping: dimensions along which one unit may count in several cells (a
            session penalised under two policies), so cells never add up there.
        needs: fact tables beyond the view's own, without which a zero says nothing:
            penalties without a single appeal do not mean that nobody appealed.
        cluster: the column whose values chance moves together, for a change's interval.
        filled: fact tables and the column of each that must hold something, or a zero
            says nothing either.
    """

    name: str
    view: str
    how: How = How.ROWS
    column: str | None = None
    where: tuple[Condition, ...] = ()
    dimensions: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    filled: tuple[tuple[str, str], ...] = ()
    cluster: str = "creator_id"

    @property
    def tested(self) -> frozenset[str]:
        """The columns that its conditions look at."""
        return frozenset(test.column for test in self.where)

    def rows(self, table: ibis.Table, *, asked: frozenset[str]) -> ibis.Table:
        """Return the rows of the view that count, given the dimensions asked for."""
        held = [test for test in self.where if test.lifted_by not in asked]
        return table.filter([test.on(table) for test in held]) if held else table

    def total(self, table: ibis.Table) -> ibis.Value:
        """Return the quantity over rows already filtered, as an aggregate."""
        if self.how is How.ROWS:
            return table.count()
        if self.column is None:
            raise ValueError(self.name)
        if self.how is How.SUM:
            return table[self.column].sum()
        return table[self.column].nunique()
