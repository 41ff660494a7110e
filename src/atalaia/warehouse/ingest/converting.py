"""Turns raw values into their contract's type; what has no reading is noted."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.markets import Markets
from atalaia.warehouse.contracts.contract import LARGEST, Field, Kind
from atalaia.warehouse.ingest.faults import Reason, RemarkCode
from atalaia.warehouse.ingest.findings import Findings
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.mapping import UNITS, FieldSource
from atalaia.warehouse.ingest.numbers import numbers_of, text_of
from atalaia.warehouse.ingest.periods import days_of
from atalaia.warehouse.ingest.times import DAY, Moments, moments_of
from atalaia.warehouse.ingest.zones import to_utc

__all__ = ["NO", "YES", "Converter"]

YES = [
    "true",
    "t",
    "yes",
    "y",
    "1",
    "si",
    "sí",
    "s",
    "sim",
    "verdadero",
    "verdadeiro",
    "x",
    "v",
    "verdade",
]
# How a spreadsheet writes an identifier of more digits than it keeps: 7.42134E+18.
ROUNDED = r"(?i)^\d([.,]\d+)?e\+\d+$"
NO = ["false", "f", "no", "n", "0", "não", "nao", "falso", "falsa"]


class Converter:
    """Converts the fields of one batch; times without a zone take their market's."""

    def __init__(
        self,
        *,
        habits: Habits,
        findings: Findings,
        markets: Markets,
        row_markets: pa.Array,
    ) -> None:
        self._habits = habits
        self._findings = findings
        self._markets = markets
        self._row_markets = row_markets

    def convert(self, raw: pa.Array, *, field: Field, source: FieldSource) -> pa.Array:
        """Return the field's values in its Arrow type."""
        name = source.column or field.name
        if pa.types.is_null(raw.type):
            return pa.nulls(len(raw), field.kind.arrow)
        if field.kind is Kind.TEXT:
            return self._text(raw, field=field)
        if field.kind in (Kind.INTEGER, Kind.NUMBER):
            return self._number(raw, field=field, source=source, name=name)
        if field.kind is Kind.FLAG:
            return self._flag(raw, field=field)
        if field.kind is Kind.TEXTS:
            return self._texts(raw, field=field, split=source.split)
        return self._moment(raw, field=field, source=source, name=name)

    def _text(self, raw: pa.Array, *, field: Field) -> pa.Array:
        text = text_of(raw)
        if field.name.endswith("_id"):
            rounded = pc.match_substring_regex(text, ROUNDED)
            self._findings.note(rounded, reason=Reason.ROUNDED_ID, about=field.name)
        return text

    def _number(
        self, raw: pa.Array, *, field: Field, source: FieldSource, name: str
    ) -> pa.Array:
        decimal = self._habits.decimal(name, raw)
        read = numbers_of(raw, decimal=decimal, unit=source.unit)
        self._findings.note(read.bad, reason=Reason.NOT_A_NUMBER, about=field.name)
        values = read.values
        if source.unit is not None:
            values = pc.multiply(values, float(UNITS[field.unit][source.unit]))
        if field.kind is Kind.NUMBER:
            return values
        if pa.types.is_integer(raw.type) and source.unit is None:
            return raw.cast(pa.int64())
        beyond = pc.greater(pc.abs(values), LARGEST)
        self._findings.note(beyond, reason=Reason.OUT_OF_BOUNDS, about=field.name)
        values = pc.if_else(beyond, None, values)
        whole = pc.round(values)
        uneven = pc.greater(pc.abs(pc.subtract(values, whole)), 1e-9)
        self._findings.note(uneven, reason=Reason.NOT_A_WHOLE_NUMBER, about=field.name)
        return whole.cast(pa.int64())

    def _flag(self, raw: pa.Array, *, field: Field) -> pa.Array:
        if pa.types.is_boolean(raw.type):
            return raw
        text = pc.utf8_lower(text_of(raw))
        is_yes = pc.is_in(text, value_set=pa.array(YES))
        is_known = pc.or_(is_yes, pc.is_in(text, value_set=pa.array(NO)))
        bad = pc.and_(text.is_valid(), pc.invert(is_known))
        self._findings.note(bad, reason=Reason.NOT_A_FLAG, about=field.name)
        return pc.if_else(pc.and_(text.is_valid(), is_known), is_yes, None)

    def _texts(self, raw: pa.Array, *, field: Field, split: str | None) -> pa.Array:
        if pa.types.is_list(raw.type) or pa.types.is_large_list(raw.type):
            return raw.cast(field.kind.arrow)
        coded = text_of(raw).dictionary_encode()
        members = [_members(text, split=split) for text in coded.dictionary.to_pylist()]
        is_bad = pa.array([found is None for found in members], pa.bool_())
        bad = is_bad.take(coded.indices)
        self._findings.note(bad, reason=Reason.NOT_A_LIST, about=field.name)
        return pa.array(members, field.kind.arrow).take(coded.indices)

    def _moment(
        self, raw: pa.Array, *, field: Field, source: FieldSource, name: str
    ) -> pa.Array:
        order = self._habits.order(name, raw)
        if source.period is not None:
            days = days_of(raw, form=source.period, order=order)
            unread = pc.and_(text_of(raw).is_valid(), days.is_null())
            self._findings.note(unread, reason=Reason.NOT_A_PERIOD, about=field.name)
            return days
        read = moments_of(raw, order=order)
        self._findings.note(read.is_bad, reason=Reason.NOT_A_TIME, about=field.name)
        if field.kind is Kind.DATE:
            numbers = np.floor_divide(read.values, DAY).astype(np.int32)
            return pa.array(numbers, pa.int32(), mask=read.is_null).cast(pa.date32())
        utc = self._in_utc(read, source=source, name=name)
        return pa.array(utc, pa.int64(), mask=read.is_null).cast(field.kind.arrow)

    def _in_utc(self, read: Moments, *, source: FieldSource, name: str) -> np.ndarray:
        naive = ~read.has_zone & ~read.is_null
        if not naive.any():
            return read.values
        declared = source.zone or self._habits.declared.zone
        utc = read.values.copy()
        if declared is not None and declared != "market":
            utc[naive] = to_utc(read.values[naive], zone=declared)
            return utc
        self._habits.remark(RemarkCode.ZONE_ASSUMED, column=name)
        for market in pc.unique(self._row_markets).drop_null().to_pylist():
            if market not in self._markets.by_code:
                continue
            here = pc.equal(self._row_markets, market).fill_null(fill_value=False)
            mask = naive & here.to_numpy(zero_copy_only=False)
            zone = self._markets.of(market).principal_zone
            utc[mask] = to_utc(read.values[mask], zone=zone)
        return utc


def _members(text: str | None, *, split: str | None) -> list[str] | None:
    """Return the members of a cell: a JSON array, or texts parted by a mark."""
    if text is None:
        return []
    if text.startswith("["):
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            return None
        is_texts = all(isinstance(member, str) for member in found)
        return found if is_texts else None
    mark = split or next((m for m in ("|", ";", ",") if m in text), None)
    return [part.strip() for part in text.split(mark)] if mark else [text]
