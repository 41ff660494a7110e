"""A case's path as spells: in which state it stood, from when until when.

The first spell is `new`, from the opening. Moves are put in order by their time, those
of one moment by their number in the case. A move told as earlier than the opening
counts from the opening, and one into the state the case is in already is none.
"""

import ibis

from atalaia.domain.work_codes import CaseState
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS, worded
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["ENDED", "VIEW"]

ENDED = (CaseState.CLOSED.value, CaseState.DUPLICATE.value)
"""States in which nobody works on a case."""
OPENING = 0
KEPT = (*CASE_TIES, *CASE_WORDS, "opened_at", "resolve_due_at")


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row per spell; the last of a case has no end yet."""
    cases = worded(facts.table("case"))
    known = cases.filter(cases.opened_at <= as_of(facts)).select(*KEPT)
    moves = _moves(known, facts)
    in_order = ibis.window(
        group_by="case_id", order_by=["started_at", "seq", "event_id"]
    )
    before = moves.mutate(earlier=moves.state.lag().over(in_order))
    is_move = before.earlier.isnull() | (before.earlier != before.state)
    spells = before.filter(is_move).mutate(
        turn=ibis.row_number().over(in_order).cast("int64"),
        ended_at=lambda table: table.started_at.lead().over(in_order),
    )
    lasted_until = ibis.coalesce(spells.ended_at, as_of(facts))
    return (
        spells.mutate(
            is_open=~spells.state.isin(ENDED),
            spell_s=seconds_between(spells.started_at, lasted_until),
        )
        .inner_join(known, "case_id")
        .select(*VIEW.columns)
    )


def _moves(cases: ibis.Table, facts: FactSource) -> ibis.Table:
    """Return the opening and every later move of each case, in no order."""
    openings = cases.select(
        "case_id",
        event_id=cases.case_id,
        seq=ibis.literal(OPENING).cast("int64"),
        state=ibis.literal(CaseState.NEW.value),
        started_at=cases.opened_at,
    )
    events = facts.table("case_event")
    past = events.filter(events.moved_at <= as_of(facts)).select(
        "case_id", "event_id", "seq", "moved_at", state="to_state"
    )
    joined = past.inner_join(cases.select("case_id", "opened_at"), "case_id")
    moves = joined.mutate(
        started_at=ibis.greatest(joined.moved_at, joined.opened_at)
    ).select(*openings.columns)
    return openings.union(moves)


VIEW = View(
    name="case_spells",
    meaning="How long a case stood in each state; one row per spell, its last one"
    " without an end.",
    needs=("case", "case_event"),
    columns=(
        *KEPT,
        "turn",
        "state",
        "is_open",
        "started_at",
        "ended_at",
        "spell_s",
    ),
    build=build,
)
