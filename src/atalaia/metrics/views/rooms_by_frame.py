"""Both sampling frames side by side: every room counted, and what was drawn of them.

Counted rows say how many there are, drawn rows what a blind review of a probability
sample found: only together do they say how much of all violations was missed.
"""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import drawn_units, framed_rooms, valid_sessions
from atalaia.metrics.views.drawn_units import DRAWN
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: the population of both frames, then the units drawn of it."""
    counted = framed_rooms.VIEW.of(facts).mutate(
        is_drawn=False,
        shown_views=ibis.null("float64"),
        violating_views=ibis.null("float64"),
        **{name: ibis.null(kind) for name, kind in _KINDS.items()},
    )
    none = ibis.literal(0, type="int64")
    drawn = drawn_units.VIEW.of(facts).mutate(
        is_drawn=True, units_n=none, rooms_n=none, domain_rooms_n=none
    )
    return counted.select(*VIEW.columns).union(drawn.select(*VIEW.columns))


_KINDS = {
    name: "boolean"
    if name.startswith(("is_", "has_"))
    else "float64"
    if name == "weight" or name.startswith("units_in_")
    else "string"
    for name in DRAWN
}


VIEW = View(
    name="rooms_by_frame",
    meaning="Valid sessions by first-level policy, acted on in time or let pass, and"
    " the reviewed units of probability samples among them.",
    needs=("verdict", "sample", "live_session", "moderation_decision"),
    over=("framed_rooms", "drawn_units"),
    columns=(
        *valid_sessions.ROOM,
        "frame",
        "domain",
        "policy_l1",
        "is_drawn",
        "units_n",
        "rooms_n",
        "domain_rooms_n",
        "views",
        "unit_views",
        "shown_views",
        "violating_views",
        *DRAWN,
    ),
    build=build,
    is_assembled=True,
    version=2,
)
