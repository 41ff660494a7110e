"""Somebody who is to be found in whatever was stored, raw or as a pseudonym."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.pseudonyms import PSEUDONYM, PersonKind, Pseudonymiser

__all__ = ["Sought", "digest_of", "digests_in", "named_in", "sought"]

_TOKEN = re.compile(r"""[^\s"',;|{}\[\]()<>:=&]+""")
_MARKS = re.compile("([-_/@])")
_PSEUDONYM = re.compile(PSEUDONYM)
SHORTEST_PART = 6
"""Shorter names are parts of too many ids of others to be looked for within them."""
MOST_PARTS = 5  # as many as a UUID has


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """People by the digests of their pseudonyms; their names are not needed.

    Attributes:
        raw: finds their own identifiers within longer ids, where all are known; else
            None, and every part of an id is tried, at many times the cost.
    """

    digests: frozenset[str]
    kind: PersonKind
    pseudonymiser: Pseudonymiser
    raw: re.Pattern[str] | None = None

    def words(self, text: str) -> frozenset[str]:
        """Return what in a text may be one of the people.

        Its words, parted at spaces and at CSV, JSON and XML marks; every pseudonym
        anywhere; and identifiers between the marks `-`, `_`, `/`, `@` of a longer id.
        """
        words = frozenset(_TOKEN.findall(text))
        if self.raw is None:
            parts = frozenset(part for word in words for part in _stretches(word))
        else:
            parts = frozenset(self.raw.findall(text))
        return words.union([text.strip()], _PSEUDONYM.findall(text), parts)

    def is_among(self, text: str) -> bool:
        """Say whether a text is one of the people, raw or as a pseudonym."""
        pseudonym = self.pseudonymiser.of(text, kind=self.kind)
        return digest_of(pseudonym) in self.digests

    def find(self, texts: Iterable[str]) -> frozenset[str]:
        """Return those of the texts that are one of the people."""
        return frozenset(text for text in texts if self.is_among(text))

    def digests_of(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the digests of those people whom one of the texts names."""
        return frozenset(
            digest_of(self.pseudonymiser.of(text, kind=self.kind))
            for text in self.find(texts)
        )


def sought(
    people: Iterable[str], *, kind: PersonKind, pseudonymiser: Pseudonymiser
) -> Sought:
    """Look for people given by identifier or pseudonym."""
    pseudonym_of = {each: pseudonymiser.of(each, kind=kind) for each in people}
    is_coded = any(each == coded for each, coded in pseudonym_of.items())
    return Sought(
        digests=frozenset(digest_of(each) for each in pseudonym_of.values()),
        kind=kind,
        pseudonymiser=pseudonymiser,
        raw=None if is_coded else _within(pseudonym_of),
    )


def _within(identifiers: Iterable[str]) -> re.Pattern[str]:
    long = [re.escape(each) for each in identifiers if len(each) >= SHORTEST_PART]
    if not long:
        return re.compile("(?!)")
    # No letter, digit or dot joins it to more: that would be another's name.
    longest_first = "|".join(sorted(long, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?<!\.)(?:{longest_first})(?!\.?[^\W_])")


def _stretches(word: str) -> Iterator[str]:
    """Yield what lies between two marks or ends of a word, up to some marks apart."""
    pieces = _MARKS.split(word)
    for start in range(0, len(pieces) if len(pieces) > 1 else 0, 2):
        for stop in range(start + 1, start + 2 * MOST_PARTS, 2):
            part = "".join(pieces[start:stop])
            if stop <= len(pieces) and len(part) >= SHORTEST_PART:
                yield part


def digest_of(pseudonym: str) -> str:
    """Return what a tombstone keeps of a person."""
    return hashlib.sha256(pseudonym.encode()).hexdigest()


def named_in(rows: pa.Table, *, people: Sought) -> pa.Array:
    """Say for each row whether any text, number or list in it names the people."""
    is_named = np.zeros(rows.num_rows, dtype=bool)
    for column in rows.combine_chunks().columns:
        for chunk in column.chunks:
            _mark(is_named, chunk, np.arange(rows.num_rows), people=people)
    return pa.array(is_named)


def digests_in(rows: pa.Table, *, people: Sought) -> frozenset[str]:
    """Return the digests of those people whom any row names."""
    named = rows.filter(named_in(rows, people=people)).to_pylist()
    words = (people.words(text) for row in named for text in _leaves(row))
    return people.digests_of(frozenset[str]().union(*words))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    elif value is not None:
        yield _text(value)


def _mark(
    is_named: npt.NDArray[np.bool_],
    values: pa.Array,
    row_of: npt.NDArray[np.int64],
    *,
    people: Sought,
) -> None:
    if pa.types.is_map(values.type):
        # Arrow's list functions abort the process on maps: make it a list first.
        for side in (values.keys, values.items):
            texts = pa.ListArray.from_arrays(values.offsets, side)
            _mark(is_named, texts, row_of, people=people)
    elif _is_list(values.type):
        owners = row_of[np.asarray(pc.list_parent_indices(values))]
        _mark(is_named, pc.list_flatten(values), owners, people=people)
    elif pa.types.is_struct(values.type):
        for field in values.flatten():
            _mark(is_named, field, row_of, people=people)
    elif pa.types.is_dictionary(values.type):
        _mark(is_named, values.dictionary_decode(), row_of, people=people)
    elif _may_name(values.type):
        encoded = _identifiers(values).dictionary_encode()
        words = (people.words(_text(each)) for each in encoded.dictionary.to_pylist())
        hits = [bool(people.find(each)) for each in words]
        found = pa.array(hits, pa.bool_()).take(encoded.indices)
        is_named[row_of[np.asarray(pc.fill_null(found, False))]] = True  # noqa: FBT003 - Arrow's own signature


def _is_list(kind: pa.DataType) -> bool:
    kinds = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    return any(is_kind(kind) for is_kind in kinds)


def _may_name(kind: pa.DataType) -> bool:
    """Say whether values of a type may be somebody's identifier: no time, no yes."""
    is_other = pa.types.is_temporal(kind) or pa.types.is_boolean(kind)
    return not (is_other or pa.types.is_null(kind))


def _identifiers(values: pa.Array) -> pa.Array:
    """Return what may be identifiers; a number is one where it is whole.

    A column of numbers with empty cells is often written as fractions: 7001.0. Decimals
    stay as they are: a long identifier is exact as one, and as a fraction is not.
    """
    if not pa.types.is_floating(values.type):
        return values
    numbers = values.cast(pa.float64())
    is_whole = pc.and_(
        pc.equal(pc.floor(numbers), numbers), pc.less(pc.abs(numbers), 2.0**53)
    )
    return pc.if_else(is_whole, numbers, None).cast(pa.int64())


def _text(value: object) -> str:
    """Return a value as the identifier that it may be."""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
