"""Whether what people wrote names somebody: as they write, with full stops and all."""

import re
from collections.abc import Iterable, Iterator

from atalaia.warehouse.sought import Sought

__all__ = ["hits", "leaves"]

_ENDS = re.compile(r"[.!?¿¡…*“”«»‘’`#@]+(?=\s|$)|(?<!\S)[.!?¿¡…*“”«»‘’`#@]+")


def hits(values: Iterable[object], *, people: Sought) -> frozenset[str]:
    """Return what in some values, and in what they hold, is one of the people."""
    text = "\n".join(each for value in values for each in leaves(value))
    return people.find(people.words(text) | people.words(_ENDS.sub(" ", text)))


def leaves(value: object) -> Iterator[str]:
    """Yield the texts in a value, however deep in lists and tables.

    >>> list(leaves({"a": ["b", 1, {"c": "d"}]}))
    ['b', 'd']
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value
