"""Tells what a column holds by its header and by its values."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc
import yaml
from rapidfuzz import fuzz, process

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.ingest.numbers import numbers_of, proven_mark, text_of
from atalaia.warehouse.ingest.times import moments_of

__all__ = ["Column", "Likeness", "folded", "header_words", "likeness", "market_codes"]

SAMPLE = 2_000
MOST_CODES = 60
NAME_WEIGHT = 0.7
CODE_LIKENESS = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How well a column fits a field, from 0 to 1, and what its codes mean."""

    score: float
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with a sample of its values; `distinct` is empty beyond `MOST_CODES`."""

    name: str
    values: pa.Array
    distinct: tuple[str, ...]

    @classmethod
    def of(cls, name: str, values: pa.Array) -> "Column":
        """Look at a column's first rows."""
        sample = values.slice(0, SAMPLE)
        texts = pc.unique(text_of(sample)).drop_null().to_pylist()
        few = tuple(texts) if len(texts) <= MOST_CODES else ()
        return cls(name=name, values=sample, distinct=few)

    @property
    def time_share(self) -> float:
        """Share of values that read as dates or times; plain numbers do not count."""
        if pa.types.is_temporal(self.values.type):
            return 1.0
        if not pa.types.is_string(self.values.type):
            return 0.0
        read = moments_of(self.values, order="dmy")
        other = moments_of(self.values, order="mdy")
        filled = len(self.values) - text_of(self.values).null_count
        digits = pc.match_substring_regex(text_of(self.values), r"^\d+(\.\d+)?$")
        plain = pc.sum(digits).as_py() or 0
        bad = min(int(read.is_bad.sum()), int(other.is_bad.sum()))
        return max(0.0, (filled - bad - plain) / filled) if filled else 0.0

    @property
    def serial_share(self) -> float:
        """Share of values that are numbers of a size that spreadsheets give dates."""
        if pa.types.is_temporal(self.values.type):
            return 0.0
        read = moments_of(self.values, order="dmy")
        filled = len(self.values) - text_of(self.values).null_count
        return 1.0 - int(read.is_bad.sum()) / filled if filled else 0.0

    @property
    def number_share(self) -> float:
        """Share of values that read as numbers."""
        if pa.types.is_temporal(self.values.type):
            return 0.0
        decimal = (
            proven_mark(self.values) if pa.types.is_string(self.values.type) else None
        )
        read = numbers_of(self.values, decimal=decimal or ".")
        filled = len(self.values) - text_of(self.values).null_count
        bad = pc.sum(read.bad).as_py() or 0
        return (filled - bad) / filled if filled else 0.0


def folded(text: str) -> str:
    """Return a text without case, accents and marks.

    >>> folded("Duração_(min)")
    'duracao min'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


@cache
def header_words() -> Mapping[str, tuple[str, ...]]:
    """Return what exports call each field."""
    text = files("atalaia.warehouse.ingest").joinpath("headers.yaml")
    found = yaml.safe_load(text.read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in found.items()}


def likeness(
    column: Column, item: Field, *, contract: Contract, reference: Reference
) -> Likeness:
    """Say how well a column fits a field; 0 where its values cannot be that."""
    name = _name_likeness(column.name, item)
    if item.name == "market":
        return _coded(column, name, known=market_codes(reference))
    if item.name == "policy_id":
        return _policy(column, name, reference=reference)
    if item.allowed and item.kind is Kind.TEXT:
        return _coded(column, name, known=_code_words(item, reference=reference))
    return Likeness(score=_plain_score(column, item, name=name, contract=contract))


def _plain_score(
    column: Column, item: Field, *, name: float, contract: Contract
) -> float:
    """Score a field without codes: by the header, where the values can be that."""
    if item.kind in (Kind.INSTANT, Kind.DATE):
        # Numbers are dates only where the header says so too.
        value = column.time_share or (column.serial_share if name > 0.9 else 0.0)
        return _joined(name, value) if value > 0.6 else 0.0
    if item.kind in (Kind.NUMBER, Kind.INTEGER):
        return name if column.number_share > 0.6 else 0.0
    is_key = item.name in contract.key and item.kind is Kind.TEXT
    return 0.0 if is_key and column.time_share > 0.9 else name


def _joined(name: float, value: float) -> float:
    return NAME_WEIGHT * name + (1 - NAME_WEIGHT) * value


def _name_likeness(name: str, item: Field) -> float:
    wanted = folded(name)
    words = {folded(item.name), *map(folded, item.aliases)}
    words |= set(map(folded, header_words().get(item.name, ())))
    if wanted in words:
        return 1.0
    # An id column often says more than its alias: "ID de la sala (LIVE)".
    best = process.extractOne(wanted, sorted(words), scorer=fuzz.WRatio)
    return 0.95 * best[1] / 100 if best and best[1] > 70 else 0.0


@cache
def _market_words(codes: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {folded(word): code for word, code in codes}


def market_codes(reference: Reference) -> Mapping[str, str]:
    """Return every folded name and code of a market, to its code."""
    words = [
        (word, market.code)
        for market in reference.markets
        for word in (market.code, market.name.en, market.name.es, market.name.pt)
    ]
    return _market_words(tuple(words))


def _code_words(item: Field, *, reference: Reference) -> Mapping[str, str]:
    """Return the folded codes of a closed list and their names in three languages."""
    words: dict[str, str] = {}
    for code in item.allowed:
        words[folded(str(code))] = str(code)
        names = reference.names.lists.get(type(code).__name__, {}).get(str(code))
        for word in names or ():
            words.setdefault(folded(word), str(code))
    return words


def _coded(column: Column, name: float, *, known: Mapping[str, str]) -> Likeness:
    if not column.distinct:
        return Likeness(score=0.0)
    codes: dict[str, str] = {}
    unknown: list[str] = []
    for text in column.distinct:
        code = _code_called(folded(text), known=known)
        if code is None:
            unknown.append(text)
        else:
            codes[text] = code
    share = len(codes) / len(column.distinct)
    score = max(_joined(name, share), 0.9 * share if len(codes) > 1 else 0.0)
    if share == 0 and name < 0.9:
        score = 0.0
    return Likeness(score=score, codes=codes, unknown_codes=tuple(unknown))


def _code_called(wanted: str, *, known: Mapping[str, str]) -> str | None:
    """Return the code of nearly this name, or the only one whose name holds it."""
    best = process.extractOne(wanted, sorted(known), scorer=fuzz.ratio)
    if best and best[1] >= CODE_LIKENESS:
        return known[best[0]]
    words = set(wanted.split())
    holding = {code for name, code in known.items() if words <= set(name.split())}
    return holding.pop() if words and len(holding) == 1 else None


def _policy(column: Column, name: float, *, reference: Reference) -> Likeness:
    if not column.distinct:
        return Likeness(score=0.0)
    tree = reference.policies
    codes: dict[str, str] = {}
    unknown: list[str] = []
    for text in column.distinct:
        called = tree.called(text)
        if text in tree.by_id or text in tree.groups:
            codes[text] = text
        elif len(called) == 1:
            codes[text] = called[0].id
        else:
            unknown.append(text)
    share = len(codes) / len(column.distinct)
    score = max(_joined(name, share), 0.9 * share) if share or name >= 0.9 else 0.0
    return Likeness(score=score, codes=codes, unknown_codes=tuple(unknown))
