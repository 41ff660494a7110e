"""A text that people read, whole in all three languages of the desk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from atalaia.domain.errors import MissingTranslationError
from atalaia.language.format import Language

__all__ = ["LANGUAGES", "Language", "Trilingual"]

LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Trilingual:
    """One text in English, Spanish (es-419) and Portuguese (pt-BR)."""

    en: str
    es: str
    pt: str

    def __post_init__(self) -> None:
        missing = [language for language in LANGUAGES if not self.of(language).strip()]
        if missing:
            raise MissingTranslationError(text=self.en or repr(self), missing=missing)

    def __iter__(self) -> Iterator[str]:
        return iter((self.en, self.es, self.pt))

    def __str__(self) -> str:
        """Return the English text, the language of the library's own errors."""
        return self.en

    def of(self, language: Language) -> str:
        """Return the text in one language.

        >>> Trilingual(en="case", es="caso", pt="caso").of("pt")
        'caso'
        """
        texts: Mapping[str, str] = {"en": self.en, "es": self.es, "pt": self.pt}
        return texts[language]
