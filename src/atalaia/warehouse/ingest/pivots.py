"""Finds a wide pivot: markets, policies or periods that stand side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from atalaia.warehouse.ingest.known_codes import CodeBooks
from atalaia.warehouse.ingest.periods import span_of
from atalaia.warehouse.ingest.vocabulary import folded

__all__ = ["Pivot", "pivot_of"]

WORD = re.compile(r"[^\W_]+")
# The longest label: "26/10/2026 - 01/11/2026" has six words.
MOST_WORDS = 6
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """Columns that say with their headers what rows should say.

    Attributes:
        melted: the labels of each melted name, as the headers write them.
        codes: what the labels of a melted name stand for; none for periods.
        places: how a mapping names the columns, as in "{market} / Casos", each with
            what stands there ("Casos") and one of its columns.
        columns: every column of the pivot.
    """

    melted: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]]
    places: tuple[tuple[str, str, str], ...]
    columns: frozenset[str]


def pivot_of(
    columns: Sequence[str], *, books: CodeBooks, year: int | None
) -> Pivot | None:
    """Return the pivot that the headers make; None where rows tell everything.

    `year` is the one of weeks and months that name none.
    """
    found: dict[str, dict[str, Labels]] = {}
    for name in columns:
        place, labels = _labelled(name, books=books, year=year)
        if labels:
            found.setdefault(place, {})[name] = labels
    if not found:
        return None
    widest = max(found.values(), key=len)
    melted = _melted(widest.values())
    names = tuple(melted)
    whole = {
        place: of_place
        for place, of_place in found.items()
        if _combinations(of_place.values(), names=names)
        == set(product(*melted.values()))
    }
    if len(widest) < 2 or not whole:
        return None
    return Pivot(
        melted=melted,
        codes={name: _codes(name, melted[name], books=books) for name in names},
        places=tuple(
            (place, _measure(place), next(iter(of_place)))
            for place, of_place in whole.items()
        ),
        columns=frozenset(name for of_place in whole.values() for name in of_place),
    )


def _melted(rows: Iterable[Labels]) -> dict[str, tuple[str, ...]]:
    """Return each dimension's labels in the order of the columns."""
    found: dict[str, dict[str, None]] = {}
    for labels in rows:
        for name, label in labels.items():
            found.setdefault(name, {})[label] = None
    return {name: tuple(labels) for name, labels in found.items()}


def _combinations(
    rows: Iterable[Labels], *, names: tuple[str, ...]
) -> set[tuple[str, ...]]:
    return {tuple(labels.get(name, "") for name in names) for labels in rows}


def _labelled(
    name: str, *, books: CodeBooks, year: int | None
) -> tuple[str, dict[str, str]]:
    """Return a header with its labels as braces, and the labels."""
    labels: dict[str, str] = {}
    place = name.replace("{", "{{").replace("}", "}}")
    for dimension in ("period", "market", "policy"):
        for text in _spans(name):
            if _is_label(text, dimension=dimension, books=books, year=year):
                labels[dimension] = text
                place = place.replace(text, f"{{{dimension}}}", 1)
                name = name.replace(text, " ", 1)
                break
    return place, labels


def _spans(name: str) -> Iterator[str]:
    """Yield the runs of words of a header, the longest first."""
    words = list(WORD.finditer(name))
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield name[words[start].start() : words[start + length - 1].end()]


def _is_label(text: str, *, dimension: str, books: CodeBooks, year: int | None) -> bool:
    if dimension == "period":
        return span_of(text, year=year) is not None
    # Lower-case "pe" or "co" are words; a market's code is written large.
    if dimension == "market" and len(text) < 3:
        return text.isupper() and text in books.markets.codes.values()
    book = books.markets if dimension == "market" else books.policies
    return folded(text) in book.codes


def _codes(
    name: str, labels: tuple[str, ...], *, books: CodeBooks
) -> Mapping[str, str]:
    if name == "period":
        return {}
    book = books.markets if name == "market" else books.policies
    return {label: book.codes[folded(label)] for label in labels}


def _measure(place: str) -> str:
    """Return what stands in a pivot's columns: "Casos" of "{market} / Casos"."""
    words = WORD.findall(re.sub(r"\{\w+\}", " ", place))
    return " ".join(words)
