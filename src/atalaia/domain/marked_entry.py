"""One block of a marked YAML file, read field by field; a wrong field is shown."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_yaml import Mark, Marked, YamlPath
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import LANGUAGES, Trilingual

__all__ = [
    "Entry",
    "MissingFieldError",
    "MissingLanguageError",
    "UnknownFieldError",
    "UnknownReferenceError",
    "WrongTypeError",
    "root_of",
]

Code = TypeVar("Code", bound=StrEnum)


class MissingFieldError(ReferenceDataError):
    """A block lacks a field that it must have."""

    message = "{place}\nThe field '{field}' is missing here."
    next_step = "Add it to this block."


class UnknownFieldError(ReferenceDataError):
    """A block has a field that nothing reads, usually a misspelt one."""

    message = "{place}\nThe field '{field}' is not known here."
    next_step = "Did you mean: {nearest}?"


class WrongTypeError(ReferenceDataError):
    """A value is of another type than its field.

    `expected` shows the form itself, as it would be written, and no words: it reads the
    same in every language.
    """

    message = "{place}\nThe field '{field}' is written as {expected}, not as '{value}'."
    next_step = "Mend the value."


class UnknownReferenceError(ReferenceDataError):
    """A value names something that is not defined anywhere."""

    message = "{place}\n'{value}' is not in the list '{kind}'."
    next_step = "Did you mean: {nearest}?"


class MissingLanguageError(ReferenceDataError):
    """A text that people read lacks one of its three languages."""

    message = "{place}\nThe text '{field}' has no version in: {missing}."
    next_step = "Write it in English, Spanish and Portuguese in the same change."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value of a marked document with its path; readers raise with the place."""

    marked: Marked
    path: YamlPath = ()
    value: Any = None

    @property
    def mark(self) -> Mark:
        """The place of this value, for an error's `place` field."""
        return self.marked.mark(self.path)

    @property
    def key(self) -> str:
        """The last part of the path: this block's own key or position."""
        return str(self.path[-1]) if self.path else self.marked.file

    def has(self, field: str) -> bool:
        """Whether the field is written here and is not null."""
        return _mapping(self).get(field) is not None

    def child(self, field: str) -> "Entry":
        """Return a field that must be present."""
        if not self.has(field):
            raise MissingFieldError(place=self.mark, field=field)
        return _at(self, field, _mapping(self)[field])

    def items(self, field: str | None = None) -> "tuple[Entry, ...]":
        """Return the members of a list: a field's, or this value's own."""
        entry = self if field is None else self.child(field)
        if not isinstance(entry.value, list):
            raise entry.wrong_type("[…]")
        return tuple(_at(entry, at, value) for at, value in enumerate(entry.value))

    def fields(self, field: str | None = None) -> "tuple[Entry, ...]":
        """Return the members of a mapping, each with its key."""
        entry = self if field is None else self.child(field)
        return tuple(_at(entry, key, value) for key, value in _mapping(entry).items())

    def only(self, *known: str) -> None:
        """Refuse fields other than these; a misspelt field must not be ignored."""
        for field in _mapping(self):
            if field not in known:
                raise UnknownFieldError(
                    place=self.marked.mark((*self.path, field)),
                    field=field,
                    nearest=nearest(str(field), known),
                )

    def text(self, field: str | None = None) -> str:
        """Return a non-empty text."""
        entry = self if field is None else self.child(field)
        if not isinstance(entry.value, str) or not entry.value.strip():
            raise entry.wrong_type("'text'")
        return entry.value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(item.text() for item in self.items(field))

    def whole(self, field: str | None = None) -> int:
        """Return a whole number."""
        entry = self if field is None else self.child(field)
        if not isinstance(entry.value, int) or isinstance(entry.value, bool):
            raise entry.wrong_type("1, 2, 3…")
        return entry.value

    def number(self, field: str) -> float:
        """Return a number, whole or not, but neither endless nor no number at all."""
        entry = self.child(field)
        if not isinstance(entry.value, int | float) or isinstance(entry.value, bool):
            raise entry.wrong_type("1.5")
        if not math.isfinite(entry.value):
            raise entry.wrong_type("1.5")
        return float(entry.value)

    def yes(self, field: str) -> bool:
        """Return a field that is true or false."""
        entry = self.child(field)
        if not isinstance(entry.value, bool):
            raise entry.wrong_type("true | false")
        return entry.value

    def day(self, field: str | None = None) -> date:
        """Return a calendar date."""
        entry = self if field is None else self.child(field)
        if not isinstance(entry.value, date) or isinstance(entry.value, datetime):
            raise entry.wrong_type("2026-11-22")
        return entry.value

    def trilingual(self, field: str | None = None) -> Trilingual:
        """Return a text that has all three languages."""
        entry = self if field is None else self.child(field)
        texts = _mapping(entry)
        entry.only(*LANGUAGES)
        missing = [code for code in LANGUAGES if not str(texts.get(code) or "").strip()]
        if missing:
            raise MissingLanguageError(
                place=entry.mark, field=entry.key, missing=missing
            )
        return Trilingual(**{code: str(texts[code]) for code in LANGUAGES})

    def choice(self, field: str | None, codes: type[Code]) -> Code:
        """Return a member of a closed list of codes."""
        entry = self if field is None else self.child(field)
        known = [code.value for code in codes]
        return codes(entry.one_of(known, kind=codes.__name__))

    def one_of(self, known: Iterable[str], *, kind: str) -> str:
        """Return this value where it is one of the known names."""
        names = tuple(known)
        if self.value not in names:
            raise self.unknown(kind=kind, known=names)
        return str(self.value)

    def unknown(self, *, kind: str, known: Iterable[str]) -> UnknownReferenceError:
        """Return the error that this value names nothing known."""
        value = str(self.value)
        return UnknownReferenceError(
            place=self.mark, value=value, kind=kind, nearest=nearest(value, known)
        )

    def wrong_type(self, expected: str) -> WrongTypeError:
        """Return the error that this value is not of the form shown by `expected`."""
        return WrongTypeError(
            place=self.mark, field=self.key, expected=expected, value=str(self.value)
        )


def root_of(marked: Marked) -> Entry:
    """Return the whole document as an entry."""
    return Entry(marked=marked, path=(), value=marked.value)


def _mapping(entry: Entry) -> dict[str, Any]:
    if not isinstance(entry.value, dict):
        raise entry.wrong_type("{…}")
    return entry.value


def _at(entry: Entry, key: str | int, value: Any) -> Entry:
    return Entry(marked=entry.marked, path=(*entry.path, key), value=value)
