"""Tells which field a column fills, by its header and by its values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.ingest.column_sample import Column
from atalaia.warehouse.ingest.converting import NO, YES
from atalaia.warehouse.ingest.known_codes import (
    Certainty,
    CodeBook,
    CodeBooks,
    CodeReading,
)
from atalaia.warehouse.ingest.vocabulary import folded, header_words

__all__ = ["FIRM", "HeaderLikeness", "Likeness", "header_likeness", "likeness"]

# Below it a doubtful proposal is written as a comment.
FIRM = 0.8
NAME_WEIGHT = 0.7
# A shorter header is another word as soon as one letter differs.
SHORTEST_GUESS = 5
SLIP_LIKENESS = 75
BRACKETS = re.compile(r"[(\[].*?[)\]]")
SMALL_WORDS = frozenset(
    (
        *("a", "al", "as", "com", "con", "da", "das", "de", "del", "do", "dos", "e"),
        *("el", "em", "en", "la", "las", "los", "n", "na", "no", "nº", "o", "of"),
        *("os", "the", "y"),
    )
)
# Fields whose values alone tell what they are.
TOLD_BY_VALUES = ("market", "policy_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLikeness:
    """How near a header is to a field's known names, and to which of them."""

    score: float = 0.0
    certainty: Certainty = Certainty.NONE
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How well a column fits a field, from 0 to 1, and what its codes mean.

    Attributes:
        word: the known name that the header is nearly; empty where it is one.
        is_by_values: the values told, not the header.
    """

    score: float = 0.0
    certainty: Certainty = Certainty.NONE
    word: str = ""
    is_by_values: bool = False
    codes: tuple[CodeReading, ...] = ()

    @property
    def is_firm(self) -> bool:
        """Whether it may stand as it is; what is not is written as a comment."""
        is_guess = self.certainty is Certainty.DOUBTFUL and self.score < FIRM
        return self.certainty is not Certainty.NONE and not is_guess


def likeness(
    column: Column, item: Field, *, contract: Contract, books: CodeBooks
) -> Likeness:
    """Say how well a column fits a field; 0 where its values cannot be that."""
    header = header_likeness(column.name, item, contract=contract)
    book = books.of_field(item)
    if book is not None and column.distinct:
        return _coded(column, item, header=header, book=book)
    return _plain(column, item, header=header, contract=contract)


def header_likeness(name: str, item: Field, *, contract: Contract) -> HeaderLikeness:
    """Compare a header with a field's names; only an exact one is sure."""
    known = _known_words(contract.name, item.name)
    wanted = folded(name)
    if wanted in known:
        return HeaderLikeness(score=1.0, certainty=Certainty.SURE)
    bare = folded(BRACKETS.sub(" ", name))
    if bare in known:
        return _near(0.95, Certainty.LIKELY, known[bare])
    weighty = _weighty(bare)
    same = next((word for word in known if _weighty(word) == weighty), None)
    if same is not None and weighty:
        return _near(0.92, Certainty.LIKELY, known[same])
    if bare in _stand_ins(contract, item):
        return _near(0.9, Certainty.LIKELY, bare)
    return _guessed(bare, known=known)


def _near(score: float, certainty: Certainty, word: str) -> HeaderLikeness:
    return HeaderLikeness(score=score, certainty=certainty, word=word)


def _guessed(bare: str, *, known: Mapping[str, str]) -> HeaderLikeness:
    """A slip of the pen, or a header that says more than a known name."""
    if len(bare) < SHORTEST_GUESS:
        return HeaderLikeness()
    long = [word for word in known if len(word) >= SHORTEST_GUESS]
    best = process.extractOne(bare, long, scorer=fuzz.ratio, score_cutoff=SLIP_LIKENESS)
    if best is not None:
        return _near(0.9 * best[1] / 100, Certainty.DOUBTFUL, known[best[0]])
    within = [word for word in long if _weighty(word) < _weighty(bare)]
    if not within:
        return HeaderLikeness()
    return _near(0.62, Certainty.DOUBTFUL, known[max(within, key=len)])


@cache
def _known_words(table: str, field: str) -> Mapping[str, str]:
    """Return a field's folded names, each to how it is written."""
    item = CONTRACTS[table].field(field)
    words = header_words()
    more = (*words.get(f"{table}.{field}", ()), *words.get(field, ()))
    return {folded(word): word for word in (item.name, *item.aliases, *more)}


def _stand_ins(contract: Contract, item: Field) -> frozenset[str]:
    """Return what names the identifier or the moment of whatever the rows are."""
    words = header_words()
    found: Iterable[str] = ()
    if contract.key == (item.name,):
        found = words["KEY"]
    elif item.name == contract.event_time:
        found = words["EVENT"]
    return frozenset(map(folded, found))


def _weighty(text: str) -> frozenset[str]:
    return frozenset(text.split()) - SMALL_WORDS


def _plain(
    column: Column, item: Field, *, header: HeaderLikeness, contract: Contract
) -> Likeness:
    """Judge a field without codes: by the header, where the values can be that."""
    is_named = header.certainty is not Certainty.NONE
    if not is_named or not _can_be(column, item, header=header, contract=contract):
        return Likeness()
    return Likeness(score=header.score, certainty=header.certainty, word=header.word)


def _can_be(
    column: Column, item: Field, *, header: HeaderLikeness, contract: Contract
) -> bool:
    if item.kind in (Kind.INSTANT, Kind.DATE):
        # Numbers are dates only where the header says so too.
        is_named = header.certainty >= Certainty.LIKELY
        return column.time_share > 0.6 or (is_named and column.serial_share > 0.6)
    if item.kind in (Kind.NUMBER, Kind.INTEGER):
        return column.number_share > 0.6
    if item.kind is Kind.FLAG:
        flags = {*YES, *NO}
        return bool(column.distinct) and {t.lower() for t in column.distinct} <= flags
    is_key = item.name in contract.key and item.kind is Kind.TEXT
    return not (is_key and column.time_share > 0.9)


def _coded(
    column: Column, item: Field, *, header: HeaderLikeness, book: CodeBook
) -> Likeness:
    codes = tuple(book.read(text) for text in column.distinct)
    readable = [code for code in codes if code.certainty >= Certainty.LIKELY]
    share = len(readable) / len(codes)
    if share == 0:
        # The header fits and no value does: it may be another list altogether.
        is_named = header.certainty >= Certainty.LIKELY
        return Likeness(
            score=0.6 if is_named else 0.0,
            certainty=Certainty.DOUBTFUL if is_named else Certainty.NONE,
            word=header.word,
            codes=codes,
        )
    joined = NAME_WEIGHT * header.score + (1 - NAME_WEIGHT) * share
    exact = sum(code.certainty is Certainty.SURE for code in codes)
    by_values = 0.9 * share if exact > 1 and share > 0.6 else 0.0
    if by_values > joined:
        is_told = item.name in TOLD_BY_VALUES
        return Likeness(
            score=by_values if is_told else min(by_values, 0.7),
            certainty=Certainty.LIKELY if is_told else Certainty.DOUBTFUL,
            is_by_values=True,
            codes=codes,
        )
    return Likeness(
        score=joined,
        certainty=min(header.certainty, _of_share(share)),
        word=header.word,
        codes=codes,
    )


def _of_share(share: float) -> Certainty:
    return Certainty.SURE if share >= 0.5 else Certainty.LIKELY
