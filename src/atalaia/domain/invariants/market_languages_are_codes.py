"""Every market has a language, and each is a code that Babel can name."""

from babel import Locale

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise where a language is no ISO code or a market has none."""
    known = Locale("en").languages
    for market in root.fields("markets"):
        languages = market.items("languages")
        if not languages:
            raise market.child("languages").wrong_type("[es, …]")
        for language in languages:
            language.one_of(known, kind="languages")
