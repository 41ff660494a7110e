"""One person's turn at a case: fetched to change, moved by the table, told when done.

with turn_at("case.claim", key, by=by, right=Right.WORK_CASES, now=now) as turn:
    turn.case.owner_id = …
    turn.move(CaseState.TRIAGED)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms.models import model_to_dict

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import Deed, acting
from atalaia.desk.casework.case_facts import case_row, move_row
from atalaia.desk.casework.errors import (
    ClosedCaseError,
    ForbiddenMoveError,
    NotWithCentralError,
    StaleCaseError,
)
from atalaia.desk.casework.models import Case, CaseEvent
from atalaia.desk.casework.procedures import procedure_of
from atalaia.desk.casework.sides import CENTRAL, Side, side_of
from atalaia.desk.casework.workflow import ALLOWED_MOVES, ENDED, IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CaseState

__all__ = ["Saved", "Turn", "turn_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What an action left behind: the case, its version now, and its state."""

    key: str
    version: int
    state: CaseState


@dataclass(slots=True, kw_only=True)
class Turn:
    """A case in somebody's hands until the transaction ends."""

    case: Case
    deed: Deed
    by: Actor
    now: datetime
    moves: list[CaseEvent] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> CaseState:
        """Where the case stands."""
        return CaseState(self.case.state)

    @property
    def sop(self) -> Sop:
        """The version of the procedure that the case follows."""
        return procedure_of(self.case.sop_id, self.case.sop_version)

    @property
    def saved(self) -> Saved:
        """What is returned to whoever acted."""
        return Saved(key=self.case.key, version=self.case.version, state=self.state)

    def must_be_open(self) -> None:
        """Refuse to work on what has ended; raises ClosedCaseError."""
        if self.state in ENDED:
            raise ClosedCaseError(case=self.case.key)

    def move(self, to: CaseState, *, reason: str = "") -> None:
        """Move the case; raises ForbiddenMoveError where the table does not say so."""
        self.must_allow(to)
        if self.case.acked_at is None:
            self.case.acked_at = self.now
        self.record(to, reason=reason)

    def must_allow(self, to: CaseState) -> None:
        """Refuse a state that cannot follow; raises ForbiddenMoveError."""
        allowed = ALLOWED_MOVES[self.state]
        if to not in allowed:
            names = trade().reference.names
            raise ForbiddenMoveError(
                case=self.case.key,
                from_state=names.of(self.state),
                to_state=names.of(to),
                allowed=[names.of(state) for state in CaseState if state in allowed],
            )

    def record(self, to: CaseState, *, reason: str = "") -> None:
        """Write a move down as the next of the case."""
        self.case.moves_n += 1
        self.moves.append(
            CaseEvent(
                case=self.case,
                seq=self.case.moves_n,
                moved_at=self.now,
                from_state=self.case.state if self.case.moves_n > 1 else "",
                to_state=to,
                by_key=self.by.key,
                by_name=self.by.name,
                by_team=self._team(),
                reason=reason,
            )
        )
        self.case.state = to
        self.case.is_open = to not in ENDED

    def must_be_with_central(self) -> None:
        """Refuse central's answer to what it does not have; NotWithCentralError."""
        side = side_of(self.by, market=self.case.market)
        if side == CENTRAL and self.state not in IN_CENTRAL:
            raise NotWithCentralError(case=self.case.key)

    def _team(self) -> Side:
        """Return whose move it is; what central answered is so, whoever writes it."""
        if self.case.moves_n > 1 and self.state in IN_CENTRAL:
            return CENTRAL
        return side_of(self.by, market=self.case.market)

    def finish(self) -> None:
        """Save the case, its moves, what the trail keeps and what is published."""
        case = self.case
        case.changed_at = self.now
        if case.pk is not None:
            case.version += 1
        case.save()
        CaseEvent.objects.bulk_create(self.moves)
        self.deed.did(
            case, content={**content_of(case), **self.said}, subject=case.creator_id
        )
        self.deed.publish("case", [case_row(case)])
        moves = [move_row(move, case=case) for move in self.moves]
        self.deed.publish("case_event", moves)


@contextmanager
def turn_at(
    action: str,
    key: str,
    *,
    by: Actor,
    right: Right,
    now: datetime,
    version: int | None = None,
) -> Iterator[Turn]:
    """Take a case to change it, whole or not at all.

    Args:
        version: the version that was read; None where the change cannot undo another.

    Raises:
        ForbiddenError: the right is not theirs.
        NotFoundError: the case is not theirs to see by this right.
        StaleCaseError: somebody saved it since.
    """
    with acting(action, by=by, right=right, now=now) as deed:
        case = locked(Case, key, by=by, right=right)
        if version is not None and version != case.version:
            raise StaleCaseError(case=key, version=case.version)
        turn = Turn(case=case, deed=deed, by=by, now=now)
        yield turn
        turn.finish()


def content_of(case: Case) -> Mapping[str, Any]:
    """Return everything that a case holds, for the digest of the trail."""
    return model_to_dict(case)
