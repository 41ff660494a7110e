"""Conditions on a view's rows, as a metric file writes them."""

from atalaia.domain.marked_entry import Entry, MissingFieldError
from atalaia.metrics.dimensions import reachable
from atalaia.metrics.filter_values import CODES
from atalaia.metrics.measure import Check, Condition
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.policy_words import UNKNOWN

__all__ = ["column_of", "conditions"]

LISTS = {"any_of": Check.IS_ANY_OF, "none_of": Check.IS_NONE_OF}
FLAGS = {True: Check.IS_TRUE, False: Check.IS_FALSE}
TESTS = (*LISTS, "is", "known")


def conditions(entry: Entry, *, view: str) -> tuple[Condition, ...]:
    """Return the block's `where`, a condition an item; none where it has none.

    Raises UnknownReferenceError on a column that the view lacks, or a code that no
    list holds.
    """
    if not entry.has("where"):
        return ()
    return tuple(_condition(item, view=view) for item in entry.items("where"))


def column_of(entry: Entry, *, view: str) -> str:
    """Return a column of the view, or one that it can be joined to."""
    known = sorted(reachable(VIEWS[view].columns))
    return entry.one_of(known, kind="column")


def _condition(item: Entry, *, view: str) -> Condition:
    item.only("column", *TESTS)
    column = column_of(item.child("column"), view=view)
    for name, check in LISTS.items():
        if item.has(name):
            values = tuple(_value(value, column=column) for value in item.items(name))
            return Condition(column=column, test=check, values=values)
    if item.has("known"):
        if not item.yes("known"):
            raise item.child("known").wrong_type("true")
        return Condition(column=column, test=Check.IS_KNOWN)
    if item.has("is"):
        return Condition(column=column, test=FLAGS[item.yes("is")])
    raise MissingFieldError(place=item.mark, field=" | ".join(TESTS))


def _value(entry: Entry, *, column: str) -> str:
    """Return a text; where the column holds codes, one of them."""
    if column not in CODES:
        return entry.text()
    known = [*(code.value for code in CODES[column]), UNKNOWN]
    return entry.one_of(known, kind=column)
