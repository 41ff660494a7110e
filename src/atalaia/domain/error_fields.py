"""An error's fields as a reader sees them: names in her language, lists with commas."""

from collections.abc import Iterable

from atalaia.domain.trilingual import Language, Trilingual

__all__ = ["said_field"]


def said_field(value: object, *, language: Language) -> str:
    """Return a field of an error as text.

    >>> said_field([Trilingual(en="case", es="caso", pt="caso"), 3], language="es")
    'caso, 3'
    """
    if isinstance(value, Trilingual):
        return value.of(language)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return ", ".join(said_field(item, language=language) for item in value)
