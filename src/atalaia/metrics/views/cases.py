"""Cases with every time that their path tells; duplicates of another case are none.

Acknowledged: first moved out of `new`. Submitted: first sent to central. Decided: when
central decided last. Closed: when it closed last, where it stands closed. Returned:
found incomplete once central had it; what the region sent back before is no return.
"""

import ibis

from atalaia.domain.work_codes import CasePriority, CaseResolution, CaseState
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import case_spells
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS, worded
from atalaia.metrics.views.moments import happened
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

IN_CENTRAL = (CaseState.SUBMITTED_CENTRAL.value, CaseState.IN_REVIEW.value)
TURNS = (CaseState.DECIDED, CaseState.CLOSED, CaseState.SUBMITTED_CENTRAL)
OF_THE_CASE = (
    "trap_id",
    "opened_at",
    "ack_due_at",
    "resolve_due_at",
    "required_fields_n",
    "filled_fields_n",
    "root_cause",
    "resolution",
    "is_fix_promised",
)
OF_THE_PATH = (
    "acked_at",
    "submitted_at",
    "decided_at",
    "first_closed_at",
    "reopened_at",
    "closed_at",
    "was_returned",
    "stood_closed_when_due",
    "paused_s",
    "stood_closed_s",
    "in_central_s",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row per case opened by the instant of knowledge."""
    rows = worded(facts.table("case"))
    joined = rows.inner_join(_paths(facts), "case_id")
    is_double = joined.resolution.fill_null("") == CaseResolution.DUPLICATE.value
    is_double |= joined.last_state == CaseState.DUPLICATE.value
    cases = joined.filter(~is_double)
    return cases.mutate(
        fix_verified_at=happened(cases.fix_verified_at, facts),
        paused_s=ibis.ifelse(
            cases.priority == CasePriority.P0.value, 0, cases.paused_s
        ),
    ).select(*VIEW.columns)


def _paths(facts: FactSource) -> ibis.Table:
    """Return one row per case with its times and seconds."""
    spells = case_spells.VIEW.of(facts)
    state, turn = spells.state, spells.turn
    is_decided, is_closed, is_sent = (state == name.value for name in TURNS)
    of_case = ibis.window(group_by="case_id")
    no_turn = ibis.null("int64")
    spells = spells.mutate(
        is_closed=is_closed,
        is_decided=is_decided,
        is_last=spells.ended_at.isnull(),
        last_decided_turn=ibis.ifelse(is_decided, turn, no_turn).max().over(of_case),
        first_sent_turn=ibis.ifelse(is_sent, turn, no_turn).min().over(of_case),
    )
    return _times(spells)


def _times(spells: ibis.Table) -> ibis.Table:
    state, started = spells.state, spells.started_at
    due = spells.resolve_due_at
    stood = spells.is_closed & (started <= due)
    stood &= spells.ended_at.isnull() | (spells.ended_at > due)
    has_ended = spells.ended_at.notnull()
    is_paused = state == CaseState.WAITING_REPORTER.value
    was_central = state.isin(IN_CENTRAL) & (spells.turn < spells.last_decided_turn)
    is_sent = state == CaseState.SUBMITTED_CENTRAL.value
    is_back = state == CaseState.REJECTED_INCOMPLETE.value
    return spells.group_by("case_id").agg(
        last_state=state.max(where=spells.is_last),
        acked_at=started.min(where=state != CaseState.NEW.value),
        submitted_at=started.min(where=is_sent),
        decided_at=started.max(where=spells.is_decided),
        first_closed_at=started.min(where=spells.is_closed),
        # A case leaves `closed` by being opened again, whatever the next state is.
        reopened_at=spells.ended_at.min(where=spells.is_closed),
        closed_at=started.max(where=spells.is_closed & spells.is_last),
        was_returned=_ever(is_back & (spells.turn > spells.first_sent_turn)),
        stood_closed_when_due=_ever(stood),
        paused_s=_seconds(spells, where=is_paused),
        # Nobody works on a case while it stands closed; the last closing goes on.
        stood_closed_s=_seconds(
            spells, where=state.isin(case_spells.ENDED) & has_ended
        ),
        in_central_s=_seconds(spells, where=was_central),
    )


def _ever(flag: ibis.Value) -> ibis.Value:
    return flag.fill_null(False).cast("int64").max() == 1  # noqa: FBT003 - Ibis' own signature


def _seconds(spells: ibis.Table, *, where: ibis.Value) -> ibis.Value:
    return ibis.ifelse(where, spells.spell_s, 0).sum().fill_null(0).cast("int64")


VIEW = View(
    name="cases",
    meaning="Cases with the times and seconds that their path tells; without those"
    " that double another case.",
    needs=("case", "case_event"),
    over=("case_spells",),
    columns=(*CASE_TIES, *CASE_WORDS, *OF_THE_CASE, "fix_verified_at", *OF_THE_PATH),
    version=2,
    build=build,
)
