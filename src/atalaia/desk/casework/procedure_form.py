"""The form in which a procedure is written: its content as boxes with names, and back.

Every list shows some spare rows; what is left blank is nothing, what is ticked to be
taken out goes, and rows are put in the order of their numbers. So adding, moving and
removing need no script and change nothing before it is saved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from atalaia.domain.case_codes import FieldKind
from atalaia.domain.trilingual import LANGUAGES
from atalaia.domain.work_codes import CasePriority

__all__ = ["PROMISES", "ProcedureForm", "form_of", "typed_number"]

SPARE: Mapping[str, int] = MappingProxyType(
    {"steps": 3, "fields": 2, "escalation": 1, "choices": 3}
)
"""How many blank rows a list offers."""
PROMISES = ("acknowledge", "resolve", "answer")
TEXTS = ("name", "trigger")
PLAIN = ("id", "owner", "central_team")
MARKS = ("case_types", "pause_reasons")
UNITS = ("hours", "days")
OUT, PLACE = "out", "place"
MOST_ROWS = 99


@dataclass(frozen=True, slots=True)
class ProcedureForm:
    """What stands in the boxes, by their names ("fields.2.label.es")."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return what stands in a box; "" for nothing."""
        return self.values.get(name, "").strip()

    def is_marked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.text(name))

    def rows(self, within: str) -> tuple[str, ...]:
        """Return the names of the rows of a list, in the order of the page."""
        start = f"{within}."
        numbers = {
            int(number)
            for name in self.values
            if name.startswith(start)
            and (number := name.removeprefix(start).partition(".")[0]).isdecimal()
            and len(number) <= len(str(MOST_ROWS))
        }
        return tuple(f"{within}.{number}" for number in sorted(numbers))

    def is_blank(self, row: str) -> bool:
        """Whether nobody wrote anything in a row; a number in line says nothing."""
        said = (name for name in self.values if name.startswith(f"{row}."))
        return not any(
            self.text(name)
            for name in said
            if not name.endswith((f".{PLACE}", ".kind", ".required"))
        )

    def kept(self, within: str) -> tuple[str, ...]:
        """Return the rows that are saved, in the order of their numbers."""
        rows = [
            row
            for row in self.rows(within)
            if not self.is_blank(row) and not self.is_marked(f"{row}.{OUT}")
        ]
        return tuple(sorted(rows, key=self._place))

    def said(self, name: str) -> dict[str, str]:
        """Return a text in its three languages."""
        return {code: self.text(f"{name}.{code}") for code in LANGUAGES}

    def content(self, *, base: Mapping[str, Any]) -> dict[str, Any]:
        """Return the procedure as its file has it; what no box holds is `base`'s."""
        told = {name: self.text(name) for name in PLAIN if self.text(name)}
        return {
            **base,
            **told,
            **{name: self.said(name) for name in TEXTS},
            **{name: self._marked(name) for name in MARKS},
            "steps": [self.said(row) for row in self.kept("steps")],
            "fields": [self._field(row) for row in self.kept("fields")],
            "terms": {str(each): self._terms(each) for each in CasePriority},
            "escalation": [
                {"to": self.said(f"{row}.to"), "when": self.said(f"{row}.when")}
                for row in self.kept("escalation")
            ],
        }

    def _place(self, row: str) -> float:
        number = typed_number(self.text(f"{row}.{PLACE}"))
        return number if number is not None else MOST_ROWS

    def _marked(self, name: str) -> list[str]:
        start = f"{name}."
        return [
            each.removeprefix(start)
            for each in self.values
            if each.startswith(start) and self.is_marked(each)
        ]

    def _field(self, row: str) -> dict[str, Any]:
        content = {
            "key": self.text(f"{row}.key"),
            "kind": self.text(f"{row}.kind"),
            "required": self.is_marked(f"{row}.required"),
            "label": self.said(f"{row}.label"),
            "reason": self.said(f"{row}.reason"),
        }
        if content["kind"] != FieldKind.CHOICE:
            return content
        rows = self.kept(f"{row}.choices")
        names = {self.text(f"{each}.key"): self.said(f"{each}.name") for each in rows}
        return {**content, "choices": names}

    def _terms(self, priority: CasePriority) -> dict[str, dict[str, float]]:
        terms = {}
        for promise in PROMISES:
            at = f"terms.{priority}.{promise}"
            amount = typed_number(self.text(f"{at}.amount"))
            unit = "days" if self.text(f"{at}.unit") == "days" else "hours"
            if amount is not None:
                terms[promise] = {unit: amount}
        return terms


def form_of(content: Mapping[str, Any]) -> ProcedureForm:
    """Return the form that shows a procedure, with spare rows."""
    values = {name: str(content.get(name, "")) for name in PLAIN}
    values |= dict(_texts(content))
    values |= {f"{name}.{each}": "yes" for name in MARKS for each in content[name]}
    values |= dict(_listed("steps", content["steps"]))
    values |= dict(_fields(content["fields"]))
    escalation = content["escalation"]
    values |= dict(_spares("escalation", len(escalation)))
    for at, each in enumerate(escalation):
        values |= _said(f"escalation.{at}.to", each["to"])
        values |= _said(f"escalation.{at}.when", each["when"])
    values |= dict(_promised(content["terms"]))
    return ProcedureForm(values)


def typed_number(text: str) -> float | None:
    """Return a number however people write it; None where it is none."""
    plain = text.replace(",", ".", 1)
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return None
    number = float(plain)
    return int(number) if number.is_integer() else number


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in TEXTS:
        yield from _said(name, content[name]).items()


def _said(name: str, text: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}.{code}": text.get(code, "") for code in LANGUAGES}


def _spares(within: str, rows_n: int) -> Iterator[tuple[str, str]]:
    """Number the rows of a list by tens, so that one fits between any two."""
    spare = SPARE[within.rpartition(".")[2]]
    for at in range(rows_n + spare):
        yield f"{within}.{at}.{PLACE}", str((at + 1) * 10)


def _listed(within: str, texts: list[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    yield from _spares(within, len(texts))
    for at, text in enumerate(texts):
        yield from _said(f"{within}.{at}", text).items()


def _fields(fields: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    yield from _spares("fields", len(fields))
    for at, field in enumerate(fields):
        row = f"fields.{at}"
        yield f"{row}.key", field["key"]
        yield f"{row}.kind", field["kind"]
        yield f"{row}.required", "yes" if field["required"] else ""
        yield from _said(f"{row}.label", field["label"]).items()
        yield from _said(f"{row}.reason", field["reason"]).items()
        choices = field.get("choices", {})
        if choices:
            yield from _spares(f"{row}.choices", len(choices))
        for choice_at, (key, name) in enumerate(choices.items()):
            choice = f"{row}.choices.{choice_at}"
            yield f"{choice}.key", key
            yield from _said(f"{choice}.name", name).items()


def _promised(terms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for priority, promises in terms.items():
        for promise, allowance in promises.items():
            unit, amount = next(iter(allowance.items()))
            shown = int(amount) if float(amount).is_integer() else amount
            yield f"terms.{priority}.{promise}.amount", str(shown)
            yield f"terms.{priority}.{promise}.unit", unit
