"""Watch time under a violation before anybody acted on it, incident by incident."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import reviewed_enforced
from atalaia.metrics.views.exposure import with_exposure
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: reviewed incidents that were violations, and when they began.

    The watch ends with the incident's first action, or with the room.
    """
    rows = reviewed_enforced.VIEW.of(facts)
    began = rows.filter(
        rows.is_heaviest
        & rows.is_settled
        & rows.is_violating
        & rows.violation_started_at.notnull()
    )
    spans = began.mutate(
        exposure_id=began.verdict_id,
        shown_from=began.violation_started_at,
        shown_until=began.incident_started_at,
    )
    shown = with_exposure(spans, facts)
    known = shown.filter(shown.exposed_viewer_s.notnull())
    return known.mutate(exposed_mass=known.exposed_viewer_s * known.weight).select(
        *VIEW.columns
    )


VIEW = View(
    name="exposed_incidents",
    meaning="Reviewed violations that were acted on, with the watch time until then.",
    needs=("verdict", "sample", "moderation_decision", "live_session"),
    over=("reviewed_enforced", "valid_sessions"),
    columns=(
        "verdict_id",
        "stratum",
        "weight",
        "has_weight",
        "exposed_viewer_s",
        "exposed_mass",
        "decision_id",
        "incident_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
    ),
    build=build,
)
