"""Assigned creators with their net incidents before and after the assignment."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enrolments, incidents
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "WINDOW_DAYS"]

WINDOW_DAYS = 30
WINDOW_S = WINDOW_DAYS * 86_400


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row a place; creators who never went LIVE again count zero.

    The instant of assignment begins the days after.
    """
    places = enrolments.VIEW.of(facts)
    rows = incidents.VIEW.of(facts)
    net = rows.filter(rows.is_net & rows.creator_id.notnull()).select(
        "incident_id", "incident_started_at", whose=rows.creator_id
    )
    joined = places.left_join(net, places.creator_id == net.whose)
    since = seconds_between(joined.assigned_at, joined.incident_started_at)
    is_after = (since >= 0) & (since < WINDOW_S)
    is_before = (since < 0) & (since >= -WINDOW_S)
    timed = joined.mutate(
        is_after=is_after.fill_null(False).cast("int64"),  # noqa: FBT003 - Ibis' own signature
        is_before=is_before.fill_null(False).cast("int64"),  # noqa: FBT003 - Ibis' own signature
    )
    return (
        timed.group_by(*KEPT)
        .agg(after_n=timed.is_after.sum(), before_n=timed.is_before.sum())
        .select(*VIEW.columns)
    )


KEPT = (
    "programme",
    "creator_id",
    "market",
    "business_date",
    "agency",
    "cluster",
    "assigned_at",
    "is_treated",
    "is_by_chance",
)
VIEW = View(
    name="trial_outcomes",
    meaning="Assigned creators with their net incidents in the 30 days before and"
    " after.",
    needs=("enrolment", "penalty"),
    over=("enrolments", "incidents"),
    columns=(*KEPT, "after_n", "before_n"),
    build=build,
)
