"""MetricFlow's filters, where they are plain tests of columns joined by AND."""

import re
from collections.abc import Mapping
from typing import Any

from atalaia.domain.marked_entry import Entry
from atalaia.metrics.owners.metricflow_errors import UnreadableFilterError

__all__ = ["tests_of"]

COLUMN = r"\{\{\s*Dimension\(\s*'(?:\w+__)?(?P<column>\w+)'\s*\)\s*\}\}"
VALUE = r"'[^']*'"
TEST = re.compile(
    rf"{COLUMN}\s*(?:"
    rf"(?P<same>=|!=|<>)\s*(?P<value>{VALUE}|true|false)"
    rf"|(?P<out>not\s+)?in\s*\((?P<values>\s*{VALUE}(?:\s*,\s*{VALUE})*\s*)\)"
    rf"|is\s+(?P<null>not\s+null|true|false)"
    rf"|(?P<bare>)(?=\s*$))",
    re.IGNORECASE,
)
AND = re.compile(r"\s+and\s+", re.IGNORECASE)
Condition = dict[str, Any]


def tests_of(entry: Entry | None, *, columns: Mapping[str, str]) -> list[Condition]:
    """Return a filter as the conditions of a metric file.

    Args:
        columns: what a dimension of the semantic model is called in the view.

    Raises:
        UnreadableFilterError: anything but plain tests joined by AND.
    """
    if entry is None:
        return []
    texts = entry.items() if isinstance(entry.value, list) else (entry,)
    return [
        _test(part.strip(), entry=text, columns=columns)
        for text in texts
        for part in AND.split(text.text().strip())
    ]


def _test(part: str, *, entry: Entry, columns: Mapping[str, str]) -> Condition:
    found = TEST.fullmatch(part)
    if found is None:
        raise UnreadableFilterError(place=entry.mark, filter=part)
    named = found["column"]
    column = {"column": columns.get(named, named)}
    if found["values"]:
        values = re.findall(r"'([^']*)'", found["values"])
        return column | {"none_of" if found["out"] else "any_of": values}
    if found["null"]:
        return column | _of_null(" ".join(found["null"].lower().split()))
    if found["bare"] is not None:
        return column | {"is": True}
    return column | _of_value(found["value"], is_same=found["same"] == "=")


def _of_null(word: str) -> Condition:
    return {"known": True} if word == "not null" else {"is": word == "true"}


def _of_value(value: str, *, is_same: bool) -> Condition:
    if value.startswith("'"):
        return {"any_of" if is_same else "none_of": [value.strip("'")]}
    return {"is": (value.lower() == "true") is is_same}
