"""The description of the interface as people read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atalaia.language.catalogue import Translator

__all__ = ["ReadCall", "ReadField", "read_calls"]

CODES_SHOWN = 40
"""Longer lists are left to the description itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadField:
    """One thing that a call is told: a parameter, or a field of its body.

    Attributes:
        place: path, query, header or body.
        kind: its type; codes: the closed list of its values, if it has one.
    """

    name: str
    place: str
    kind: str
    is_required: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCall:
    """One call: what it does, what it is told, and how it may answer."""

    name: str
    method: str
    path: str
    summary: str
    fields: tuple[ReadField, ...]
    statuses: tuple[str, ...]


def read_calls(
    description: Mapping[str, Any], *, words: Translator
) -> tuple[ReadCall, ...]:
    """Return every call of an OpenAPI description, in its order."""
    schemas = description["components"]["schemas"]
    return tuple(
        ReadCall(
            name=call["operationId"],
            method=method.upper(),
            path=path,
            summary=words.text(call["summary"]),
            fields=tuple(_fields(call, schemas=schemas)),
            statuses=tuple(str(status) for status in call["responses"]),
        )
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    )


def _fields(call: Mapping[str, Any], *, schemas: Mapping[str, Any]) -> Iterator[Any]:
    for each in call["parameters"]:
        yield _field(
            each["name"],
            each["schema"],
            place=each["in"],
            is_required=each["required"],
            schemas=schemas,
        )
    content = call.get("requestBody", {}).get("content", {})
    for told in content.values():
        body = _resolved(told["schema"], schemas=schemas)
        for name, schema in body.get("properties", {}).items():
            yield _field(
                name,
                schema,
                place="body",
                is_required=name in body.get("required", ()),
                schemas=schemas,
            )


def _field(
    name: str,
    schema: Mapping[str, Any],
    *,
    place: str,
    is_required: bool,
    schemas: Mapping[str, Any],
) -> ReadField:
    found = list(_within(schema, schemas=schemas))
    codes = [str(code) for each in found for code in each.get("enum", ())]
    kinds = [each["type"] for each in found if each.get("type") not in (None, "null")]
    return ReadField(
        name=name,
        place=place,
        kind=" | ".join(dict.fromkeys(kinds)),
        is_required=is_required,
        codes=tuple(codes) if len(codes) <= CODES_SHOWN else (),
    )


def _within(
    schema: Mapping[str, Any], *, schemas: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and those that it is made of, but not those of its fields."""
    whole = _resolved(schema, schemas=schemas)
    yield whole
    parts = [*whole.get("anyOf", ()), *whole.get("allOf", ())]
    if "items" in whole:
        parts.append(whole["items"])
    for part in parts:
        yield from _within(part, schemas=schemas)


def _resolved(
    schema: Mapping[str, Any], *, schemas: Mapping[str, Any]
) -> Mapping[str, Any]:
    named = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: Mapping[str, Any] = schemas[named] if named else schema
    return found
