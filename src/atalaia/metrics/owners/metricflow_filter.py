"""MetricFlow's filters, where they are plain tests of columns joined by AND."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from atalaia.domain.marked_entry import Entry
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.owners.metricflow_errors import (
    OtherEntityError,
    UnreadableFilterError,
)
from atalaia.metrics.views.policy_words import UNKNOWN

__all__ = ["known_values", "tests_of"]

COLUMN = r"\{\{\s*Dimension\(\s*'(?:(?P<entity>\w+?)__)?(?P<column>\w+)'\s*\)\s*\}\}"
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


def tests_of(
    entry: Entry, *, columns: Mapping[str, str], entities: Collection[str]
) -> list[Condition]:
    """Return a filter as the conditions of a metric file.

    SQL's tests are never true of a null, and a view says "unknown" where a fact says
    nothing: rows of neither kind meet a test here.

    Args:
        columns: what a dimension of the semantic model is called in the view.
        entities: what a dimension of the model's own is named by; any, where none.

    Raises:
        UnreadableFilterError: anything but plain tests joined by AND.
        OtherEntityError: a dimension of another semantic model.
    """
    texts = entry.items() if isinstance(entry.value, list) else (entry,)
    return [
        condition
        for text in texts
        for part in AND.split(text.text().strip())
        for condition in _test(
            part.strip(), entry=text, columns=columns, entities=entities
        )
    ]


def known_values(column: str) -> list[Condition]:
    """Return the conditions that a row says something in the column."""
    known: list[Condition] = [{"column": column, "known": True}]
    if column in DIMENSION_NAMES:
        known.append({"column": column, "none_of": [UNKNOWN]})
    return known


def _test(
    part: str, *, entry: Entry, columns: Mapping[str, str], entities: Collection[str]
) -> list[Condition]:
    found = TEST.fullmatch(part)
    if found is None:
        raise UnreadableFilterError(place=entry.mark, filter=part)
    if found["entity"] and entities and found["entity"] not in entities:
        raise OtherEntityError(place=entry.mark, entity=found["entity"])
    column = columns.get(found["column"], found["column"])
    if found["values"]:
        values = re.findall(r"'([^']*)'", found["values"])
        return _among(column, values, is_same=not found["out"])
    if found["null"]:
        word = " ".join(found["null"].lower().split())
        return known_values(column) if word == "not null" else _flag(column, word)
    if found["bare"] is not None:
        return _flag(column, "true")
    return _of_value(column, found["value"], is_same=found["same"] == "=")


def _of_value(column: str, value: str, *, is_same: bool) -> list[Condition]:
    if value.startswith("'"):
        return _among(column, [value.strip("'")], is_same=is_same)
    is_true = (value.lower() == "true") is is_same
    return _flag(column, "true" if is_true else "false")


def _among(column: str, values: list[str], *, is_same: bool) -> list[Condition]:
    if is_same:
        return [{"column": column, "any_of": values}]
    without = [{"column": column, "none_of": values}]
    return [*without, *known_values(column)]


def _flag(column: str, word: str) -> list[Condition]:
    """Return the test of a flag; what is unknown is no more false than true."""
    if word == "true":
        return [{"column": column, "is": True}]
    return [{"column": column, "is": False}, {"column": column, "known": True}]
