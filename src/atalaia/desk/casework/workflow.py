"""The moves of a case as a table, and who owes the next one."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.case_codes import NextMove
from atalaia.domain.work_codes import CaseState

__all__ = ["ALLOWED_MOVES", "ENDED", "IN_CENTRAL", "NEXT_MOVE"]

_S = CaseState
_ASIDE = frozenset({_S.WAITING_REPORTER, _S.DUPLICATE})

ALLOWED_MOVES: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {
        _S.NEW: _ASIDE | {_S.TRIAGED},
        _S.TRIAGED: _ASIDE
        | {_S.EVIDENCE_COMPLETE, _S.REJECTED_INCOMPLETE, _S.DECIDED, _S.CLOSED},
        _S.EVIDENCE_COMPLETE: _ASIDE
        | {_S.TRIAGED, _S.SUBMITTED_CENTRAL, _S.DECIDED, _S.CLOSED},
        _S.SUBMITTED_CENTRAL: frozenset(
            {_S.IN_REVIEW, _S.DECIDED, _S.REJECTED_INCOMPLETE}
        ),
        _S.IN_REVIEW: frozenset({_S.DECIDED, _S.REJECTED_INCOMPLETE}),
        _S.DECIDED: frozenset({_S.FIX_IN_PROGRESS, _S.CLOSED}),
        _S.FIX_IN_PROGRESS: frozenset({_S.VERIFIED}),
        _S.VERIFIED: frozenset({_S.FIX_IN_PROGRESS, _S.CLOSED}),
        _S.CLOSED: frozenset({_S.REOPENED}),
        _S.WAITING_REPORTER: frozenset(
            {
                _S.NEW,
                _S.TRIAGED,
                _S.EVIDENCE_COMPLETE,
                _S.REJECTED_INCOMPLETE,
                _S.REOPENED,
                _S.DUPLICATE,
                _S.CLOSED,
            }
        ),
        _S.REJECTED_INCOMPLETE: _ASIDE | {_S.TRIAGED, _S.EVIDENCE_COMPLETE, _S.CLOSED},
        _S.DUPLICATE: frozenset({_S.REOPENED}),
        _S.REOPENED: _ASIDE | {_S.TRIAGED, _S.EVIDENCE_COMPLETE, _S.CLOSED},
    }
)
"""What may follow each state; what is not written here is refused."""

ENDED = frozenset({_S.CLOSED, _S.DUPLICATE})
"""States in which nobody works on a case."""
IN_CENTRAL = frozenset({_S.SUBMITTED_CENTRAL, _S.IN_REVIEW})
"""States in which the central team works on it."""

NEXT_MOVE: Mapping[CaseState, NextMove] = MappingProxyType(
    {
        **dict.fromkeys(CaseState, NextMove.REGION),
        **dict.fromkeys(IN_CENTRAL, NextMove.CENTRAL),
        **dict.fromkeys(ENDED, NextMove.NOBODY),
        _S.FIX_IN_PROGRESS: NextMove.CENTRAL,
        _S.WAITING_REPORTER: NextMove.REPORTER,
    }
)
"""Who owes the next move in each state."""
