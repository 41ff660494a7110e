"""Reads an owner's codes as ours: by name, by a part of a name, or by a likely slip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from rapidfuzz import fuzz, process

from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.warehouse.contracts.contract import Field, Kind
from atalaia.warehouse.ingest.vocabulary import code_words, folded

__all__ = ["Certainty", "CodeBook", "CodeBooks", "CodeReading"]

# Shorter words are another word as soon as one letter differs.
SHORTEST_GUESS = 4
SLIP_LIKENESS = 80


class Certainty(IntEnum):
    """How sure a proposal is; only what is exact is sure."""

    NONE = 0
    DOUBTFUL = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReading:
    """What an owner's code may mean: `code`, because we know it as `word`."""

    text: str
    certainty: Certainty
    code: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes of one list by their folded words, each word as it is written."""

    codes: Mapping[str, str]
    written: Mapping[str, str]
    neutral: Mapping[str, str]

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]]) -> "CodeBook":
        """Gather (word, code) pairs; a word of several codes means none of them."""
        codes: dict[str, set[str]] = {}
        neutral: dict[str, set[str]] = {}
        written: dict[str, str] = {}
        for word, code in words:
            key = folded(word)
            codes.setdefault(key, set()).add(code)
            neutral.setdefault(_neutral(key), set()).add(code)
            written.setdefault(key, word)
        return cls(_single(codes), written, _single(neutral))

    def read(self, text: str) -> CodeReading:
        """Say what a text means and how sure that is."""
        wanted = folded(text)
        code = self.codes.get(wanted) or self.neutral.get(_neutral(wanted))
        if code is not None:
            return CodeReading(text=text, certainty=Certainty.SURE, code=code)
        if len(wanted) < SHORTEST_GUESS:
            return CodeReading(text=text, certainty=Certainty.NONE)
        words = set(wanted.split())
        holding = [name for name in self.codes if words <= set(name.split())]
        if holding:
            return self._within(holding, text=text)
        return self._slip(wanted, text=text)

    def _within(self, names: Sequence[str], *, text: str) -> CodeReading:
        """Names that hold all the words: of one code, or of a parent and its own."""
        code = _common({self.codes[name] for name in names})
        if code is None:
            return CodeReading(text=text, certainty=Certainty.NONE)
        word = next(name for name in names if self.codes[name] == code)
        return CodeReading(
            text=text,
            certainty=Certainty.LIKELY,
            code=code,
            word=self.written[word],
        )

    def _slip(self, wanted: str, *, text: str) -> CodeReading:
        """A name that differs by a slip of the pen; another number is another name."""
        near = process.extract(
            wanted,
            self.codes.keys(),
            scorer=fuzz.ratio,
            score_cutoff=SLIP_LIKENESS,
            limit=None,
        )
        digits = _digits(wanted)
        best = next((name for name, _, _ in near if _digits(name) == digits), None)
        if best is None:
            return CodeReading(text=text, certainty=Certainty.NONE)
        return CodeReading(
            text=text,
            certainty=Certainty.DOUBTFUL,
            code=self.codes[best],
            word=self.written[best],
        )


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]


def _neutral(text: str) -> str:
    """Return a text whose words have no gender: "activa" and "activo" are one."""
    return " ".join(
        word[:-1] + "_" if len(word) > 3 and word[-1] in "ao" else word
        for word in text.split()
    )


def _single(found: Mapping[str, set[str]]) -> dict[str, str]:
    common = {word: _common(codes) for word, codes in found.items()}
    return {word: code for word, code in common.items() if code is not None}


def _common(codes: set[str]) -> str | None:
    """Return the one code, or the one that is parent of all the others."""
    first, *others = sorted(codes, key=len) or [""]
    is_parent = all(code.startswith(f"{first}.") for code in others)
    return first if first and is_parent else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBooks:
    """The code books of one installation's reference data, made once."""

    markets: CodeBook
    policies: CodeBook
    lists: Mapping[str, CodeBook]

    @classmethod
    def of(cls, reference: Reference) -> "CodeBooks":
        """Make the books of markets, policies and every closed list."""
        names = reference.names.lists
        return cls(
            markets=_of_markets(reference),
            policies=_of_policies(reference),
            lists={kind: _of_list(kind, named=named) for kind, named in names.items()},
        )

    def of_field(self, item: Field) -> CodeBook | None:
        """Return the codes that a field may hold; None for an open field."""
        if item.name == "market":
            return self.markets
        if item.name == "policy_id":
            return self.policies
        if item.allowed and item.kind is Kind.TEXT:
            return self.lists[type(item.allowed[0]).__name__]
        return None


def _of_markets(reference: Reference) -> CodeBook:
    return CodeBook.of(
        (word, market.code)
        for market in reference.markets
        for word in (market.code, *market.name)
    )


def _of_policies(reference: Reference) -> CodeBook:
    leaves = [
        (word, leaf.id)
        for leaf in reference.policies.leaves
        for word in (leaf.id, *leaf.name, *chain(*leaf.aliases.values()))
    ]
    groups = [
        (word, group.id)
        for group in reference.policies.groups.values()
        for word in (group.id, *group.name)
    ]
    return CodeBook.of([*leaves, *groups])


def _of_list(kind: str, *, named: Mapping[str, Trilingual]) -> CodeBook:
    more = code_words().get(kind, {})
    return CodeBook.of(
        (word, code)
        for code, name in named.items()
        for word in (code, *name, *more.get(code, ()))
    )
