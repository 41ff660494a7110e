"""The slices that moved most: seven days against the seven before.

Many slices are compared, and the largest changes are told. So that chance is not told
as news, false alarms among the real changes are held to a stated rate.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from operator import attrgetter

from atalaia.domain.errors import QuestionError
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.estimation.false_discoveries import Discoveries, false_discoveries
from atalaia.metrics.arrival import require_kinds
from atalaia.metrics.catalogue import metric_of
from atalaia.metrics.held import once
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import Caveat, Moved, Mover, Word
from atalaia.reporting.contents.slice_changes import (
    METRIC,
    WEEK,
    Cases,
    SliceChange,
    cases_of,
)

__all__ = ["FALSE_SHARE", "FEWEST_CASES", "MOVERS", "MOVER_DAYS", "movers"]

MOVER_DAYS = WEEK.days
MOVERS = 3
DIMENSIONS = ("policy", "agency", "market")
FALSE_SHARE = 0.1
"""Of the changes called real, the share that may be false alarms."""
FEWEST_CASES = 10
"""In both periods together; fewer can never be told from chance."""
SAME_SHARE = 0.5
"""From this share of its change on, a slice tells what another has told already."""


def movers(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    day: date,
    agency: str | None = None,
) -> Moved:
    """Return at most three movers, real changes first, or why there can be none.

    Where the facts are held, a second call for the same day is remembered.

    Args:
        agency: the one agency whose cases count; None where none is the bound.
    """
    given = (("market", market), ("agency", agency))
    where = {name: value for name, value in given if value}
    found = partial(_found, facts, reference, where=where, day=day)
    return once(facts, ("movers", market, agency, day), found)


def _found(
    facts: FactSource, reference: Reference, *, where: Mapping[str, str], day: date
) -> Moved:
    metric = metric_of(METRIC)
    if not facts.has_rows("penalty") and facts.has_rows("aggregate"):
        return _untold(Caveat(message="Counted cells cannot be compared by slice."))
    try:
        require_kinds(metric, facts)
    except QuestionError as error:
        return _untold(Caveat(message=error.message, fields=error.fields))
    dimensions = [name for name in DIMENSIONS if name not in where]
    cases = cases_of(facts, dimensions, where=where, day=day)
    if not cases.days:
        return _untold(
            Caveat(
                message="No day of these seven can be compared: each of them, or its "
                "weekday before, is missing or incomplete."
            )
        )
    slices = cases.slices(dimensions, fewest=FEWEST_CASES)
    if not slices:
        few = "Fewer than {fewest} penalty cases in any slice: too few to compare."
        return _untold(Caveat(message=few, fields={"fewest": FEWEST_CASES}))
    slices = sorted(slices, key=attrgetter("p_value", "dimension", "value"))
    found = false_discoveries([part.p_value for part in slices], rate=FALSE_SHARE)
    return Moved(
        movers=_told(slices, cases, found, reference=reference, day=day),
        compared=len(slices),
        false_share=FALSE_SHARE,
        left_out_days=cases.left_out,
    )


def _untold(reason: Caveat) -> Moved:
    return Moved(movers=None, false_share=FALSE_SHARE, reason=reason)


def _told(
    slices: list[SliceChange],
    cases: Cases,
    found: Discoveries,
    *,
    reference: Reference,
    day: date,
) -> tuple[Mover, ...]:
    """Tell each cause once, by the slice in which it shows best."""
    leading: list[tuple[SliceChange, bool, list[SliceChange]]] = []
    for part, is_real in zip(slices, found.is_real.tolist(), strict=True):
        same = next(
            (also for lead, _, also in leading if _is_same(part, lead, cases)), None
        )
        if same is not None:
            same.append(part)
        elif part.change and len(leading) < MOVERS:
            leading.append((part, is_real, []))
    return tuple(
        _mover(
            part,
            also=[other for other in also if is_real and other.p_value < 1],
            confidence=found.confidence if is_real else found.other_confidence,
            word=Word.REAL if is_real else None,
            market=cases.leading(part, "market"),
            reference=reference,
            day=day,
        )
        for part, is_real, also in leading
    )


def _is_same(part: SliceChange, lead: SliceChange, cases: Cases) -> bool:
    """Whether most of a slice's change lies in a slice that is told already."""
    if part.change * lead.change <= 0:
        return False
    return cases.shared_change(part, lead) / part.change >= SAME_SHARE


def _mover(
    part: SliceChange,
    *,
    also: list[SliceChange],
    confidence: float,
    word: Word | None,
    market: str,
    reference: Reference,
    day: date,
) -> Mover:
    metric = metric_of(METRIC)
    low, high = part.bounds(confidence=confidence)
    matters_from = metric.matters_share * part.before
    is_small = -matters_from < low and high < matters_from
    return Mover(
        metric=metric.id,
        name=metric.name,
        unit=metric.unit,
        slice_name=_slice_name(part, reference=reference),
        also=tuple(_slice_name(other, reference=reference) for other in also),
        start=day - WEEK + timedelta(days=1),
        end=day,
        before=part.before,
        after=part.after,
        word=word or (Word.NOISE if is_small else Word.UNCLEAR),
        change_low=low,
        change_high=high,
        confidence=confidence,
        dimension=part.dimension,
        value=part.value,
        market=market,
    )


def _slice_name(part: SliceChange, *, reference: Reference) -> Trilingual:
    if part.dimension == "market" and part.value in reference.markets.codes:
        return reference.markets.of(part.value).name
    if part.dimension == "policy":
        return reference.policies.name(part.value)
    return Trilingual(
        en=f"Agency {part.value}",
        es=f"Agencia {part.value}",
        pt=f"Agência {part.value}",
    )
