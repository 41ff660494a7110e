"""Pasted lines as cases to open: a table that the import reads."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.http import QueryDict

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.imports import HEADERS
from atalaia.desk.rooms.today.paste_found import Found, LineFound
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ReporterKind, RequestedOutcome
from atalaia.domain.work_codes import CasePriority, CaseType

__all__ = ["CHOICES", "Shared", "intake_table", "is_intake", "openable", "shared_of"]

LEAST = frozenset({"market", "type", "description"})
CHOICES: Mapping[str, tuple[StrEnum, ...]] = MappingProxyType(
    {
        "type": tuple(CaseType),
        "priority": tuple(CasePriority),
        "requested_outcome": tuple(RequestedOutcome),
        "reporter_kind": tuple(ReporterKind),
    }
)
"""What is said once for all lines, beside the description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all cases of a table have in common, by the columns of the import."""

    values: Mapping[str, str]


def shared_of(posted: QueryDict) -> Shared:
    """Read what a form says of all lines; the import refuses what is no such value."""
    names = (*CHOICES, "description")
    return Shared(values={name: str(posted.get(name, "")).strip() for name in names})


def is_intake(text: str) -> bool:
    """Whether a table has the columns of the import, so that it needs no form."""
    head = text.strip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return {name.strip() for name in head.split(delimiter)} >= LEAST


def openable(found: Found, *, by: Actor) -> int:
    """Return for how many lines somebody could open a case."""
    return sum(1 for _ in _rows(found, by=by))


def intake_table(found: Found, *, shared: Shared, by: Actor) -> str:
    """Return the lines as a file of cases: whose, in which market, about which room."""
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, fieldnames=HEADERS, restval="")
    sheet.writeheader()
    sheet.writerows({**shared.values, **row} for row in _rows(found, by=by))
    return text.getvalue()


def _rows(found: Found, *, by: Actor) -> Iterator[Mapping[str, str]]:
    """Yield what is known of each line; one that is a case already is none to open."""
    markets = trade().reference.markets
    for line in found.lines:
        if len(line.creators) != 1 or any(m.case is not None for m in line.matches):
            continue
        facts = found.facts.creators.get(line.creators[0])
        if facts is None or not by.may(Right.WORK_CASES, market=facts.market):
            continue
        yield {
            "market": facts.market,
            "language": markets.of(facts.market).languages[0],
            "creator_id": facts.creator,
            "agency_id": facts.agency,
            "session_id": _session(line),
        }


def _session(line: LineFound) -> str:
    sessions = {match.session for match in line.matches if match.session}
    return sessions.pop() if len(sessions) == 1 else ""
