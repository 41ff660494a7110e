"""What holidays, matches and week-ends do to volume and to violations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaia.domain.calendars import CalendarEvent
from atalaia.domain.codes import Direction
from atalaia.domain.reference import Reference
from atalaia.simulation.arrays import Floats
from atalaia.simulation.plan import WorldPlan
from atalaia.simulation.rates import Rates
from atalaia.simulation.rules import Catalogue

__all__ = ["CalendarEffects", "read_calendar"]

_WEEKDAY = np.array([0.92, 0.92, 0.95, 0.98, 1.06, 1.12, 1.10])


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEffects:
    """Factors by day: `volume` is day x market, `risk` day x market x policy."""

    volume: Floats
    risk: tuple[tuple[int, int, int, float], ...]

    def risk_of(self, day: int, *, shape: tuple[int, int]) -> Floats:
        """Return market x policy factors of a day; 1 where nothing is on."""
        table = np.ones(shape)
        for on, market, policy, factor in self.risk:
            if on == day:
                table[market, policy] *= factor
        return table


def read_calendar(
    plan: WorldPlan, *, reference: Reference, rates: Rates, catalogue: Catalogue
) -> CalendarEffects:
    """Read the events of the plan's markets and days from the reference."""
    weekdays = [(plan.start.weekday() + day) % 7 for day in range(plan.days)]
    volume = np.repeat(_WEEKDAY[weekdays, None], len(catalogue.markets), axis=1)
    risk = []
    for at, market in enumerate(catalogue.markets):
        events = reference.calendar.events(market, plan.start, plan.last_day)
        for event in events:
            days = _days(event, plan=plan)
            volume[days, at] *= rates.event_volume
            factor = _factor(event, rates.event_risk)
            for policy in _policies(event.policies, catalogue):
                risk += [(day, at, policy, factor) for day in days]
    return CalendarEffects(volume=volume, risk=tuple(risk))


def _days(event: CalendarEvent, *, plan: WorldPlan) -> list[int]:
    first = max((event.start - plan.start).days, 0)
    last = min((event.end - plan.start).days, plan.days - 1)
    return list(range(first, last + 1))


def _factor(event: CalendarEvent, risk: float) -> float:
    factors = {Direction.UP: risk, Direction.DOWN: 1 / risk, Direction.UNCLEAR: 1.0}
    return factors[event.expected_direction]


def _policies(named: Sequence[str], catalogue: Catalogue) -> list[int]:
    """Return the leaves that an event names, directly or by their group."""
    return [
        index
        for index, leaf in enumerate(catalogue.policies)
        if any(leaf == name or leaf.startswith(f"{name}.") for name in named)
    ]
