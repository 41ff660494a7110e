"""Compute a day's brief from the facts: every number through the catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from atalaia.domain.codes import EventKind, SampleUnit
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.held import Held
from atalaia.metrics.reading import Reading
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import Brief, Caveat, Figure, Happening
from atalaia.reporting.contents.figure_trend import TREND_DAYS
from atalaia.reporting.contents.happenings import coming, marks_between
from atalaia.reporting.contents.key_figures import PAIRS, key_figures
from atalaia.reporting.contents.movers import movers
from atalaia.reporting.contents.newest_facts import newest_facts
from atalaia.reporting.contents.owed import CENTRAL_OWES, REGION_OWES, owed
from atalaia.reporting.contents.releases import releases_between
from atalaia.reporting.contents.steps_away import steps_away
from atalaia.reporting.contents.targets import with_targets

__all__ = ["REGION", "compose_brief", "hold"]

REGION = Trilingual(
    en="Brazil and Spanish LATAM",
    es="Brasil y LATAM hispana",
    pt="Brasil e LATAM hispânica",
)
LOOKBACK_DAYS = 14
"""What completeness looks back on to know a usual day."""
REGION_ZONE = "America/Sao_Paulo"


def hold(facts: Reading, *, day: date, now: datetime) -> Held:
    """Hold the views of the days that a brief asks about; any market may share it."""
    first = day - timedelta(days=TREND_DAYS - 1 + LOOKBACK_DAYS)
    return Held(reading=facts.between(first, max(day, now.date())))


def compose_brief(
    facts: Reading,
    reference: Reference,
    *,
    market: str | None,
    day: date,
    now: datetime,
    snapshot: str,
    held: Held | None = None,
) -> Brief:
    """Return the brief of a market, or of the region when `market` is None.

    What the facts cannot say is left out and named among the caveats. `held` is what
    `hold` returned for the same facts and day, to be shared by several briefs.
    """
    where = reference.markets.of(market) if market else None
    held = held or hold(facts, day=day, now=now)
    figures = with_targets(
        _parts_named(key_figures(held, market=market, day=day, now=now), reference),
        targets=reference.targets,
        definitions=facts.definitions,
        market=market,
    )
    return Brief(
        market=market,
        market_name=where.name if where else REGION,
        zone=where.principal_zone if where else REGION_ZONE,
        day=day,
        as_of=now,
        figures=figures,
        pairs=PAIRS,
        moved=movers(held, reference, market=market, day=day),
        owed_by_region=owed(facts, REGION_OWES, market=market, now=now),
        owed_by_central=owed(facts, CENTRAL_OWES, market=market, now=now),
        steps_away=steps_away(facts, reference, market=market, now=now),
        happenings=coming(reference, market=market, now=now),
        marks=_marks(held, reference, market=market, day=day),
        freshness=newest_facts(facts, market=market, now=now),
        completeness=_completeness(figures),
        caveats=tuple(_caveats(facts, figures)),
        catalogue_hash=facts.definitions.digest,
        snapshot=snapshot,
    )


def _parts_named(
    figures: tuple[Figure, ...], reference: Reference
) -> tuple[Figure, ...]:
    """Name the unit of the figures that are told by unit."""
    return tuple(
        replace(figure, part=reference.names.of(SampleUnit(figure.dims["unit"])))
        if "unit" in figure.dims
        else figure
        for figure in figures
    )


def _marks(
    facts: FactSource, reference: Reference, *, market: str | None, day: date
) -> tuple[Happening, ...]:
    """Return releases, and for one market its short events; a region has too many."""
    kinds = tuple(EventKind) if market else (EventKind.RELEASE,)
    days = {"start": day - timedelta(days=TREND_DAYS - 1), "end": day}
    models = releases_between(facts, reference, market=market, **days)
    events = marks_between(reference, market=market, kinds=kinds, **days)
    return (*models, *events)


def _completeness(figures: tuple[Figure, ...]) -> float | None:
    """The day's completeness is that of its one-day figures."""
    known = [
        figure.completeness
        for figure in figures
        if figure.start == figure.end and figure.completeness is not None
    ]
    return min(known, default=None)


def _caveats(facts: FactSource, figures: tuple[Figure, ...]) -> Iterator[Caveat]:
    if not facts.has_rows("live_session") and facts.has_rows("aggregate"):
        yield Caveat(
            message="There are only aggregates: nothing can be told of creators, "
            "sessions or samples."
        )
    if not facts.has_rows("verdict"):
        yield Caveat(
            message="There are no verdicts of blind reviews: overkill and leakage "
            "cannot be estimated, and appeals only bound them."
        )
    if any(figure.is_provisional for figure in figures):
        yield Caveat(
            message="Figures marked provisional may still change: appeals and reviews "
            "of their days are still arriving."
        )
