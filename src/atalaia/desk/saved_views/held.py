"""What views hold of people: words in a name, ids and words that a list asks for."""

from typing import Any

from atalaia.desk.shell.held import Blank, Held

__all__ = ["HELD"]


def without_words(_: Any, asked: Any, blank: Blank) -> list[list[str]]:
    """Return a query with something in the place of its values, under their names.

    The list then finds nothing or says that it does not know the value; without the
    filter it would show everything.
    """
    return [[name, blank(value)] for name, value in asked]


HELD = (
    Held(
        model="saved_views.SavedView",
        texts=("name",),
        documents={"asked": without_words},
        kept=("page", "path", "side", "market"),
    ),
)
