"""How a file writes numbers and dates: decided once a file, by its first proof."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.errors import AmbiguousNumbersError
from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.numbers import decimal_mark, proven_mark, text_of
from atalaia.warehouse.ingest.readers.reading import ReadOptions
from atalaia.warehouse.ingest.times import day_order

__all__ = ["Habits"]


@dataclass(slots=True, kw_only=True)
class Habits:
    """Remembers, per column, the decimal mark and the order of day and month.

    Rows without any mark decide nothing: the first that have one do. What later rows
    write otherwise is quarantined, never read in two ways.
    """

    file: str
    declared: ReadOptions
    hint: str | None = None
    remarks: dict[tuple[RemarkCode, str], Remark] = field(default_factory=dict)
    _decimals: dict[str, str] = field(default_factory=dict)
    _orders: dict[str, str] = field(default_factory=dict)

    def learn(self, rows: pa.Table) -> None:
        """Let a column that proves its decimal mark speak for those that do not."""
        if self.hint is not None or self.declared.decimal is not None:
            return
        texts = [c for c in rows.columns if pa.types.is_string(c.type)]
        marks = {proven_mark(column.combine_chunks()) for column in texts} - {None}
        if len(marks) == 1:
            self.hint = marks.pop()

    def decimal(self, name: str, values: pa.Array) -> str:
        """Return the column's decimal mark; raises AmbiguousNumbersError."""
        if name not in self._decimals:
            mark = self._find_decimal(name, values)
            if self.declared.decimal is None and not _has_mark(values):
                return mark
            self._decimals[name] = mark
        return self._decimals[name]

    def order(self, name: str, values: pa.Array) -> str:
        """Return "dmy" or "mdy"."""
        if name not in self._orders:
            self._orders[name] = self._find_order(name, values)
        return self._orders[name]

    def remark(self, code: RemarkCode, *, column: str) -> None:
        """Say something once of a column."""
        self.remarks.setdefault(
            (code, column), Remark(code=code, fields={"column": column})
        )

    def _find_decimal(self, name: str, values: pa.Array) -> str:
        if not pa.types.is_string(values.type):
            return "."
        mark = self.declared.decimal or decimal_mark(values, hint=self.hint)
        if mark is None:
            example = text_of(values).drop_null()[0].as_py()
            raise AmbiguousNumbersError(file=self.file, column=name, example=example)
        if mark == ",":
            self.remark(RemarkCode.DECIMAL_COMMA, column=name)
        return mark

    def _find_order(self, name: str, values: pa.Array) -> str:
        if self.declared.dates is not None:
            return self.declared.dates
        order, is_proven = day_order(values)
        if not is_proven:
            self.remark(RemarkCode.DAY_FIRST_ASSUMED, column=name)
        if order == "mdy":
            self.remark(RemarkCode.MONTH_FIRST, column=name)
        return order


def _has_mark(values: pa.Array) -> bool:
    """Whether some text holds a comma or a dot, and so says how the column writes."""
    if not pa.types.is_string(values.type):
        return False
    return pc.any(pc.match_substring_regex(values, "[.,]")).as_py() is True
