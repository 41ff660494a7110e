"""The fields of a procedure as forms show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaia.desk.casework.posted import FIELD_PREFIX
from atalaia.domain.sops import SopField

__all__ = ["FieldView", "blank_fields"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of the procedure.

    Attributes:
        value: what the field shows: what was typed, else what is stored.
        stored: what is stored now, where it differs from what was typed.
        is_folded: whether it waits behind one click, for what it may hold.
    """

    field: SopField
    value: str
    stored: str = ""
    is_missing: bool = False
    is_folded: bool = False

    @property
    def name(self) -> str:
        """The name that its form posts it by."""
        return f"{FIELD_PREFIX}{self.field.key}"


def blank_fields(
    fields: tuple[SopField, ...], *, told: Mapping[str, str]
) -> tuple[FieldView, ...]:
    """Return the fields of a new case, required ones first, as far as told."""
    ordered = sorted(fields, key=lambda field: not field.is_required)
    return tuple(
        FieldView(field=field, value=told.get(field.key, "")) for field in ordered
    )
