"""An allow-note is whole in three languages and names known markets and real days."""

from datetime import date

from atalaia.domain.marked_entry import Entry
from atalaia.domain.markets import Markets

__all__ = ["check"]

LEAP_YEAR = 2024


def check(leaf: Entry, *, markets: Markets) -> None:
    """Raise at a note's missing language, unknown market or impossible day."""
    for version in leaf.items("versions"):
        for note in version.items("allow_notes") if version.has("allow_notes") else ():
            note.trilingual("text")
            for market in note.items("markets") if note.has("markets") else ():
                market.one_of(markets.codes, kind="markets")
            if note.has("season"):
                for day in note.fields("season"):
                    _check_day(day)


def _check_day(entry: Entry) -> None:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{entry.text()}")
    except ValueError:
        raise entry.wrong_type("'10-25'") from None
