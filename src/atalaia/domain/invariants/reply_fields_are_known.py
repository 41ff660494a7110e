"""What a reply leaves open is what a case can fill, the same in every language."""

from string import Formatter

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["FIELDS", "PARTS", "UnevenFieldsError", "check"]

FIELDS = ("day", "policy", "rule")
PARTS = ("what", "why", "next")


class UnevenFieldsError(ReferenceDataError):
    """One language says what another leaves out."""

    message = "{place}\nThe languages of '{part}' do not hold the same fields."
    next_step = "Write the same fields in braces in English, Spanish and Portuguese."


def check(reply: Entry) -> frozenset[str]:
    """Return the fields of a reply; raise at the first that no case fills."""
    return frozenset(field for part in PARTS for field in _of(reply.child(part)))


def _of(part: Entry) -> frozenset[str]:
    held = [_fields(text) for text in part.fields()]
    if len(set(held)) > 1:
        raise UnevenFieldsError(place=part.mark, part=part.key)
    return held[0] if held else frozenset()


def _fields(text: Entry) -> frozenset[str]:
    try:
        pieces = list(Formatter().parse(text.text()))
    except ValueError:
        raise text.wrong_type("'… {policy} …'") from None
    found = set()
    for _, name, form, conversion in pieces:
        if name is None:
            continue
        if name not in FIELDS or form or conversion:
            raise text.unknown(kind="fields of a reply", known=FIELDS)
        found.add(name)
    return frozenset(found)
