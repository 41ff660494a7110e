"""What pasted terms name, line by line and creator by creator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import (
    CaseRow,
    NamedCase,
    cases_named,
    like_cases,
)
from atalaia.desk.rooms.today.paste_facts import CreatorFacts, FactsFound
from atalaia.desk.rooms.today.pasted import Line, UnknownTermError

__all__ = ["Found", "LineFound", "Match", "Sheet", "combined", "named_by"]

SHEETS = 10
LIKE = 5
CASE, REFERENCE, SESSION, CREATOR = "case", "reference", "session", "creator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one term is: a case, central's reference, a session or a creator.

    Attributes:
        creator: whom it is about; "" where that is not known.
        case: the case that it names; None where it names none.
    """

    term: str
    kind: str
    creator: str
    session: str = ""
    case: CaseRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFound:
    """One line with what it names, or why it names nothing."""

    line: Line
    matches: tuple[Match, ...]
    error: UnknownTermError | None

    @property
    def creators(self) -> tuple[str, ...]:
        """Whom the line is about, each once."""
        return tuple(dict.fromkeys(m.creator for m in self.matches if m.creator))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is known of one creator.

    Attributes:
        facts: None where the facts do not know them, or are not the reader's to see.
        cases: theirs, the newest first, ended ones too.
        like: cases like the newest, where only one creator was asked for.
    """

    creator: str
    facts: CreatorFacts | None
    cases: tuple[NamedCase, ...]
    like: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was pasted, looked up.

    Attributes:
        sheets: at most ten; `creators_n` counts all creators that were named.
    """

    lines: tuple[LineFound, ...]
    sheets: tuple[Sheet, ...]
    creators_n: int
    facts: FactsFound

    @property
    def is_nothing(self) -> bool:
        """Whether no line names anything."""
        return not any(line.matches for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Cases that were named, and every term that may mean something to the facts."""

    cases: tuple[NamedCase, ...]
    terms: tuple[str, ...]


def named_by(lines: Iterable[Line], *, by: Actor, now: datetime) -> Named:
    """Look the terms up among the cases; those say of which creators they are."""
    terms = {cell for line in lines for cell in line.cells}
    cases = cases_named(terms, by=by, now=now)
    about = {case.row.creator_id for case in cases} - {""}
    return Named(cases=cases, terms=tuple(sorted(terms | about)))


def combined(
    lines: tuple[Line, ...],
    named: Named,
    facts: FactsFound,
    *,
    by: Actor,
    now: datetime,
) -> Found:
    """Put together what cases and facts say of each line."""
    found = tuple(_line(line, named.cases, facts) for line in lines)
    creators = tuple(dict.fromkeys(c for each in found for c in each.creators))
    known = {case.row.key: case for case in named.cases}
    known |= {case.row.key: case for case in cases_named(set(creators), by=by, now=now)}
    sheets = tuple(_sheet(each, known=known, facts=facts) for each in creators[:SHEETS])
    if len(creators) == 1 and by.may(Right.SEE_CASES):
        sheets = (_with_like(sheets[0], by=by, now=now),)
    return Found(lines=found, sheets=sheets, creators_n=len(creators), facts=facts)


def _line(line: Line, cases: tuple[NamedCase, ...], facts: FactsFound) -> LineFound:
    matches = tuple(
        match for cell in line.cells for match in _matches(cell, cases, facts)
    )
    error = None if matches else UnknownTermError(term=line.cells[0])
    return LineFound(line=line, matches=matches, error=error)


def _matches(
    term: str, cases: tuple[NamedCase, ...], facts: FactsFound
) -> tuple[Match, ...]:
    by_case = tuple(
        Match(
            term=term,
            kind=CASE if case.row.key == term.upper() else REFERENCE,
            creator=case.row.creator_id,
            session=case.session_id,
            case=case.row,
        )
        for case in cases
        if term.upper() == case.row.key or term == case.row.external_ref
    )
    if by_case:
        return by_case
    sessions = {c.session_id: c.row.creator_id for c in cases} | dict(facts.sessions)
    if term in sessions:
        creator = sessions[term]
        return (Match(term=term, kind=SESSION, creator=creator, session=term),)
    creators = {case.row.creator_id for case in cases} | set(facts.creators)
    if term in creators:
        return (Match(term=term, kind=CREATOR, creator=term),)
    return ()


def _sheet(creator: str, *, known: Mapping[str, NamedCase], facts: FactsFound) -> Sheet:
    own = [case for case in known.values() if case.row.creator_id == creator]
    own.sort(key=lambda case: case.row.opened_at, reverse=True)
    return Sheet(
        creator=creator,
        facts=facts.creators.get(creator),
        cases=tuple(own),
        like=(),
    )


def _with_like(sheet: Sheet, *, by: Actor, now: datetime) -> Sheet:
    """Add the cases like the creator's newest, other creators' among them."""
    if not sheet.cases:
        return sheet
    own = {case.row.key for case in sheet.cases}
    alike = like_cases(sheet.cases[0].row.key, by=by, now=now)
    like = tuple(row for row in alike if row.key not in own)[:LIKE]
    return Sheet(creator=sheet.creator, facts=sheet.facts, cases=sheet.cases, like=like)
