"""Reads where one field's value comes from; a mistake is shown with its line."""

from collections.abc import Iterable
from collections.abc import Mapping as Map
from string import Formatter

from atalaia.domain.clocks import known_zones
from atalaia.domain.marked_entry import Entry
from atalaia.domain.nearest import nearest
from atalaia.warehouse.contracts.contract import Field
from atalaia.warehouse.ingest.mapping import UNITS, FieldSource, Threshold
from atalaia.warehouse.ingest.mapping_errors import (
    OpenBraceError,
    OriginCountError,
    UnknownNameError,
    UnmatchedLimitsError,
)
from atalaia.warehouse.ingest.periods import GRAINS, Edge, PeriodForm

__all__ = ["code_text", "field_source", "period_sources", "unknown_name"]

ORIGINS = ("column", "template", "constant", "by")
EXTRAS = ("codes", "unit", "zone", "split", "threshold", "at_least", "below")
PERIOD_ORIGINS = ("column", "template", "by")
PERIOD_DAYS: tuple[tuple[str, Edge], ...] = (
    ("period_start", "first"),
    ("period_end", "last"),
)


def field_source(
    entry: Entry, *, melt: Map[str, tuple[str, ...]], field: Field | None
) -> FieldSource:
    """Return where a field's value comes from.

    Args:
        melt: the melted names that braces and `by` may name.
        field: the contract's field, whose codes and units hold; None for a moment.
    """
    if isinstance(entry.value, str):
        return FieldSource(column=_placed(entry, entry.value, melt=melt))
    entry.only(*ORIGINS, *EXTRAS)
    _check_origin(entry, known=ORIGINS, melt=melt)
    return FieldSource(
        column=entry.text("column") if entry.has("column") else None,
        template=entry.text("template") if entry.has("template") else None,
        constant=code_text(entry.value["constant"]) if entry.has("constant") else None,
        by=entry.text("by") if entry.has("by") else None,
        codes=_codes(entry, field=field),
        unit=_unit(entry, field=field),
        zone=_zone(entry),
        split=entry.text("split") if entry.has("split") else None,
        threshold=_threshold(entry, field=field, melt=melt),
    )


def _check_origin(
    entry: Entry, *, known: tuple[str, ...], melt: Map[str, tuple[str, ...]]
) -> None:
    """Refuse a value that comes from nowhere, from two places or an unknown one."""
    given = [name for name in known if entry.has(name)]
    if len(given) != 1:
        raise OriginCountError(
            place=entry.mark, field=entry.key, count=len(given), known=known
        )
    if entry.has("by"):
        entry.child("by").one_of(melt, kind="melted name")
    for name in ("column", "template"):
        if entry.has(name):
            _placed(entry.child(name), entry.text(name), melt=melt)


def period_sources(
    entry: Entry, *, melt: Map[str, tuple[str, ...]]
) -> Map[str, FieldSource]:
    """Return first and last day of one column of weeks, months or days."""
    if isinstance(entry.value, str):
        column = _placed(entry, entry.value, melt=melt)
        return {
            name: FieldSource(column=column, period=PeriodForm(edge=edge))
            for name, edge in PERIOD_DAYS
        }
    entry.only(*PERIOD_ORIGINS, "grain", "year")
    _check_origin(entry, known=PERIOD_ORIGINS, melt=melt)
    if entry.has("grain"):
        entry.child("grain").one_of(GRAINS, kind="grain")
    return {
        name: FieldSource(
            column=entry.text("column") if entry.has("column") else None,
            template=entry.text("template") if entry.has("template") else None,
            by=entry.text("by") if entry.has("by") else None,
            period=PeriodForm(
                edge=edge,
                grain=entry.text("grain") if entry.has("grain") else None,
                year=entry.whole("year") if entry.has("year") else None,
            ),
        )
        for name, edge in PERIOD_DAYS
    }


def _placed(entry: Entry, text: str, *, melt: Map[str, tuple[str, ...]]) -> str:
    """Check the braces of a column or template."""
    try:
        parts = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise OpenBraceError(place=entry.mark, text=text) from error
    unknown = [part for part in parts if part not in melt]
    if entry.key != "template" and unknown:
        raise unknown_name(entry, name=unknown[0], known=melt)
    return text


def _codes(entry: Entry, *, field: Field | None) -> Map[str, str] | None:
    if not entry.has("codes"):
        return None
    for item in entry.fields("codes"):
        _check_code(item, code_text(item.value), field=field)
    return {
        code_text(item.key): code_text(item.value) for item in entry.fields("codes")
    }


def _check_code(entry: Entry, code: str, *, field: Field | None) -> None:
    if field is not None and field.allowed and code not in field.allowed:
        raise unknown_name(
            entry,
            name=code,
            known=[str(known) for known in field.allowed],
        )


def _unit(entry: Entry, *, field: Field | None) -> str | None:
    if not entry.has("unit"):
        return None
    known = UNITS.get(field.unit, {}) if field is not None else {}
    return entry.child("unit").one_of(known, kind="unit here")


def _zone(entry: Entry) -> str | None:
    if not entry.has("zone") or entry.value["zone"] == "market":
        return None
    return entry.child("zone").one_of(known_zones(), kind="time zone")


def _threshold(
    entry: Entry, *, field: Field | None, melt: Map[str, tuple[str, ...]]
) -> Threshold | None:
    if not entry.has("threshold"):
        return None
    limit = entry.child("threshold")
    for name in ("at_least", "below"):
        _check_code(entry.child(name), entry.text(name), field=field)
    if not isinstance(limit.value, dict):
        limits, by = {"": entry.number("threshold")}, None
    else:
        by = next((n for n, v in melt.items() if set(v) == set(limit.value)), None)
        if by is None:
            raise UnmatchedLimitsError(place=limit.mark)
        limits = {item.key: limit.number(item.key) for item in limit.fields()}
    return Threshold(
        limits=limits,
        at_least=entry.text("at_least"),
        below=entry.text("below"),
        by=by,
    )


def unknown_name(entry: Entry, *, name: str, known: Iterable[str]) -> UnknownNameError:
    """Return the error that a name does not exist, with the nearest that does."""
    near = nearest(name, known, count=1)
    return UnknownNameError(place=entry.mark, name=name, nearest=near)


def code_text(value: object) -> str:
    """Return a YAML scalar as the text it was written as; dates in ISO form."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
