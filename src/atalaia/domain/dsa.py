"""The EU's statement of reasons: its columns, its codes, and how ours map to them.

Source: the public code of the DSA Transparency Database. No personal data may stand in
a statement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal

from atalaia.domain.codes import AutomatedDecision, Detection, Outcome, PenaltyCode
from atalaia.domain.errors import InputError
from atalaia.domain.invariants import dsa_codes_exist, dsa_penalties_are_complete
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "Column",
    "DsaMapping",
    "Form",
    "NoRestrictionError",
    "Restriction",
    "UnknownDsaCodeError",
    "load_dsa",
]

Form = Literal["full", "light"]
Kind = Literal["text", "date", "code", "codes", "countries"]
KINDS = ("text", "date", "code", "codes", "countries")
OWN_INITIATIVE = "SOURCE_VOLUNTARY"


class UnknownDsaCodeError(InputError):
    """A value that the statement of reasons does not know."""

    message = "'{value}' is not a code of the statement-of-reasons field '{field}'."
    next_step = "Did you mean: {nearest}?"


class NoRestrictionError(InputError):
    """A statement of reasons that restricts nothing."""

    message = (
        "The statement of reasons restricts nothing: all four decisions are empty."
    )
    next_step = "Fill at least one of visibility, monetary, provision and account."


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the export; `longest` counts characters, None has no limit."""

    name: str
    kind: Kind
    code_list: str | None
    longest: int | None
    in_light: bool

    @property
    def is_multi_valued(self) -> bool:
        """Whether a cell holds a JSON array."""
        return self.kind in ("codes", "countries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What a penalty restricts; `end_column` is None where it has no end."""

    column: str
    code: str
    end_column: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DsaMapping:
    """Columns, codes with names, and the way from our codes to theirs and back."""

    columns: tuple[Column, ...]
    lists: Mapping[str, Mapping[str, Trilingual]]
    restrictions: Mapping[PenaltyCode, Restriction | None]
    outcomes: Mapping[str, Outcome]
    detections: Mapping[tuple[str, str], Detection]
    automation: Mapping[str, AutomatedDecision]

    def of_form(self, form: Form) -> tuple[Column, ...]:
        """Return the columns of the full or the light form, in order."""
        return tuple(
            column for column in self.columns if form == "full" or column.in_light
        )

    @property
    def multi_valued(self) -> frozenset[str]:
        """The columns whose cells hold JSON arrays."""
        return frozenset(c.name for c in self.columns if c.is_multi_valued)

    @property
    def categories(self) -> Mapping[str, Trilingual]:
        """The categories of a statement, which policies map to."""
        return self.lists["category"]

    def codes(self, column: str) -> Mapping[str, Trilingual]:
        """Return the codes of a column, each with its name; empty for free text."""
        found = {c.name: c.code_list for c in self.columns}
        if column not in found:
            raise UnknownDsaCodeError(
                value=column, field="columns", nearest=nearest(column, found)
            )
        code_list = found[column]
        return self.lists[code_list] if code_list else {}

    def restriction(self, penalty: PenaltyCode) -> Restriction | None:
        """Return what a penalty restricts, or None where it restricts nothing."""
        return self.restrictions[penalty]

    def outcome(self, codes: Iterable[str]) -> Outcome:
        """Return the heaviest outcome of a statement's decisions."""
        order = list(self.outcomes)
        given = list(codes)
        for code in given:
            if code not in self.outcomes:
                raise UnknownDsaCodeError(
                    value=code, field="decision_*", nearest=nearest(code, order)
                )
        if not given:
            raise NoRestrictionError
        return self.outcomes[max(given, key=order.index)]

    def detection(self, source_type: str, automated_detection: str) -> Detection:
        """Return how a statement's content was found."""
        key = (source_type, automated_detection)
        if key not in self.detections:
            known = {source for source, _ in self.detections}
            raise UnknownDsaCodeError(
                value=" / ".join(key),
                field="source_type / automated_detection",
                nearest=nearest(source_type, known),
            )
        return self.detections[key]


def load_dsa(source: Traversable | str = "dsa.yaml") -> DsaMapping:
    """Read the statement of reasons from a YAML file and check it."""
    root = root_of(read_marked(source))
    root.only(
        "source",
        "columns",
        "lists",
        "penalties",
        "outcomes",
        "detections",
        "automation",
    )
    dsa_codes_exist.check(root)
    dsa_penalties_are_complete.check(root)
    return DsaMapping(
        columns=tuple(_column(entry) for entry in root.fields("columns")),
        lists={
            codes.key: {code.key: code.trilingual() for code in codes.fields()}
            for codes in root.fields("lists")
        },
        restrictions={
            PenaltyCode(entry.key): _restriction(entry)
            for entry in root.fields("penalties")
        },
        outcomes={e.key: e.choice(None, Outcome) for e in root.fields("outcomes")},
        detections=_detections(root),
        automation={
            entry.key: entry.choice(None, AutomatedDecision)
            for entry in root.fields("automation")
        },
    )


def _column(entry: Entry) -> Column:
    entry.only("kind", "list", "longest", "light")
    entry.child("kind").one_of(KINDS, kind="kinds")
    kind: Kind = entry.value["kind"]
    return Column(
        name=entry.key,
        kind=kind,
        code_list=entry.text("list") if entry.has("list") else None,
        longest=entry.whole("longest") if entry.has("longest") else None,
        in_light=entry.yes("light") if entry.has("light") else True,
    )


def _restriction(entry: Entry) -> Restriction | None:
    if entry.value is None:
        return None
    codes = {field.key: field.text() for field in entry.fields()}
    end = codes.pop("end", None)
    ((column, code),) = codes.items()
    return Restriction(column=column, code=code, end_column=end)


def _detections(root: Entry) -> dict[tuple[str, str], Detection]:
    found: dict[tuple[str, str], Detection] = {}
    for entry in root.fields("detections"):
        for answer in ("Yes", "No"):
            told = entry.child(answer) if entry.key == OWN_INITIATIVE else entry
            found[entry.key, answer] = told.choice(None, Detection)
    return found
