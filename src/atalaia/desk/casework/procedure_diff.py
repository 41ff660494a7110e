"""What differs between two versions of a procedure, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from atalaia.domain.sops import Sop, SopField, Terms
from atalaia.domain.trilingual import LANGUAGES, Trilingual

__all__ = ["WHAT_MESSAGES", "Difference", "differences"]

WHAT_MESSAGES: Mapping[str, str] = {
    "name": "Name",
    "trigger": "When it is used",
    "owner": "Looked after by",
    "central_team": "Central team",
    "case_types": "Types of cases",
    "pause_reasons": "Pauses for",
    "step": "Step",
    "label": "Label",
    "reason": "Why",
    "kind": "Kind",
    "is_required": "Required",
    "choices": "Choices",
    "field": "Field",
    "order": "Order of the fields",
    "acknowledge": "Region acknowledges",
    "resolve": "Region resolves",
    "answer": "The central team answers",
    "escalation": "If it does not move",
}
"""What differs, as a table says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that one version says otherwise.

    Attributes:
        of: the field or priority that it belongs to; None for the whole procedure.
        what: its message; `language` is the one in which a text differs, or "".
        before, after: values as their types have it; None for nothing.
    """

    of: object
    what: str
    language: str
    before: object
    after: object


def differences(before: Sop, after: Sop) -> tuple[Difference, ...]:
    """Return what a reader must know who knows the version before."""
    return (
        *_general(before, after),
        *_listed("step", before.steps, after.steps),
        *_fields(before, after),
        *_terms(before, after),
        *_listed(
            "escalation",
            _escalation(before),
            _escalation(after),
        ),
    )


Found = Iterator[Difference]


def _one(what: str, before: object, after: object, *, of: object = None) -> Found:
    if before == after:
        return
    if isinstance(before, Trilingual) and isinstance(after, Trilingual):
        for code in LANGUAGES:
            old, new = before.of(code), after.of(code)
            if old != new:
                yield _difference(what, old, new, of=of, language=code)
        return
    yield _difference(what, before, after, of=of)


def _difference(
    what: str, before: object, after: object, *, of: object, language: str = ""
) -> Difference:
    return Difference(
        of=of,
        what=WHAT_MESSAGES[what],
        language=language,
        before=before,
        after=after,
    )


def _general(before: Sop, after: Sop) -> Found:
    for name in ("name", "trigger", "owner", "central_team"):
        yield from _one(name, getattr(before, name), getattr(after, name))
    for name in ("case_types", "pause_reasons"):
        old, new = (tuple(sorted(getattr(each, name))) for each in (before, after))
        yield from _one(name, old, new)


def _listed(
    what: str, before: tuple[Trilingual, ...], after: tuple[Trilingual, ...]
) -> Found:
    """Say which texts of a list went, came, or read otherwise."""
    old, new = ([_plain(each) for each in texts] for texts in (before, after))
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        paired = min(b - a, d - c)
        for at in range(paired):
            yield from _one(what, before[a + at], after[c + at])
        for each in before[a + paired : b]:
            yield from _one(what, each, None)
        for each in after[c + paired : d]:
            yield from _one(what, None, each)


def _fields(before: Sop, after: Sop) -> Found:
    old = {field.key: field for field in before.fields}
    new = {field.key: field for field in after.fields}
    for key in (*new, *(each for each in old if each not in new)):
        yield from _field(old.get(key), new.get(key))
    stayed = [
        tuple(key for key in each if key in old and key in new) for each in (old, new)
    ]
    if stayed[0] != stayed[1]:
        labels = (
            tuple(fields[key].label for key in order)
            for fields, order in zip((old, new), stayed, strict=True)
        )
        yield from _one("order", *labels)


def _field(before: SopField | None, after: SopField | None) -> Found:
    one = after or before
    if one is None:
        return
    if before is None or after is None:
        yield from _one(
            "field", before and before.label, after and after.label, of=one.label
        )
    for name in ("label", "reason", "kind", "is_required"):
        if name == "label" and (before is None or after is None):
            continue
        old, new = (
            None if each is None else getattr(each, name) for each in (before, after)
        )
        yield from _one(name, old, new, of=one.label)
    choices = (
        tuple(each.name for each in field.choices) if field and field.choices else None
        for field in (before, after)
    )
    yield from _one("choices", *choices, of=one.label)


def _terms(before: Sop, after: Sop) -> Found:
    for priority in sorted({*before.terms, *after.terms}):
        old: Terms | None = before.terms.get(priority)
        new: Terms | None = after.terms.get(priority)
        for name in ("acknowledge", "resolve", "answer"):
            yield from _one(
                name, getattr(old, name, None), getattr(new, name, None), of=priority
            )


def _escalation(sop: Sop) -> tuple[Trilingual, ...]:
    return tuple(
        Trilingual(
            **{code: f"{each.to.of(code)}: {each.when.of(code)}" for code in LANGUAGES}
        )
        for each in sop.escalation
    )


def _plain(text: Trilingual) -> tuple[str, ...]:
    return tuple(text.of(code) for code in LANGUAGES)
