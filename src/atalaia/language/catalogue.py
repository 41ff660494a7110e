"""Messages in the reader's language: the English sentence is the key.

Catalogues are gettext .po files read as they are, so nothing has to be compiled; each
is parsed once per process and passed on as a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from babel.messages.pofile import read_po

from atalaia.language.format import BASE_LOCALE, Language

__all__ = ["SOURCE", "MissingMessageError", "Translator", "translator"]

SOURCE: Language = "en"
OnMissing = Literal["raise", "english"]
Texts = Mapping[tuple[str, str], tuple[str, ...]]


class MissingMessageError(LookupError):
    """A sentence that a catalogue does not hold; only a strict translator raises it."""

    def __init__(self, *, key: str, language: Language) -> None:
        self.key = key
        self.language = language
        super().__init__(
            f"The message {key!r} is not in the catalogue '{language}'. "
            "Run `make messages`, then translate it."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """The messages of one language.

    `missing` decides what a missing message does: raise (tests), or show the English
    sentence (people at work must still read it).
    """

    language: Language
    texts: Texts
    missing: OnMissing = "english"

    def text(self, key: str, /, *, sense: str = "", **fields: object) -> str:
        """Return a whole sentence with its fields filled in.

        `sense` tells apart two uses of one English text (gettext's context).

        >>> translator("es").text("Did you mean: {nearest}?", nearest="BR")
        '¿Quisiste decir: BR?'
        """
        return self.sentence(key, sense=sense).format(**fields)

    def sentence(self, key: str, /, *, sense: str = "") -> str:
        """Return a whole sentence with its fields still open, to be escaped first."""
        forms = self._forms(key, sense=sense)
        return forms[0] if forms else key

    def plural(self, one: str, many: str, count: int, /, **fields: object) -> str:
        """Return the form for a count; `{count}` is a field of both sentences."""
        return self.counted(one, many, count).format(**{"count": count, **fields})

    def counted(self, one: str, many: str, count: int, /) -> str:
        """Return the form of a sentence for a count with its fields still open."""
        forms = self._forms(one, sense="") or (one, many)
        return forms[0] if _is_singular(count, language=self.language) else forms[-1]

    def _forms(self, key: str, *, sense: str) -> tuple[str, ...]:
        if self.language == SOURCE or not key:
            return ()
        forms = self.texts.get((sense, key), ())
        if not forms and self.missing == "raise":
            raise MissingMessageError(key=key, language=self.language)
        return forms


def translator(language: Language, *, missing: OnMissing = "english") -> Translator:
    """Return the messages of a language; `missing="raise"` refuses missing ones."""
    texts = {} if language == SOURCE else _texts(language)
    return Translator(language=language, texts=texts, missing=missing)


def _is_singular(count: int, *, language: Language) -> bool:
    """Portuguese of Brazil counts zero as one: 0 caso; the others do not."""
    return count in (0, 1) if language == "pt" else count == 1


@cache
def _texts(language: Language) -> Texts:
    folder = files("atalaia.language").joinpath("locale", language, "LC_MESSAGES")
    with folder.joinpath("atalaia.po").open("rb") as source:
        catalogue = read_po(source, locale=BASE_LOCALE[language])
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string
        forms = (text,) if isinstance(text, str) else tuple(text or ())
        if key and forms and all(forms):
            found[(message.context or "", key)] = forms
    return found
