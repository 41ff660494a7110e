"""Cases and their moves in the contracts' form, as the desk tells them move by move."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CaseState,
    CaseType,
    CentralTeam,
    RootCause,
)
from atalaia.simulation import columns
from atalaia.simulation.arrays import Flags, Ints
from atalaia.simulation.case_paths import STATES, Paths
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.local_time import epoch
from atalaia.simulation.sessions import session_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.truth import truth_table

__all__ = ["Cases", "Ties", "case_rows", "move_rows", "move_truth"]

_CAUSES = tuple(RootCause)
_RESOLUTIONS = tuple(
    result for result in CaseResolution if result is not CaseResolution.DUPLICATE
)
_UNREASONED_SHARE = 0.06
_SECOND_SOP_DAY = 7
_AT = {state: STATES.index(state) for state in CaseState}
_BY_CENTRAL = np.isin(
    np.arange(len(STATES)),
    [
        _AT[CaseState.IN_REVIEW],
        _AT[CaseState.DECIDED],
        _AT[CaseState.REJECTED_INCOMPLETE],
    ],
)
_SOPS = tuple(f"sop-{kind.replace('_', '-')}" for kind in CaseType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Arrays over cases; instants in UTC microseconds, `trap` -1 for none.

    `resolve_due` is that of a case which never waits for its reporter.
    """

    number: Ints
    market: Ints
    policy: Ints
    trap: Ints
    kind: Ints
    priority: Ints
    team: Ints
    opened: Ints
    ack_due: Ints
    resolve_due: Ints
    required: Ints
    filled: Ints

    def kept(self, which: Flags) -> "Cases":
        """Return some of the cases."""
        return Cases(
            **{name: getattr(self, name)[which] for name in Cases.__dataclass_fields__}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What each case is about: -1 where there is nothing to name."""

    creator: Ints
    session: Ints
    decision: Ints
    decided_at: Ints

    @staticmethod
    def none(count: int) -> "Ties":
        """Return cases tied to nothing."""
        nothing = np.full(count, -1)
        return Ties(
            creator=nothing, session=nothing, decision=nothing, decided_at=nothing
        )


def case_rows(
    rng: np.random.Generator, stage: Stage, cases: Cases, *, paths: Paths, ties: Ties
) -> pa.Table:
    """Return the cases as they stood when opened and after every move."""
    count = cases.opened.size
    shown = _shown(paths)
    case = np.concatenate([np.arange(count), paths.case[shown]])
    at = np.concatenate([cases.opened, paths.at[shown]])
    new = np.full(count, _AT[CaseState.NEW])
    state = np.concatenate([new, paths.state[shown]])
    return columns.observations(
        "case",
        {
            **_opening(stage, cases, ties=ties, case=case),
            "state": columns.text(STATES, state),
            "resolve_due_at": columns.instants(
                cases.resolve_due[case] + _paused(cases, paths, case=case, by=at)
            ),
            **_findings(rng, cases, paths=paths, case=case, at=at),
        },
        known_at=at,
    )


def _opening(
    stage: Stage, cases: Cases, *, ties: Ties, case: Ints
) -> dict[str, pa.Array]:
    """Return what is known of a case from its opening on."""
    names = stage.catalogue
    return {
        "case_id": columns.ids("k", cases.number[case]),
        "market": columns.text(names.markets, cases.market[case]),
        "type": columns.text(tuple(CaseType), cases.kind[case]),
        "priority": columns.text(tuple(CasePriority), cases.priority[case]),
        "opened_at": columns.instants(cases.opened[case]),
        "ack_due_at": columns.instants(cases.ack_due[case]),
        "sop_id": columns.text(_SOPS, cases.kind[case]),
        "sop_version": columns.text(("1", "2"), _sop_versions(stage, cases)[case]),
        "required_fields_n": columns.whole(cases.required[case]),
        "central_team": columns.text(tuple(CentralTeam), cases.team[case]),
        "policy_id": columns.text(names.policies, cases.policy[case]),
        "trap_id": columns.text(stage.traps.ids, cases.trap[case]),
        "creator_id": creator_ids(ties.creator[case]),
        "session_id": session_ids(ties.session[case]),
        "decision_id": decision_ids(ties.decision[case]),
    }


def _findings(
    rng: np.random.Generator, cases: Cases, *, paths: Paths, case: Ints, at: Ints
) -> dict[str, pa.Array]:
    """Return what each observation's case had come to `at` that moment."""
    count = cases.opened.size
    cause = rng.integers(0, len(_CAUSES), count)
    cause[rng.random(count) < _UNREASONED_SHARE] = -1
    result = rng.integers(0, len(_RESOLUTIONS), count)

    def since(reached: CaseState) -> Ints:
        """Return when each case first came there, -1 if not by then."""
        first = _first(paths, reached, count=count)[case]
        return np.where((first >= 0) & (first <= at), first, -1)

    is_sent = since(CaseState.SUBMITTED_CENTRAL) >= 0
    is_decided = since(CaseState.DECIDED) >= 0
    filled = np.where(is_sent, _filled(cases, paths)[case], -1)
    found = np.where(is_decided, result[case], -1)
    return {
        "filled_fields_n": columns.whole(filled),
        "root_cause": columns.text(_CAUSES, np.where(is_decided, cause[case], -1)),
        "resolution": columns.text(_RESOLUTIONS, found),
        "is_fix_promised": columns.flags(is_decided & paths.has_fix[case]),
        "fix_verified_at": columns.instants(since(CaseState.VERIFIED)),
    }


def move_rows(stage: Stage, cases: Cases, *, paths: Paths, told_at: Ints) -> pa.Table:
    """Return the moves, each known when it is told."""
    number = cases.number[paths.case]
    return columns.observations(
        "case_event",
        {
            "event_id": _event_ids(number, paths),
            "case_id": columns.ids("k", number),
            "market": columns.text(stage.catalogue.markets, cases.market[paths.case]),
            "moved_at": columns.instants(paths.at),
            "seq": columns.whole(paths.seq),
            "to_state": columns.text(STATES, paths.state),
            "by_team": columns.text(
                ("region", "central"), _BY_CENTRAL[paths.state].astype(np.int64)
            ),
        },
        known_at=told_at,
    )


def move_truth(stage: Stage, cases: Cases, *, paths: Paths, told_at: Ints) -> pa.Table:
    """Return every move that ever comes, those after the world's end included."""
    number = cases.number[paths.case]
    return truth_table(
        "case_moves",
        {
            "case_id": columns.ids("k", number),
            "market": columns.text(stage.catalogue.markets, cases.market[paths.case]),
            "opened_at": columns.instants(cases.opened[paths.case]),
            "moved_at": columns.instants(paths.at),
            "told_at": columns.instants(told_at),
            "seq": columns.whole(paths.seq),
            "to_state": columns.text(STATES, paths.state),
        },
    )


def _shown(paths: Paths) -> Ints:
    """Return the moves after which the case is told: of one moment, the last."""
    is_same = (paths.case[1:] == paths.case[:-1]) & (paths.at[1:] == paths.at[:-1])
    return np.flatnonzero(np.append(~is_same, [True][: paths.at.size]))


def _sop_versions(stage: Stage, cases: Cases) -> Ints:
    """Return which text of its SOP each case follows: a second one came with time."""
    since = epoch(stage.plan.exported_at(_SECOND_SOP_DAY))
    return (cases.opened >= since).astype(np.int64)


def _event_ids(number: Ints, paths: Paths) -> pa.Array:
    # A case has fewer than a hundred moves.
    return columns.ids("e", number * 100 + paths.seq)


def _filled(cases: Cases, paths: Paths) -> Ints:
    """Return the fields filled: what came back had been filled poorly."""
    poor = cases.filled - cases.required // 3
    return np.where(paths.was_returned, np.maximum(poor, 0), cases.filled)


def _first(paths: Paths, state: CaseState, *, count: int) -> Ints:
    """Return when each case first came to a state, -1 for never."""
    there = np.flatnonzero(paths.state == _AT[state])[::-1]
    first = np.full(count, -1)
    first[paths.case[there]] = paths.at[there]
    return first


def _paused(cases: Cases, paths: Paths, *, case: Ints, by: Ints) -> Ints:
    """Return how long each observation's case had waited for its reporter by then."""
    count = cases.opened.size
    waits = np.flatnonzero(paths.state == _AT[CaseState.WAITING_REPORTER])
    began, ended = np.full(count, -1), np.full(count, -1)
    began[paths.case[waits]] = paths.at[waits]
    ended[paths.case[waits]] = paths.at[waits + 1]
    is_over = (began[case] >= 0) & (ended[case] <= by)
    is_pausing = cases.priority[case] != tuple(CasePriority).index(CasePriority.P0)
    return np.where(is_over & is_pausing, ended[case] - began[case], 0)
