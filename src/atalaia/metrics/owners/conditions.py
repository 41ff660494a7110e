"""Conditions on a view's rows, as a metric file writes them."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.marked_entry import Entry, MissingFieldError
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.dimensions import reachable
from atalaia.metrics.filter_values import listed_values
from atalaia.metrics.measure import Check, Condition
from atalaia.metrics.owners.errors import (
    EmptyListError,
    MisfitTestError,
    SeveralFieldsError,
)
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.column_kinds import ColumnKind, kind_of
from atalaia.metrics.views.policy_words import UNKNOWN

__all__ = ["column_of", "conditions"]

LISTS = {"any_of": Check.IS_ANY_OF, "none_of": Check.IS_NONE_OF}
FLAGS = {True: Check.IS_TRUE, False: Check.IS_FALSE}
TESTS = (*LISTS, "is", "known")
FITTING: Mapping[ColumnKind, tuple[str, ...]] = MappingProxyType(
    {
        ColumnKind.TEXT: (*LISTS, "known"),
        ColumnKind.FLAG: ("is", "known"),
        ColumnKind.AMOUNT: ("known",),
        ColumnKind.MOMENT: ("known",),
    }
)
HELD: Mapping[ColumnKind, Trilingual] = MappingProxyType(
    {
        ColumnKind.TEXT: Trilingual(en="words", es="palabras", pt="palavras"),
        ColumnKind.FLAG: Trilingual(en="yes or no", es="sí o no", pt="sim ou não"),
        ColumnKind.AMOUNT: Trilingual(en="numbers", es="números", pt="números"),
        ColumnKind.MOMENT: Trilingual(en="moments", es="momentos", pt="momentos"),
    }
)
OF_POLICIES = ("policy", "policy_l1")
"""A statement's category stands in these where nobody could name the policy."""


def conditions(
    entry: Entry, *, view: str, reference: Reference
) -> tuple[Condition, ...]:
    """Return the block's `where`, a condition an item; none where it has none.

    Raises:
        UnknownReferenceError: a column that the view lacks, or a code, market or policy
            that no list holds.
        MisfitTestError: a test of what the column does not hold.
        SeveralFieldsError, MissingFieldError: not exactly one test in a condition.
        EmptyListError: a list that matches nothing.
    """
    if not entry.has("where"):
        return ()
    return tuple(
        _condition(item, view=view, reference=reference)
        for item in entry.items("where")
    )


def column_of(entry: Entry, *, view: str) -> str:
    """Return a column of the view, or one that it can be joined to."""
    known = sorted(reachable(VIEWS[view].columns))
    return entry.one_of(known, kind="column")


def _condition(item: Entry, *, view: str, reference: Reference) -> Condition:
    item.only("column", *TESTS)
    column = column_of(item.child("column"), view=view)
    test = _only_test(item)
    _require_fit(item.child(test), column=column)
    if test in LISTS:
        values = _values(item.child(test), column=column, reference=reference)
        return Condition(column=column, test=LISTS[test], values=values)
    if test == "is":
        return Condition(column=column, test=FLAGS[item.yes("is")])
    if not item.yes("known"):
        raise item.child("known").wrong_type("true")
    return Condition(column=column, test=Check.IS_KNOWN)


def _only_test(item: Entry) -> str:
    found = [name for name in TESTS if item.has(name)]
    if not found:
        raise MissingFieldError(place=item.mark, field=" | ".join(TESTS))
    if len(found) > 1:
        raise SeveralFieldsError(place=item.mark, found=found)
    return found[0]


def _require_fit(test: Entry, *, column: str) -> None:
    kind = kind_of(column)
    if test.key not in FITTING[kind]:
        raise MisfitTestError(
            place=test.mark,
            test=test.key,
            column=column,
            held=HELD[kind],
            fitting=FITTING[kind],
        )


def _values(test: Entry, *, column: str, reference: Reference) -> tuple[str, ...]:
    """Return texts; where a list says what the column can hold, members of it."""
    items = test.items()
    if not items:
        raise EmptyListError(place=test.mark, field=test.key)
    known = _known(column, reference=reference)
    if not known:
        return tuple(item.text() for item in items)
    return tuple(item.one_of((*known, UNKNOWN), kind=column) for item in items)


def _known(column: str, *, reference: Reference) -> tuple[str, ...]:
    """Return the closed list of the column; none where whatever occurs may stand."""
    if column == "agency":
        return ()
    listed = listed_values(column, reference)
    if column in OF_POLICIES:
        return (*listed, *reference.dsa.codes("category"))
    return listed
