"""Every policy has words, in each language, by which analysts look for it."""

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.trilingual import LANGUAGES

__all__ = ["NoAliasError", "RepeatedAliasError", "check"]


class NoAliasError(ReferenceDataError):
    """A policy that nobody of one language can find by a word."""

    message = "{place}\nThe policy '{policy}' has no alias in: {missing}."
    next_step = "Add a word that analysts type for it in that language."


class RepeatedAliasError(ReferenceDataError):
    """An alias is written twice in one language."""

    message = "{place}\nThe alias '{alias}' is written twice."
    next_step = "Keep one of the two."


def check(leaf: Entry) -> None:
    """Raise where a language has no alias or has one twice."""
    aliases = leaf.child("aliases")
    missing = [language for language in LANGUAGES if not aliases.value.get(language)]
    if missing:
        raise NoAliasError(place=aliases.mark, policy=leaf.key, missing=missing)
    for language in LANGUAGES:
        seen: set[str] = set()
        for alias in aliases.items(language):
            word = alias.text().casefold()
            if word in seen:
                raise RepeatedAliasError(place=alias.mark, alias=alias.text())
            seen.add(word)
