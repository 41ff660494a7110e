"""The desk enters the cases that the simulation proposes, through its own actions.

Every move is somebody's of the demo, at the moment at which the simulation has it. What
the desk does not allow is not done: a case without the fields of its procedure is not
sent, and one whose promised fix was never checked is not closed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework import actions
from atalaia.desk.casework.queries import one_case
from atalaia.desk.casework.workflow import ALLOWED_MOVES, ENDED, IN_CENTRAL
from atalaia.desk.rooms.demo import restoring, writing
from atalaia.desk.rooms.demo.cast import central_of, worker_of
from atalaia.domain.case_codes import (
    CommentAudience,
    FixResult,
    PauseReason,
    ReturnReason,
)
from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CaseState,
    CentralTeam,
    RootCause,
    Ruling,
)
from atalaia.simulation.proposals import Proposal

__all__ = ["Crew", "enter_cases"]

_S = CaseState
ACCEPTED_SHARE = 0.62
UNCLAIMED_SHARE = 0.3
TALKED_OVER_SHARE = 0.35
FIX_DAYS = 7
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who acts for whom, and under which pseudonyms creators are known.

    Attributes:
        actors: by the key of their part.
        pseudonym: tells a creator's, by the platform's id.
    """

    actors: Mapping[str, Actor]
    pseudonym: Callable[[str], str]

    def worker(self, market: str) -> Actor:
        """Return who works on a market."""
        return self.actors[worker_of(market)]

    def central(self, team: str, *, market: str) -> Actor:
        """Return who answers for a team, or writes its answer down."""
        part = central_of(CentralTeam(team))
        return self.actors[part] if part else self.worker(market)


def enter_cases(found: Iterable[Proposal], *, crew: Crew) -> int:
    """Enter the proposed cases as they went, all or none; return how many."""
    entries = [_Entry(proposal=each, crew=crew) for each in found]
    with transaction.atomic():
        for step in sorted(_steps(entries), key=lambda step: step.at):
            step.do()
    return len(entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    at: datetime
    do: Callable[[], None]


def _steps(entries: list["_Entry"]) -> Iterator[_Step]:
    opened: list[_Entry] = []
    for entry in entries:
        at = entry.proposal.opened_at
        yield _Step(at=at, do=partial(entry.open, at, among=opened))
        for move in entry.proposal.moves:
            # A move of the moment before comes first, and the opening before all.
            at = max(at + _SECOND, move.at)
            yield _Step(at=at, do=partial(entry.move, move.to, at))


@dataclass(slots=True, kw_only=True)
class _Entry:
    """One case on its way into the desk."""

    proposal: Proposal
    crew: Crew
    key: str = ""
    version: int = 0
    state: CaseState = CaseState.NEW
    is_filled: bool = False
    is_held: bool = False
    was_decided: bool = False
    among: list["_Entry"] = field(default_factory=list)

    @property
    def worker(self) -> Actor:
        return self.crew.worker(self.proposal.market)

    @property
    def central(self) -> Actor:
        return self.crew.central(
            self.proposal.central_team, market=self.proposal.market
        )

    @property
    def ahead(self) -> frozenset[CaseState]:
        """The states that the simulation brings it to."""
        return frozenset(move.to for move in self.proposal.moves)

    def open(self, now: datetime, *, among: list["_Entry"]) -> None:
        """Open the case; `among` are those opened before it."""
        name = self.proposal.creator_id
        opening = writing.opening_of(
            self.proposal, creator_id=self.crew.pseudonym(name) if name else ""
        )
        saved = actions.open_case(opening, by=self.worker, now=now)
        self.key = saved.key
        self.took(saved)
        self.among = among
        among.append(self)

    def move(self, to: CaseState, now: datetime) -> None:
        """Move the case as proposed, as far as the desk allows it."""
        doing = _MOVES.get(to)
        if doing is None:
            return
        self.took(doing(self, now))

    def took(self, saved: actions.Saved | None) -> None:
        """Remember where an action left the case; None where there was none."""
        if saved is not None:
            self.state, self.version = saved.state, saved.version

    def hold(self, now: datetime) -> None:
        """Take the case, where nobody holds it."""
        if not self.is_held:
            self.took(actions.claim(self.key, by=self.worker, now=now))
            self.is_held = True

    def happens(self, share: float, what: str) -> bool:
        return writing.happens(share, f"{self.proposal.case_id} {what}")


def _triage(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state is _S.WAITING_REPORTER:
        return actions.resume(entry.key, by=entry.worker, now=now)
    if _S.TRIAGED not in ALLOWED_MOVES[entry.state]:
        return None
    if not entry.happens(UNCLAIMED_SHARE, "unclaimed"):
        entry.hold(now)
    priority = CasePriority(entry.proposal.priority)
    if entry.happens(TALKED_OVER_SHARE, "comment"):
        _say(entry, CommentAudience.REGION, now=now)
    return actions.triage(entry.key, priority=priority, by=entry.worker, now=now)


def _say(entry: _Entry, audience: CommentAudience, *, now: datetime) -> None:
    text = writing.comment_of(audience, market=entry.proposal.market)
    entry.took(
        actions.add_comment(
            entry.key, text, audience=audience, by=entry.worker, now=now
        )
    )


def _wait(entry: _Entry, now: datetime) -> actions.Saved | None:
    if _S.WAITING_REPORTER not in ALLOWED_MOVES[entry.state]:
        return None
    allowed = one_case(entry.key, by=entry.worker, now=now).sop.pause_reasons
    if not allowed:
        return None
    reason = next(each for each in PauseReason if each in allowed)
    return actions.pause(entry.key, reason=reason, by=entry.worker, now=now)


def _complete(entry: _Entry, now: datetime) -> actions.Saved | None:
    if _S.EVIDENCE_COMPLETE not in ALLOWED_MOVES[entry.state]:
        return None
    if not _is_filled(entry, now):
        return None
    return actions.complete_evidence(entry.key, by=entry.worker, now=now)


def _is_filled(entry: _Entry, now: datetime) -> bool:
    """Fill what the procedure asks for, once; return whether nothing is missing."""
    if entry.is_filled:
        return True
    missing = one_case(entry.key, by=entry.worker, now=now).missing
    answers = writing.answers_to(missing, entry.proposal, case=entry.key, at=now)
    entry.hold(now)
    saved = actions.edit_case(
        entry.key,
        actions.Changes(fields=answers),
        version=entry.version,
        by=entry.worker,
        now=now,
    )
    entry.took(saved)
    entry.is_filled = len(answers) == len(missing)
    return entry.is_filled


def _send(entry: _Entry, now: datetime) -> actions.Saved | None:
    ready = ALLOWED_MOVES[entry.state] & {_S.EVIDENCE_COMPLETE, _S.SUBMITTED_CENTRAL}
    asks = CentralTeam(entry.proposal.central_team) is not CentralTeam.NONE
    if not ready or not asks or not _is_filled(entry, now):
        return None
    if entry.happens(TALKED_OVER_SHARE, "sent"):
        _say(entry, CommentAudience.BOTH_SIDES, now=now)
    restoring.ask_alike(entry.key, entry.proposal, by=entry.worker, now=now)
    return actions.submit(entry.key, by=entry.worker, now=now)


def _give_back(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state not in IN_CENTRAL:
        return None
    name = entry.proposal.case_id
    return actions.return_case(
        entry.key,
        reason=writing.picked((*ReturnReason,), name),
        note=writing.return_note(name),
        by=entry.central,
        now=now,
    )


def _review(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state is not _S.SUBMITTED_CENTRAL:
        return None
    owner = entry.central.name if entry.central is not entry.worker else ""
    return actions.take_in_review(
        entry.key, by=entry.central, now=now, central_owner=owner
    )


def _decide(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state is _S.REOPENED:
        entry.move(_S.TRIAGED, now)
    if _S.DECIDED not in ALLOWED_MOVES[entry.state]:
        return None
    is_central = entry.state in IN_CENTRAL
    is_accepted = entry.happens(ACCEPTED_SHARE, "ruling")
    ruling = Ruling.ACCEPTED if is_accepted else Ruling.REJECTED
    name, market = entry.proposal.case_id, entry.proposal.market
    promised = not entry.was_decided and _S.FIX_IN_PROGRESS in entry.ahead
    entry.was_decided = True
    answer = (
        writing.central_answer(ruling, key=name)
        if is_central
        else writing.regional_answer(market)
    )
    saved = actions.decide(
        entry.key,
        ruling=ruling,
        answer=answer,
        is_fix_promised=promised,
        fix_due_on=now.date() + timedelta(days=FIX_DAYS) if promised else None,
        by=entry.central if is_central else entry.worker,
        now=now,
    )
    if is_central:
        restoring.take_results(
            entry.key, is_accepted=is_accepted, by=entry.worker, now=now
        )
    return saved


def _mend(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state is not _S.DECIDED:
        return None
    return actions.start_fix(entry.key, by=entry.worker, now=now)


def _check(
    entry: _Entry, now: datetime, *, result: FixResult = FixResult.VERIFIED
) -> actions.Saved | None:
    if entry.state is not _S.FIX_IN_PROGRESS:
        return None
    return actions.verify_fix(
        entry.key,
        metric="M10",
        checked_on=now.date(),
        result=result,
        by=entry.worker,
        now=now,
    )


def _close(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state is _S.FIX_IN_PROGRESS:
        # The simulation closes it unproven; here it waits for a check that holds.
        return _check(entry, now, result=FixResult.CANNOT_TELL)
    if _S.CLOSED not in ALLOWED_MOVES[entry.state]:
        return None
    name = entry.proposal.case_id
    results = [each for each in CaseResolution if each is not CaseResolution.DUPLICATE]
    cause = entry.proposal.root_cause or writing.picked((*RootCause,), name)
    found = entry.proposal.resolution
    if not found or found == CaseResolution.DUPLICATE:
        found = writing.picked(results, name)
    return actions.close(
        entry.key,
        root_cause=RootCause(cause),
        resolution=CaseResolution(found),
        by=entry.worker,
        now=now,
    )


def _merge(entry: _Entry, now: datetime) -> actions.Saved | None:
    if _S.DUPLICATE not in ALLOWED_MOVES[entry.state]:
        return None
    alike = [
        other
        for other in entry.among
        if other is not entry
        and other.state not in ENDED
        and other.proposal.market == entry.proposal.market
    ]
    same = [o for o in alike if o.proposal.policy_id == entry.proposal.policy_id]
    into = (same or alike)[:1]
    if not into:
        return None
    return actions.mark_duplicate(entry.key, of=into[0].key, by=entry.worker, now=now)


def _reopen(entry: _Entry, now: datetime) -> actions.Saved | None:
    if entry.state not in ENDED:
        return None
    return actions.reopen(entry.key, by=entry.worker, now=now)


Doing = Callable[[_Entry, datetime], actions.Saved | None]

_MOVES: Mapping[CaseState, Doing] = {
    _S.TRIAGED: _triage,
    _S.WAITING_REPORTER: _wait,
    _S.EVIDENCE_COMPLETE: _complete,
    _S.SUBMITTED_CENTRAL: _send,
    _S.REJECTED_INCOMPLETE: _give_back,
    _S.IN_REVIEW: _review,
    _S.DECIDED: _decide,
    _S.FIX_IN_PROGRESS: _mend,
    _S.VERIFIED: _check,
    _S.CLOSED: _close,
    _S.DUPLICATE: _merge,
    _S.REOPENED: _reopen,
}
"""How each state that the simulation proposes is come to at the desk."""
