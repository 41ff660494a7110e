"""Verdicts that may not stand for others: how many, and why."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.catalogue import reasons
from atalaia.metrics.held import once
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import LeftOut
from atalaia.metrics.views import verdicts
from atalaia.metrics.views.verdicts import Flaw

__all__ = ["left_out"]

BOTH = (SampleFrame.ENFORCED, SampleFrame.PASSED)
FRAMES: Mapping[str, tuple[SampleFrame, ...]] = MappingProxyType(
    {
        "reviewed_enforced": (SampleFrame.ENFORCED,),
        "reviewed_passed": (SampleFrame.PASSED,),
        "reviewed_decisions": BOTH,
        "rooms_by_frame": BOTH,
        "exposed_incidents": (SampleFrame.ENFORCED,),
    }
)
"""The sampling frames whose verdicts a view rests on."""
MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        Flaw.OF_NO_SAMPLE: reasons.OF_NO_SAMPLE,
        Flaw.NOT_BLIND: reasons.NOT_BLIND,
        Flaw.OTHER_VERSION: reasons.OTHER_VERSION,
        "unstated": reasons.VERSION_UNSTATED,
    }
)


def left_out(
    metric: Metric, facts: FactSource, *, question: Question
) -> tuple[LeftOut, ...]:
    """Count the verdicts of the question's days that do not count, by reason.

    Verdicts of targeted samples are not among them: no definition admits those.
    """
    frames = FRAMES.get(metric.numerator.view)
    if frames is None:
        return ()
    market = question.where.get("market")
    key = ("left_out", frames, question.start, question.end, market)
    work = partial(_counted, facts, frames=frames, question=question)
    found: Mapping[str, int] = once(facts, key, work)
    return tuple(
        LeftOut(message=message, count=found[name])
        for name, message in MESSAGES.items()
        if found.get(name)
    )


def _counted(
    facts: FactSource, *, frames: tuple[SampleFrame, ...], question: Question
) -> Mapping[str, int]:
    rows = verdicts.VIEW.of(facts)
    kept = [
        rows.frame.isin([frame.value for frame in frames]),
        rows.business_date >= ibis.literal(question.start),
        rows.business_date <= ibis.literal(question.end),
    ]
    if "market" in question.where:
        kept.append(rows.market == question.where["market"])
    mine = rows.filter(kept)
    unstated = ibis.ifelse(mine.is_version_stated, ibis.null("string"), "unstated")
    why = mine.mutate(why=ibis.coalesce(mine.flaw, unstated))
    found = why.group_by("why").agg(rows_n=why.count())
    return {row["why"]: row["rows_n"] for row in fetched(found, facts)}
