"""The quantities of traffic: shown, entered, stayed, took part, kept off the feed."""

from atalaia.metrics.catalogue.measures import ROOM
from atalaia.metrics.measure import Check, Condition, How, Measure
from atalaia.metrics.views.source_mixes import NOT_ORGANIC

__all__ = [
    "EFFECTIVE_10S",
    "EFFECTIVE_60S",
    "ENTRIES",
    "ENTRIES_OF_10S",
    "ENTRIES_OF_60S",
    "ENTRIES_OF_FOLLOWS",
    "ENTRIES_OF_GIFTERS",
    "ENTRIES_OF_INTERACTORS",
    "GIFTERS",
    "IMPRESSIONS",
    "INELIGIBLE_SECONDS",
    "INTERACTORS",
    "NEW_FOLLOWS",
    "SOURCE_ENTRIES",
]

ORGANIC_TRAFFIC = Condition(
    column="traffic_source",
    test=Check.IS_NONE_OF,
    values=tuple(source.value for source in NOT_ORGANIC),
    lifted_by="traffic_source",
)
SHOWN = Condition(column="is_shown", test=Check.IS_TRUE)
OF_ROOMS = (*ROOM, "creator")
FUNNEL = (*OF_ROOMS, "traffic_source")


def _told(column: str) -> Condition:
    """Sources that do not count a step are left out on both sides of its rate."""
    return Condition(column=column, test=Check.IS_KNOWN)


def _step(name: str) -> Measure:
    return Measure(
        name=name,
        view="traffic",
        how=How.SUM,
        column=name,
        where=(ORGANIC_TRAFFIC, _told(name)),
        dimensions=FUNNEL,
    )


def _entries_of(step: str) -> Measure:
    return Measure(
        name=f"entries_of_{step}",
        view="traffic",
        how=How.SUM,
        column="entries",
        where=(ORGANIC_TRAFFIC, _told(step)),
        dimensions=FUNNEL,
        filled=(("traffic_snapshot", step),),
    )


IMPRESSIONS = Measure(
    name="impressions",
    view="traffic",
    how=How.SUM,
    column="impressions",
    where=(ORGANIC_TRAFFIC, SHOWN),
    dimensions=FUNNEL,
)
ENTRIES = Measure(
    name="entries",
    view="traffic",
    how=How.SUM,
    column="entries",
    where=(ORGANIC_TRAFFIC, SHOWN),
    dimensions=FUNNEL,
)
EFFECTIVE_10S = _step("effective_10s")
EFFECTIVE_60S = _step("effective_60s")
INTERACTORS = _step("interactors")
NEW_FOLLOWS = _step("new_follows")
GIFTERS = _step("gifters")
ENTRIES_OF_10S = _entries_of("effective_10s")
ENTRIES_OF_60S = _entries_of("effective_60s")
ENTRIES_OF_INTERACTORS = _entries_of("interactors")
ENTRIES_OF_FOLLOWS = _entries_of("new_follows")
ENTRIES_OF_GIFTERS = _entries_of("gifters")
SOURCE_ENTRIES = Measure(
    name="source_entries",
    view="source_mixes",
    how=How.SUM,
    column="entries",
    dimensions=OF_ROOMS,
)
INELIGIBLE_SECONDS = Measure(
    name="ineligible_seconds",
    view="ineligible_time",
    how=How.SUM,
    column="ineligible_s",
    dimensions=OF_ROOMS,
)
