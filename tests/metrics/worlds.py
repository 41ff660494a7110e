"""The plans of the small worlds whose truth the metrics are held to."""

from dataclasses import replace
from datetime import date

import pytest

from atalaia.simulation.plan import Changes, Education, WorldPlan
from atalaia.simulation.world import load_plan
from builders import the_reference


def calm() -> WorldPlan:
    """Twelve days, 3,000 sessions, no planted incident."""
    plan = load_plan(reference=the_reference()).of_size(sessions=7_000)
    return replace(plan, days=12, sessions=3_000, incidents=())


def eventful() -> WorldPlan:
    """All that moves a number to another day, owner or rule, within 24 days.

    Chile sets its clocks back on 5 April; Brazil's rules for minors change on 17 March;
    creators change agency, tier and market from day to day; rooms are told late.
    """
    return replace(
        calm(),
        name="eventful",
        seed=20260314,
        start=date(2026, 3, 14),
        days=24,
        sessions=4_000,
        shares=(("BR", 0.4), ("CL", 0.35), ("MX", 0.25)),
        violation_scale=2.0,
        late_share=0.08,
        changes=Changes(
            joins_agency=0.03, leaves_agency=0.03, rises_tier=0.03, moves_market=0.01
        ),
        education=Education(),
    )


IN_BOTH_WORLDS = pytest.mark.parametrize(
    "world",
    [calm, pytest.param(eventful, marks=pytest.mark.slow)],
    indirect=True,
    scope="session",
)
"""For modules that compare with the truth: it must hold in one world and the other."""
