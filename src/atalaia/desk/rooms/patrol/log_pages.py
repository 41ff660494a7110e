"""What was seen in the last days: on a page, and as a workbook."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.exports import book
from atalaia.desk.rooms.patrol.chosen_market import chosen_market
from atalaia.desk.rooms.patrol.watch_queries import LOG_DAYS, Log, seen_lately
from atalaia.desk.shell.inert_text import inert
from atalaia.desk.shell.trade import trade
from atalaia.language.catalogue import Translator

__all__ = ["log", "log_sheet"]

COUNT_MESSAGES: Mapping[str, str] = {
    "market": "Market",
    "seen_n": "Seen, clean",
    "subjects_n": "Watched, seen",
    "people_n": "People on patrol",
    "watched_n": "On the list now",
    "due_n": "Due now",
}
ROW_MESSAGES: Mapping[str, str] = {
    "seen_at": "When (UTC)",
    "market": "Market",
    "kind": "Who or what",
    "subject_id": "Pseudonym or room",
    "reason": "Why",
    "by_name": "Seen by",
}


@page_for(Right.SEE_PATROL)
def log(request: PersonRequest) -> HttpResponse:
    """Show what was seen, with a count for each market."""
    chosen = chosen_market(request)
    shown = {"chosen": chosen, "log": _log(request), "days": LOG_DAYS}
    return render(request, "patrol/log.html", shown)


@page_for(Right.SEE_PATROL)
def log_sheet(request: PersonRequest) -> HttpResponse:
    """Return the log as a workbook: counts, and every sighting."""
    words, found = request.words, _log(request)
    sheets = {
        words.text("Counts"): _counts(found, words=words),
        words.text("Seen, clean"): _rows(found, words=words),
    }
    answer = book(sheets)
    answer["Content-Disposition"] = 'attachment; filename="patrol.xlsx"'
    return answer


def _log(request: PersonRequest) -> Log:
    wanted = chosen_market(request).wanted
    return seen_lately(by=request.by, now=request.now, markets=wanted)


def _counts(found: Log, *, words: Translator) -> Iterator[Sequence[str]]:
    yield [words.text(message) for message in COUNT_MESSAGES.values()]
    for each in found.counts:
        yield [str(getattr(each, name)) for name in COUNT_MESSAGES]


def _rows(found: Log, *, words: Translator) -> Iterator[Sequence[str]]:
    names, language = trade().reference.names, words.language
    yield [words.text(message) for message in ROW_MESSAGES.values()]
    for row in found.rows:
        cells = {
            **{name: getattr(row, name) for name in ROW_MESSAGES},
            "seen_at": row.seen_at.isoformat(timespec="seconds"),
            "kind": names.of(row.kind).of(language),
            "reason": names.of(row.reason).of(language),
        }
        yield [inert(str(each)) for each in cells.values()]
