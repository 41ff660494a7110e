"""Valid sessions with a penalty on their creator: one row a session and penalty."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import penalties, valid_sessions
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; market, date and agency are the session's."""
    found = penalties.VIEW.of(facts)
    on_creator = found.filter(found.is_on_creator).select(
        "session_id", "penalty_id", "is_net", *DECISION_WORDS
    )
    sessions = valid_sessions.VIEW.of(facts)
    return on_creator.inner_join(sessions, "session_id").select(*VIEW.columns)


VIEW = View(
    name="penalised_sessions",
    meaning="Valid sessions with a penalty: one row per session and penalty.",
    needs=("live_session", "penalty"),
    over=("penalties", "valid_sessions"),
    columns=(
        *valid_sessions.ROOM,
        *DECISION_WORDS,
        "penalty_id",
        "is_net",
    ),
    build=build,
    is_day_by_day=True,
)
