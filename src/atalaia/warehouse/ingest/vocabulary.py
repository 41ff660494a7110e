"""What exports call our fields and codes, in English, Spanish and Portuguese."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["code_words", "folded", "header_words"]


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
    """Return what exports call each field; KEY, EVENT, … stand for many tables'."""
    found = yaml.safe_load(_shipped("headers.yaml"))
    return {name: tuple(words) for name, words in found.items()}


@cache
def code_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return everyday words for codes, by list and code, beside their own names."""
    found = yaml.safe_load(_shipped("code_words.yaml"))
    return {
        kind: {code: tuple(words) for code, words in codes.items()}
        for kind, codes in found.items()
    }


def _shipped(name: str) -> str:
    package = files("atalaia.warehouse.ingest")
    return package.joinpath(name).read_text(encoding="utf-8")
