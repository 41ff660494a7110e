"""Procedures (SOPs) as data: what a kind of case needs, by when, and who answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from atalaia.domain.case_codes import FieldKind, PauseReason
from atalaia.domain.codes import RoleCode
from atalaia.domain.errors import InputError
from atalaia.domain.invariants import (
    case_types_have_procedures,
    procedure_fields_are_distinct,
    procedure_terms_are_complete,
    procedure_versions_do_not_overlap,
)
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import parse_marked, read_marked
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam
from atalaia.domain.working_time import Office

__all__ = [
    "Allowance",
    "Escalation",
    "NoProcedureError",
    "Sop",
    "SopChoice",
    "SopField",
    "Sops",
    "Terms",
    "UnknownProcedureError",
    "load_sops",
    "sop_of",
]

FIELDS = (
    "id",
    "version",
    "owner",
    "effective_from",
    "effective_to",
    "case_types",
    "central_team",
    "name",
    "trigger",
    "steps",
    "fields",
    "terms",
    "escalation",
    "pause_reasons",
)


class UnknownProcedureError(InputError):
    """A procedure or version of one that does not exist."""

    message = "There is no version '{version}' of the SOP '{sop}'."
    next_step = "Did you mean: {nearest}?"


class NoProcedureError(InputError):
    """A kind of case that no procedure covers on a day."""

    message = "No SOP covers cases of the type '{type}' on {day}."
    next_step = "Put one in force for this type, or choose another type."


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Working time that is allowed: hours, or days of the office that works."""

    hours: float = 0
    days: float = 0

    def within(self, office: Office) -> float:
        """Return it as hours of one office."""
        return self.hours + self.days * office.day_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a case of one priority is promised.

    Attributes:
        acknowledge, resolve: what the region owes, in its market's working time.
        answer: what central owes, in its own; None where central is not asked.
    """

    acknowledge: Allowance
    resolve: Allowance
    answer: Allowance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SopChoice:
    key: str
    name: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class SopField:
    """One thing that a procedure asks for, and why.

    Attributes:
        is_required: without it no case goes to central.
        choices: the closed list of a choice; empty for other kinds.
    """

    key: str
    label: Trilingual
    reason: Trilingual
    kind: FieldKind
    is_required: bool
    choices: tuple[SopChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Whom to turn to next, and when."""

    to: Trilingual
    when: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Sop:
    """One version of a procedure; `effective_to` is its last day, None if open."""

    id: str
    version: str
    owner: RoleCode
    effective_from: date
    effective_to: date | None
    case_types: tuple[CaseType, ...]
    central_team: CentralTeam
    name: Trilingual
    trigger: Trilingual
    steps: tuple[Trilingual, ...]
    fields: tuple[SopField, ...]
    terms: Mapping[CasePriority, Terms]
    escalation: tuple[Escalation, ...]
    pause_reasons: frozenset[PauseReason]

    @property
    def required(self) -> tuple[SopField, ...]:
        """The fields without which no case goes to central."""
        return tuple(field for field in self.fields if field.is_required)

    def is_in_force(self, day: date) -> bool:
        """Whether new cases of a day follow this version."""
        ends = self.effective_to
        return self.effective_from <= day and (ends is None or day <= ends)


@dataclass(frozen=True, slots=True)
class Sops:
    """All versions of all procedures."""

    versions: tuple[Sop, ...]

    def __iter__(self) -> Iterator[Sop]:
        return iter(self.versions)

    def of(self, case_type: CaseType, *, day: date) -> Sop:
        """Return what a case of a type follows on a day; raises NoProcedureError."""
        for sop in self.versions:
            if case_type in sop.case_types and sop.is_in_force(day):
                return sop
        raise NoProcedureError(type=case_type, day=day)

    def version(self, sop: str, version: str) -> Sop:
        """Return one version by its name; raises UnknownProcedureError."""
        for known in self.versions:
            if (known.id, known.version) == (sop, version):
                return known
        names = [f"{known.id} {known.version}" for known in self.versions]
        raise UnknownProcedureError(
            sop=sop, version=version, nearest=nearest(f"{sop} {version}", names)
        )


def load_sops(source: Traversable | str = "sops.yaml") -> Sops:
    """Read the procedures; raises ReferenceDataError with the line of a mistake.

    `fields` and `terms` of the file are blocks to refer to (YAML anchors); nothing
    reads them by themselves.
    """
    root = root_of(read_marked(source))
    root.only("fields", "terms", "procedures")
    entries = root.items("procedures")
    found = tuple(_sop(entry) for entry in entries)
    procedure_versions_do_not_overlap.check(entries)
    case_types_have_procedures.check(root.child("procedures"), known=CaseType)
    return Sops(found)


def sop_of(content: Mapping[str, Any], *, name: str) -> Sop:
    """Read one version from plain values; raises ReferenceDataError.

    The error shows the line of what is wrong as a file `name` would have it.
    """
    text = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False)
    return _sop(root_of(parse_marked(text.encode(), file=name)))


def _sop(entry: Entry) -> Sop:
    entry.only(*FIELDS)
    procedure_fields_are_distinct.check(entry)
    procedure_terms_are_complete.check(entry)
    ends = "effective_to"
    return Sop(
        id=entry.text("id"),
        version=entry.text("version"),
        owner=entry.choice("owner", RoleCode),
        effective_from=entry.day("effective_from"),
        effective_to=entry.day(ends) if entry.has(ends) else None,
        case_types=tuple(
            item.choice(None, CaseType) for item in entry.items("case_types")
        ),
        central_team=entry.choice("central_team", CentralTeam),
        name=entry.trilingual("name"),
        trigger=entry.trilingual("trigger"),
        steps=tuple(item.trilingual() for item in entry.items("steps")),
        fields=tuple(_field(item) for item in entry.items("fields")),
        terms={CasePriority(item.key): _terms(item) for item in entry.fields("terms")},
        escalation=tuple(_escalation(item) for item in entry.items("escalation")),
        pause_reasons=frozenset(
            item.choice(None, PauseReason) for item in entry.items("pause_reasons")
        ),
    )


def _field(entry: Entry) -> SopField:
    entry.only("key", "label", "reason", "kind", "required", "choices")
    kind = entry.choice("kind", FieldKind)
    is_choice = kind is FieldKind.CHOICE
    if not is_choice and entry.has("choices"):
        raise entry.child("kind").wrong_type(str(FieldKind.CHOICE))
    choices = entry.fields("choices") if is_choice else ()
    return SopField(
        key=entry.text("key"),
        label=entry.trilingual("label"),
        reason=entry.trilingual("reason"),
        kind=kind,
        is_required=entry.yes("required"),
        choices=tuple(
            SopChoice(key=item.key, name=item.trilingual()) for item in choices
        ),
    )


def _terms(entry: Entry) -> Terms:
    entry.only("acknowledge", "resolve", "answer")
    return Terms(
        acknowledge=_allowance(entry.child("acknowledge")),
        resolve=_allowance(entry.child("resolve")),
        answer=_allowance(entry.child("answer")) if entry.has("answer") else None,
    )


def _allowance(entry: Entry) -> Allowance:
    entry.only("hours", "days")
    unit = "days" if entry.has("days") else "hours"
    if len(entry.fields()) != 1 or entry.number(unit) <= 0:
        raise entry.wrong_type("{hours: 4} | {days: 1}")
    return Allowance(**{unit: entry.number(unit)})


def _escalation(entry: Entry) -> Escalation:
    entry.only("to", "when")
    return Escalation(to=entry.trilingual("to"), when=entry.trilingual("when"))
