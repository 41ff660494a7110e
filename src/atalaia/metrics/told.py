"""Turn computed cells into values that say how far they can be trusted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from atalaia.metrics.catalogue.reasons import FROM_AGGREGATES
from atalaia.metrics.coverage import Coverage, is_over
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.metric import Metric
from atalaia.metrics.periods import Period, periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import Answer, LeftOut, Maturity, MetricValue, Origin

__all__ = ["told"]


def told(
    metric: Metric,
    cells: list[Cell],
    *,
    facts: FactSource,
    question: Question,
    seen: Coverage | None,
    origin: Origin = "facts",
    left_out: tuple[LeftOut, ...] = (),
) -> Answer:
    """Add version, maturity and completeness to every cell."""
    digest = facts.definitions.digest
    periods = periods_of(question.start, question.end, grain=question.grain)
    values = []
    for cell in cells:
        period = periods[cell.period]
        dims = dict(zip(question.by, cell.dims, strict=True))
        market = dims.get("market") or question.where.get("market")
        share, lacking = seen.share(period, market=market) if seen else (None, ())
        value = _value(
            metric, cell, dims=dims, period=period, facts=facts, digest=digest
        )
        markets = (market,) if market else seen.markets if seen else ()
        values.append(
            replace(
                value,
                maturity=_maturity(metric, period, facts=facts, markets=markets),
                completeness=share,
                incomplete_days=lacking,
                no_interval_reason=_no_interval(metric, cell, origin=origin),
            )
        )
    extra = {caveat for cell in cells for caveat in cell.caveats}
    return Answer(
        question=question,
        metric=metric,
        rows=tuple(values),
        origin=origin,
        caveats=(*metric.caveats, *sorted(extra)),
        left_out=left_out,
    )


def _value(
    metric: Metric,
    cell: Cell,
    *,
    dims: Mapping[str, str],
    period: Period,
    facts: FactSource,
    digest: str,
) -> MetricValue:
    return MetricValue(
        metric=metric.id,
        version=metric.version,
        catalogue_hash=digest,
        dims=dims,
        start=period.start,
        end=period.end,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=cell.value,
        unit=metric.unit,
        n=cell.n,
        as_of=facts.as_of,
        maturity="provisional",
        estimate=cell.estimate,
        reason=cell.reason,
        worst_case=cell.worst_case,
        beside=cell.beside,
    )


def _maturity(
    metric: Metric, period: Period, *, facts: FactSource, markets: tuple[str, ...]
) -> Maturity:
    """A period is ripe once its last local day is over in every market of the value."""
    ripe = period.end + timedelta(days=metric.maturity_days)
    everywhere = markets or facts.reference.markets.codes
    is_ripe = all(is_over(ripe, market=m, facts=facts) for m in everywhere)
    return "mature" if is_ripe else "provisional"


def _no_interval(metric: Metric, cell: Cell, *, origin: Origin) -> str | None:
    if origin == "aggregates":
        return FROM_AGGREGATES
    if metric.no_interval_reason:
        return metric.no_interval_reason
    if cell.estimate is None:
        return cell.reason
    return None if cell.estimate.has_interval else cell.estimate.reason
