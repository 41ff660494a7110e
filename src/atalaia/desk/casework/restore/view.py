"""The bulk restore of a case as its page shows it: figures, rows, what can be done."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.core.paginator import Page, Paginator

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.fates import FATE_MESSAGES, FATE_TONES, Fate
from atalaia.desk.casework.queries import CaseDetail, like_cases, one_case
from atalaia.desk.casework.restore.asking import LATE, MOST_DECISIONS, RESTORABLE
from atalaia.desk.casework.restore.checking import RowOutcome
from atalaia.desk.casework.restore.near import NearDecision, near_decisions
from atalaia.desk.casework.restore.rows import (
    RestoreTally,
    restore_lines,
    restore_tally,
)
from atalaia.desk.casework.restore.words import RESULTS
from atalaia.desk.casework.workflow import ENDED
from atalaia.desk.shell.refusals import told
from atalaia.domain.case_codes import RestoreRefusal, RestoreState
from atalaia.domain.work_codes import RootCause

__all__ = ["can_gather", "panel", "restore_view", "told_outcomes"]

SIZE = 50
MOST_TOLD = 200
"""Rows of an answer that are told one by one; the rest is counted."""
STATE_TONES: Mapping[RestoreState, str] = MappingProxyType(
    {
        RestoreState.ASKED: "",
        RestoreState.RESTORED: "success",
        RestoreState.REDUCED: "info",
        RestoreState.REFUSED: "error",
        RestoreState.NOT_FOUND: "warning",
    }
)


def can_gather(case: CaseDetail) -> bool:
    """Whether the case still takes decisions to ask for."""
    is_kind = case.row.type in RESTORABLE
    return is_kind and case.row.state not in LATE | ENDED


def panel(case: CaseDetail, *, request: PersonRequest) -> dict[str, Any]:
    """Return what the page of the case itself says of its bulk restore."""
    tally = restore_tally(case.row.key, by=request.by)
    return {
        "restore": tally,
        "restore_bar": bar(tally),
        "can_gather": can_gather(case)
        and request.by.may(Right.WORK_CASES, market=case.row.market),
    }


def restore_view(
    key: str, *, request: PersonRequest, state: RestoreState | None = None
) -> dict[str, Any]:
    """Return what the page shows; raises NotFoundError."""
    by, now = request.by, request.now
    case = one_case(key, by=by, now=now)
    tally = restore_tally(key, by=by)
    can_work = by.may(Right.WORK_CASES, market=case.row.market)
    gathers = can_work and can_gather(case)
    page = _page(tally, state, request=request)
    first = page.start_index() - 1 if page.paginator.count else 0
    return {
        "case": case,
        "row": case.row,
        "tally": tally,
        "bar": bar(tally),
        "share": request.voice.percent(tally.undone_share),
        "state": state or "",
        "states": _states(tally),
        "page": page,
        "query": f"state={state}&" if state else "",
        "lines": [
            (each, STATE_TONES[each.state])
            for each in restore_lines(key, by=by, state=state, first=first, most=SIZE)
        ],
        "can_gather": gathers,
        "can_answer": can_work and tally.asked_n > tally.unsent_n,
        "near": _near(case, request=request) if gathers else (),
        "most": MOST_DECISIONS,
        "root_causes": tuple(RootCause),
        "result_codes": RESULTS,
        "reasons": tuple(RestoreRefusal),
        "typed": request.POST,
        "is_posted": request.method == "POST",
    }


def told_outcomes(
    outcomes: Sequence[RowOutcome], *, request: PersonRequest
) -> dict[str, Any]:
    """Return what became of each row; those that were refused are told first."""
    count = {fate: sum(each.fate is fate for each in outcomes) for fate in Fate}
    bad = [each for each in outcomes if each.error is not None]
    words = request.words
    return {
        "is_read": True,
        "saved_n": count[Fate.SAVED],
        "unchanged_n": count[Fate.UNCHANGED],
        "refused_n": count[Fate.REFUSED],
        "untold_n": max(len(bad) - MOST_TOLD, 0),
        "outcomes": [
            {
                "at": each.at,
                "decision": each.decision,
                "fate": words.text(FATE_MESSAGES[each.fate]),
                "tone": FATE_TONES[each.fate],
                "why": told(each.error, words=words) if each.error else "",
            }
            for each in bad[:MOST_TOLD]
        ],
    }


def bar(tally: RestoreTally) -> list[dict[str, Any]]:
    """Return the parts of a bar, each with where it begins and how wide it is."""
    parts, start = [], 0.0
    for state, count in _counts(tally).items():
        if count:
            width = 100 * count / tally.asked_n
            parts.append({"state": state, "x": f"{start:.2f}", "width": f"{width:.2f}"})
            start += width
    return parts


def _counts(tally: RestoreTally) -> dict[RestoreState, int]:
    return {
        RestoreState.RESTORED: tally.restored_n,
        RestoreState.REDUCED: tally.reduced_n,
        RestoreState.REFUSED: tally.refused_n,
        RestoreState.NOT_FOUND: tally.not_found_n,
        RestoreState.ASKED: tally.waiting_n,
    }


def _states(tally: RestoreTally) -> list[tuple[RestoreState, int]]:
    return [(state, count) for state, count in _counts(tally).items() if count]


def _page(
    tally: RestoreTally, state: RestoreState | None, *, request: PersonRequest
) -> Page[int]:
    count = _counts(tally)[state] if state else tally.asked_n
    return Paginator(range(count), SIZE).get_page(request.GET.get("page"))


def _near(case: CaseDetail, *, request: PersonRequest) -> tuple[NearDecision, ...]:
    linked = [each.row.key for each in case.links]
    like = [
        each.key for each in like_cases(case.row.key, by=request.by, now=request.now)
    ]
    own = [case.row.key]
    return near_decisions([*own, *linked, *like], case=case.row.key, by=request.by)
