"""What was found of pasted terms, as it is read and copied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.procedures import procedure_for, procedures_of, sop_key
from atalaia.desk.casework.queries import CaseRow
from atalaia.desk.rooms.today.paste_facts import Appealed, Penalised, Strike
from atalaia.desk.rooms.today.paste_found import Found, LineFound, Sheet
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CaseType

__all__ = ["FoundShown", "LineShown", "SheetShown", "shown_of"]

KIND_MESSAGES: Mapping[str, str] = {
    "case": "Case",
    "reference": "Reference of central",
    "session": "LIVE session",
    "creator": "Creator",
}

Procedures = Mapping[str, Sop]
"""By their keys; that of a disputed penalty by none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One line of a table, with its result."""

    number: int
    text: str
    kinds: str
    creators: tuple[str, ...]
    cases: tuple[str, ...]
    strikes_n: int | None
    penalties_n: int | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShown:
    """One creator as the page shows them.

    Attributes:
        place: market and agency, as far as they are known.
        strikes, penalties: None where the facts say nothing of the creator.
        procedures: the SOPs that apply, by name and address.
        new_case: the form of a new case about them; "" where it is not theirs to open.
        new_watch: the form that puts them on the watch-list; "" likewise.
    """

    creator: str
    place: str
    strikes: tuple[tuple[str, str, str, str], ...] | None
    penalties: tuple[tuple[str, str, str, str], ...] | None
    penalties_n: int
    appeals_n: int
    cases: tuple[CaseRow, ...]
    like: tuple[CaseRow, ...]
    procedures: tuple[tuple[str, str], ...]
    new_case: str
    new_watch: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundShown:
    """All that was found."""

    lines: tuple[LineShown, ...]
    sheets: tuple[SheetShown, ...]
    unshown_n: int
    is_table: bool
    text: str


def shown_of(found: Found, *, reader: Reader) -> FoundShown:
    """Put what was found into words."""
    lines = tuple(_line(each, found=found, reader=reader) for each in found.lines)
    procedures = _procedures(found, reader=reader)
    sheets = tuple(
        _sheet(each, found=found, procedures=procedures, reader=reader)
        for each in found.sheets
    )
    return FoundShown(
        lines=lines,
        sheets=sheets,
        unshown_n=found.creators_n - len(sheets),
        is_table=len(lines) > 1,
        text="\n\n".join(
            [each.told for each in lines if each.told] + [each.text for each in sheets]
        ),
    )


def _line(one: LineFound, *, found: Found, reader: Reader) -> LineShown:
    words = reader.words
    known = [found.facts.creators[c] for c in one.creators if c in found.facts.creators]
    kinds = dict.fromkeys(words.text(KIND_MESSAGES[m.kind]) for m in one.matches)
    cases = dict.fromkeys(m.case.key for m in one.matches if m.case is not None)
    return LineShown(
        number=one.line.number,
        text=one.line.text,
        kinds=", ".join(kinds),
        creators=one.creators,
        cases=tuple(cases),
        strikes_n=sum(len(each.strikes) for each in known) if known else None,
        penalties_n=sum(each.penalties_n for each in known) if known else None,
        told=told(one.error, words=words) if one.error is not None else "",
    )


def _sheet(
    sheet: Sheet, *, found: Found, procedures: Procedures, reader: Reader
) -> SheetShown:
    facts, place = sheet.facts, _place(sheet, reader=reader)
    strikes = penalties = None
    if facts is not None:
        strikes = tuple(_strike(each, reader=reader) for each in facts.strikes)
        penalties = tuple(_penalty(each, reader=reader) for each in facts.penalties)
    cases = tuple(case.row for case in sheet.cases)
    return SheetShown(
        creator=sheet.creator,
        place=place,
        strikes=strikes,
        penalties=penalties,
        penalties_n=facts.penalties_n if facts else 0,
        appeals_n=facts.appeals_n if facts else 0,
        cases=cases,
        like=sheet.like,
        procedures=_applying(sheet, procedures=procedures, reader=reader),
        new_case=_new_case(sheet, found=found, reader=reader),
        new_watch=_new_watch(sheet, reader=reader),
        text=_text(sheet, place, strikes, penalties, reader=reader),
    )


def _place(sheet: Sheet, *, reader: Reader) -> str:
    market, agency = _market(sheet), ""
    if sheet.facts is not None:
        agency = sheet.facts.agency
    elif sheet.cases:
        agency = sheet.cases[0].row.agency_id
    parts = [reader.market_name(market)] if market else []
    if agency:
        parts.append(reader.words.text("agency {agency}", agency=agency))
    return " · ".join(parts)


def _market(sheet: Sheet) -> str:
    if sheet.facts is not None:
        return sheet.facts.market
    return sheet.cases[0].row.market if sheet.cases else ""


def _strike(strike: Strike, *, reader: Reader) -> tuple[str, str, str, str]:
    """Return area, policy, since when, and what a repeat brings."""
    repeat = ""
    if strike.next_code is not None:
        name = trade().reference.ladders.name(strike.next_code)
        repeat = name.of(reader.words.language)
    return (
        _policy(strike.area, reader=reader),
        _policy(strike.policy_id, reader=reader),
        _day(strike.started_at, reader=reader),
        repeat,
    )


def _penalty(penalty: Penalised, *, reader: Reader) -> tuple[str, str, str, str]:
    """Return penalty and policy, its day, its status, and how its appeals went."""
    names, language = trade().reference.names, reader.words.language
    code = names.named("PenaltyCode", penalty.code).of(language) if penalty.code else ""
    status = (
        names.named("PenaltyStatus", penalty.status).of(language)
        if penalty.status
        else ""
    )
    policy = _policy(penalty.policy_id, reader=reader)
    appeals = "; ".join(_appeal(each, reader=reader) for each in penalty.appeals)
    what = " · ".join(each for each in (code, policy) if each)
    return (what, _day(penalty.started_at, reader=reader), status, appeals)


def _appeal(appeal: Appealed, *, reader: Reader) -> str:
    result = trade().reference.names.named("AppealResult", appeal.result)
    return reader.words.text(
        "round {round}: {result}",
        round=appeal.round,
        result=result.of(reader.words.language).lower(),
    )


def _policy(policy: str, *, reader: Reader) -> str:
    """Return a policy's name; its id where the tree does not hold it."""
    tree = trade().reference.policies
    known = policy in tree.by_id or policy in tree.groups
    return tree.name(policy).of(reader.words.language) if known else policy


def _day(instant: datetime, *, reader: Reader) -> str:
    return reader.voice.date(instant.date())


def _procedures(found: Found, *, reader: Reader) -> Procedures:
    """Return the SOPs of all open cases and of a disputed penalty, read at once."""
    if not reader.by.may(Right.SEE_PROCEDURES):
        return {}
    open_cases = [
        (case.sop_id, case.sop_version)
        for sheet in found.sheets
        for case in sheet.cases
        if not case.row.is_ended
    ]
    usual = procedure_for(CaseType.PENALTY_DISPUTE, day=reader.now.date())
    return {"": usual, **{sop_key(*k): s for k, s in procedures_of(open_cases).items()}}


def _applying(
    sheet: Sheet, *, procedures: Procedures, reader: Reader
) -> tuple[tuple[str, str], ...]:
    """Return the SOPs of the open cases, else that of a penalty that is disputed."""
    keys = dict.fromkeys(c.sop_key for c in sheet.cases if not c.row.is_ended)
    sops = [procedures[key] for key in keys if key in procedures]
    is_penalised = sheet.facts is not None and sheet.facts.penalties_n > 0
    if not sops and is_penalised and procedures:
        sops = [procedures[""]]
    return tuple(
        (
            sop.name.of(reader.words.language),
            reverse("casework:procedure", kwargs={"key": sop_key(sop.id, sop.version)}),
        )
        for sop in sops
    )


def _new_case(sheet: Sheet, *, found: Found, reader: Reader) -> str:
    market = _market(sheet)
    if not market or not reader.by.may(Right.WORK_CASES, market=market):
        return ""
    sessions = {
        match.session
        for line in found.lines
        for match in line.matches
        if match.creator == sheet.creator and match.session
    }
    facts = sheet.facts
    asked = {
        "type": CaseType.PENALTY_DISPUTE if facts and facts.penalties_n else "",
        "market": market,
        "creator": sheet.creator,
        "agency": facts.agency if facts else "",
        "session": sessions.pop() if len(sessions) == 1 else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('casework:new')}?{query}"


def _new_watch(sheet: Sheet, *, reader: Reader) -> str:
    market = _market(sheet)
    if not market or not reader.by.may(Right.WORK_CASES, market=market):
        return ""
    query = urlencode({"market": market, "creator": sheet.creator})
    return f"{reverse('patrol:add')}?{query}"


def _text(
    sheet: Sheet,
    place: str,
    strikes: Iterable[tuple[str, ...]] | None,
    penalties: Iterable[tuple[str, ...]] | None,
    *,
    reader: Reader,
) -> str:
    """Return a creator as a text for a chat."""
    words = reader.words
    parts = [" · ".join(each for each in (sheet.creator, place) if each)]
    sections = (
        (words.text("Open strikes"), strikes or ()),
        (words.text("Penalties"), penalties or ()),
        (words.text("Cases"), [(case.row.key,) for case in sheet.cases]),
    )
    for title, rows in sections:
        lines = ["- " + " · ".join(filter(None, row)) for row in rows]
        parts += [f"{title}:", *lines] if lines else []
    return "\n".join(parts)
