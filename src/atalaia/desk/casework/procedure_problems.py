"""What a procedure still lacks before it can be saved, box by box."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from atalaia.desk.casework.procedure_form import PROMISES, ProcedureForm, typed_number
from atalaia.domain.case_codes import FieldKind
from atalaia.domain.codes import RoleCode
from atalaia.domain.trilingual import LANGUAGES
from atalaia.domain.work_codes import CasePriority, CentralTeam

__all__ = ["PROBLEM_MESSAGES", "Problem", "problems_of"]

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 1000
FEWEST_CHOICES = 2
PROBLEM_MESSAGES: Mapping[str, str] = {
    "blank": "Nothing is written here in this language. Write it in all three.",
    "long": "This is longer than 1,000 characters. Shorten it, or make two of it.",
    "id": "This is no short name. Write small letters and '_', such as fast_lane.",
    "taken": "Another procedure has this short name. Choose another one.",
    "key": "This is no key. Write small letters and '_', such as street_event.",
    "twice": "Another row has this key. Give one of them another key.",
    "kind": "What it holds is not said. Choose one.",
    "column": "This key belongs to another kind of answer. Choose that kind.",
    "choices": (
        "There is too little to choose from. Write two choices below, then save."
    ),
    "types": "No type of case is ticked. Tick at least one.",
    "steps": "There is no step yet. Write at least one.",
    "team": "It is not said which central team answers. Choose one, or none.",
    "owner": "It is not said who looks after it. Choose a role.",
    "amount": "This is no working time. Write a number above zero, such as 4.",
    "unasked": "No central team is asked. Leave this empty, or choose a team.",
}
"""What is wrong with a box and what to do about it."""
KINDS: Mapping[str, FieldKind] = MappingProxyType(
    {
        "creator_id": FieldKind.CREATOR,
        "agency_id": FieldKind.AGENCY,
        "session_id": FieldKind.SESSION,
        "decision_id": FieldKind.DECISION,
        "policy_id": FieldKind.POLICY,
    }
)
"""Keys that are columns of a case, with what they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One box that is not right; `box` is its name, `message` what to do."""

    box: str
    message: str


def problems_of(form: ProcedureForm) -> tuple[Problem, ...]:
    """Return everything that keeps a form from being saved, in the page's order."""
    return tuple(
        Problem(box=box, message=PROBLEM_MESSAGES[name])
        for part in PARTS
        for box, name in part(form)
    )


Found = Iterator[tuple[str, str]]


def _said(form: ProcedureForm, name: str) -> Found:
    for code in LANGUAGES:
        text = form.text(f"{name}.{code}")
        if not text:
            yield f"{name}.{code}", "blank"
        elif len(text) > LONGEST:
            yield f"{name}.{code}", "long"


def _general(form: ProcedureForm) -> Found:
    if "id" in form.values and not KEY.fullmatch(form.text("id")):
        yield "id", "id"
    yield from _said(form, "name")
    yield from _said(form, "trigger")
    if form.text("owner") not in set(RoleCode):
        yield "owner", "owner"
    if form.text("central_team") not in set(CentralTeam):
        yield "central_team", "team"
    if not form.content(base={})["case_types"]:
        yield "case_types", "types"


def _steps(form: ProcedureForm) -> Found:
    rows = form.kept("steps")
    if not rows:
        yield "steps", "steps"
    for row in rows:
        yield from _said(form, row)


def _fields(form: ProcedureForm) -> Found:
    known: set[str] = set()
    for row in form.kept("fields"):
        key, kind = form.text(f"{row}.key"), form.text(f"{row}.kind")
        if problem := _key(key, known=known):
            yield f"{row}.key", problem
        elif key in KINDS and KINDS[key] != kind:
            yield f"{row}.key", "column"
        known.add(key)
        if kind not in set(FieldKind):
            yield f"{row}.kind", "kind"
        yield from _said(form, f"{row}.label")
        yield from _said(form, f"{row}.reason")
        if kind == FieldKind.CHOICE:
            yield from _choices(form, row)


def _choices(form: ProcedureForm, row: str) -> Found:
    rows = form.kept(f"{row}.choices")
    if len(rows) < FEWEST_CHOICES:
        yield f"{row}.kind", "choices"
    known: set[str] = set()
    for each in rows:
        key = form.text(f"{each}.key")
        if problem := _key(key, known=known):
            yield f"{each}.key", problem
        known.add(key)
        yield from _said(form, f"{each}.name")


def _key(key: str, *, known: set[str]) -> str:
    if not KEY.fullmatch(key):
        return "key"
    return "twice" if key in known else ""


def _terms(form: ProcedureForm) -> Found:
    is_asked = form.text("central_team") != CentralTeam.NONE
    for priority in CasePriority:
        for promise in PROMISES:
            box = f"terms.{priority}.{promise}.amount"
            amount = typed_number(form.text(box))
            is_owed = promise != "answer" or is_asked
            if is_owed and not amount:
                yield box, "amount"
            elif not is_owed and form.text(box):
                yield box, "unasked"


def _escalation(form: ProcedureForm) -> Found:
    for row in form.kept("escalation"):
        yield from _said(form, f"{row}.to")
        yield from _said(form, f"{row}.when")


PARTS: tuple[Callable[[ProcedureForm], Found], ...] = (
    _general,
    _steps,
    _fields,
    _terms,
    _escalation,
)
