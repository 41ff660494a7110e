"""A reason to read a figure with care, in one sentence."""

from atalaia.domain.error_fields import said_field
from atalaia.language.catalogue import Translator
from atalaia.reporting.contents.brief import Caveat

__all__ = ["caveat_sentence"]


def caveat_sentence(caveat: Caveat, *, words: Translator) -> str:
    """Return the sentence with its fields in the reader's language."""
    shown = {
        name: said_field(value, language=words.language)
        for name, value in caveat.fields.items()
    }
    return words.text(caveat.message, **shown)
