"""Finds what reaches a page without coming through the catalogue.

    with every_sentence_marked(monkeypatch):
        html = client.get(address).content.decode()
    assert unspoken(html, data=["ana@example.org"]) == []

Every sentence, code name, date and number is put between ⟦ and ⟧; what has letters
outside them, and is neither data nor a proper name, nobody translated. An element with
translate="no" holds data.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from html.parser import HTMLParser
from typing import Any

import pytest

from atalaia.domain.trilingual import Trilingual
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["every_sentence_marked", "unspoken"]

SPOKEN = {
    Translator: ("sentence", "counted"),
    Trilingual: ("of",),
    Voice: tuple(
        name
        for name, each in vars(Voice).items()
        if callable(each) and not name.startswith("_")
    ),
}
PROPER = ("Atalaia", "English", "Español", "Português", "LIVE", "UTC", "CSV", "XLSX")
ATTRIBUTES = ("alt", "aria-label", "data-copied", "data-label", "placeholder", "title")
SILENT = {"script", "style", "kbd", "code"}
EMPTY = {"meta", "link", "input", "img", "br", "hr", "use", "wbr", "source", "area"}
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


@contextmanager
def every_sentence_marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put marks around whatever the catalogue, the codes and the voice say."""
    with monkeypatch.context() as patched:
        for of, names in SPOKEN.items():
            for name in names:
                patched.setattr(of, name, _marked(getattr(of, name)))
        yield


def unspoken(html: str, *, data: Iterable[str] = ()) -> list[str]:
    """Return each text and attribute that has letters of nobody's."""
    page = _Page()
    page.feed(html)
    allowed = sorted((*PROPER, *data), key=len, reverse=True)
    return [f"{where}: {text}" for where, text in page.found if _leaks(text, allowed)]


def _marked(said: Callable[..., str]) -> Callable[..., str]:
    @wraps(said)
    def answered(*args: Any, **named: Any) -> str:
        return f"⟦{said(*args, **named)}⟧"

    return answered


def _leaks(text: str, allowed: Iterable[str]) -> bool:
    while (rest := INNERMOST.sub("", text)) != text:
        text = rest
    for each in allowed:
        text = text.replace(each, "")
    return any(letter.isalpha() for letter in text)


class _Page(HTMLParser):
    """Collects what a reader sees or hears, with the element that holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_data = said.get("translate") == "no"
        is_button = tag == "input" and said.get("type") in {"submit", "button"}
        heard = (*ATTRIBUTES, "value") if is_button else ATTRIBUTES
        if not self._is_silent and not is_data:
            self.found += [(f"{tag}[{n}]", said[n] or "") for n in heard if n in said]
        if tag not in EMPTY:
            self._open.append((tag, is_data or tag in SILENT))

    def handle_endtag(self, tag: str) -> None:
        if tag in {opened for opened, _ in self._open}:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            where = self._open[-1][0] if self._open else ""
            self.found.append((where, " ".join(data.split())))

    @property
    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._open)
