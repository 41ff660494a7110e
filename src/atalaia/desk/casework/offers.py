"""What somebody can do with a case as it stands: what pages offer as buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import CaseDetail
from atalaia.desk.casework.sides import CENTRAL
from atalaia.desk.casework.workflow import ENDED, IN_CENTRAL
from atalaia.domain.work_codes import CaseState, CentralTeam

__all__ = ["DEEDS", "DEED_MESSAGES", "Offer", "bulk_offers", "offers"]

_S = CaseState
SORTED = frozenset({_S.TRIAGED, _S.EVIDENCE_COMPLETE})
ANSWERS = frozenset({_S.DECIDED, _S.FIX_IN_PROGRESS})

DEED_MESSAGES: Mapping[str, str] = {
    "claim": "Claim",
    "triage": "Triage",
    "submit": "Send to central",
    "resume": "Resume",
    "take_in_review": "Take up",
    "decide": "Decide",
    "return": "Return as incomplete",
    "verify_fix": "Check the fix",
    "close": "Close",
    "reopen": "Reopen",
    "start_fix": "Start the fix",
    "take_up": "Take up the newer procedure",
    "give_back_sop": "Back to the earlier procedure",
    "pause": "Pause",
    "give_back": "Give back to who reported it",
    "assign": "Assign",
    "release": "Release",
    "duplicate": "Merge as duplicate",
    "link": "Link to another case",
}
"""What buttons say, the most pressing first."""
ICONS: Mapping[str, str] = MappingProxyType(
    {
        "claim": "hand",
        "triage": "flag",
        "submit": "send",
        "resume": "rotate-ccw",
        "take_in_review": "user-check",
        "decide": "check",
        "return": "undo-2",
        "verify_fix": "shield-check",
        "close": "circle-check",
        "reopen": "rotate-ccw",
        "start_fix": "refresh-cw",
        "take_up": "refresh-cw",
        "give_back_sop": "history",
        "pause": "circle-pause",
        "give_back": "undo-2",
        "assign": "user-round",
        "release": "user-x",
        "duplicate": "merge",
        "link": "link",
    }
)
KEYS: Mapping[str, str] = MappingProxyType({"claim": "c", "submit": "s"})
PLAIN = frozenset(
    {"claim", "release", "resume", "take_in_review", "reopen", "give_back_sop"}
)
"""Done by one press, without anything to fill in."""
BULK = ("claim", "release", "triage", "pause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that can be done.

    Attributes:
        is_plain: whether one press is enough; the others open a small form.
        key: what presses it on the keyboard.
    """

    name: str
    message: str
    icon: str
    key: str = ""
    is_plain: bool = False

    @property
    def template(self) -> str:
        """The form that it opens."""
        return f"casework/deeds/{self.name}.html"


Condition = Callable[[CaseDetail, Actor], bool]


def _may_work(detail: CaseDetail, by: Actor) -> bool:
    return by.may(Right.WORK_CASES, market=detail.row.market)


def _may_answer(detail: CaseDetail, by: Actor) -> bool:
    answers = by.may(Right.ANSWER_CASES, market=detail.row.market)
    return answers or _may_work(detail, by)


def _leads(detail: CaseDetail, by: Actor) -> bool:
    return by.may(Right.LEAD_CASES, market=detail.row.market)


def _open(detail: CaseDetail) -> bool:
    return detail.row.state not in ENDED


def _can_claim(detail: CaseDetail, by: Actor) -> bool:
    return _may_work(detail, by) and detail.row.owner_id is None and _open(detail)


def _can_release(detail: CaseDetail, by: Actor) -> bool:
    owner = detail.row.owner_id
    is_own = owner == person_id_of(by) and _may_work(detail, by)
    return owner is not None and _open(detail) and (is_own or _leads(detail, by))


def _can_triage(detail: CaseDetail, by: Actor) -> bool:
    fits = _S.TRIAGED in detail.can_move_to or detail.row.state in SORTED
    return _may_work(detail, by) and fits and _open(detail)


def _can_submit(detail: CaseDetail, by: Actor) -> bool:
    ready = detail.row.state is _S.EVIDENCE_COMPLETE
    fits = ready or _S.EVIDENCE_COMPLETE in detail.can_move_to
    waits = detail.row.state is _S.WAITING_REPORTER
    has_team = detail.row.central_team is not CentralTeam.NONE
    return _may_work(detail, by) and fits and not waits and has_team


def _can_decide(detail: CaseDetail, by: Actor) -> bool:
    fits = _S.DECIDED in detail.can_move_to
    is_theirs = detail.side != CENTRAL or detail.row.state in IN_CENTRAL
    return _may_answer(detail, by) and fits and is_theirs


def _can_return(detail: CaseDetail, by: Actor) -> bool:
    return _may_answer(detail, by) and detail.row.state in IN_CENTRAL


def _can_verify(detail: CaseDetail, by: Actor) -> bool:
    fits = detail.row.state in ANSWERS | {_S.VERIFIED} and detail.is_fix_promised
    return _may_work(detail, by) and fits


def _in_region(detail: CaseDetail, by: Actor) -> bool:
    is_there = detail.row.state not in IN_CENTRAL
    return _may_work(detail, by) and _open(detail) and is_there


def _moves(to: CaseState, may: Condition) -> Condition:
    return lambda detail, by: to in detail.can_move_to and may(detail, by)


CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        "claim": _can_claim,
        "triage": _can_triage,
        "submit": _can_submit,
        "resume": lambda detail, by: (
            detail.row.state is _S.WAITING_REPORTER and _may_work(detail, by)
        ),
        "take_in_review": _moves(_S.IN_REVIEW, _may_answer),
        "decide": _can_decide,
        "return": _can_return,
        "verify_fix": _can_verify,
        "close": _moves(_S.CLOSED, _may_work),
        "reopen": _moves(_S.REOPENED, _may_work),
        "start_fix": _moves(_S.FIX_IN_PROGRESS, _may_answer),
        "take_up": lambda detail, by: (
            detail.newer is not None and _in_region(detail, by)
        ),
        "give_back_sop": lambda detail, by: (
            bool(detail.sop_before) and _in_region(detail, by)
        ),
        "pause": _moves(_S.WAITING_REPORTER, _may_work),
        "give_back": lambda detail, by: (
            _S.REJECTED_INCOMPLETE in detail.can_move_to
            and detail.row.state not in IN_CENTRAL
            and _may_work(detail, by)
        ),
        "assign": lambda detail, by: _leads(detail, by) and _open(detail),
        "release": _can_release,
        "duplicate": _moves(_S.DUPLICATE, _may_work),
        "link": _may_work,
    }
)
DEEDS = tuple(CONDITIONS)


def offers(detail: CaseDetail, *, by: Actor) -> tuple[Offer, ...]:
    """Return what somebody can do with a case as it stands."""
    return tuple(
        _offer(name) for name, holds in CONDITIONS.items() if holds(detail, by)
    )


def bulk_offers(*, by: Actor) -> tuple[Offer, ...]:
    """Return what somebody can do with many cases at once."""
    if not by.may(Right.WORK_CASES):
        return ()
    leads = ("assign",) if by.may(Right.LEAD_CASES) else ()
    return tuple(_offer(name) for name in (*BULK, *leads))


def _offer(name: str) -> Offer:
    return Offer(
        name=name,
        message=DEED_MESSAGES[name],
        icon=ICONS[name],
        key=KEYS.get(name, ""),
        is_plain=name in PLAIN,
    )
