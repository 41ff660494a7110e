"""`atalaia metrics diff`."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import moment, opened, reading_of
from atalaia.cli.options import (
    DEFAULT_DAYS,
    By,
    End,
    Every,
    Format,
    Market,
    Moment,
    Start,
    Where,
)
from atalaia.cli.revision_data import print_revision_csv, print_revision_json
from atalaia.cli.revision_table import print_revision
from atalaia.cli.slices import listed, slices
from atalaia.cli.terminal import InTerminal
from atalaia.domain.reference import Reference
from atalaia.explain.revision import revise
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.metric import Metric
from atalaia.metrics.owners.loading import SUFFIXES, own_metric
from atalaia.metrics.question import Question
from atalaia.pipeline.business_day import last_complete_day

__all__ = ["diff"]

_DOCUMENTS = {"json": print_revision_json, "csv": print_revision_csv}
Changed = Annotated[
    str,
    Parameter(help="The changed definition: a metric's file, or a metric such as M02."),
]
Present = Annotated[
    str,
    Parameter(
        help="The definition to compare with; the one in use when left out, by its id."
    ),
]


def diff(
    changed: Changed,
    present: Present = "",
    *,
    by: By = "",
    start: Start = None,
    end: End = None,
    grain: Every = "period",
    where: Where = (),
    market: Market = None,
    now: Moment = None,
    format: Format = "table",  # noqa: A002 (the option is --format)
    terminal: InTerminal,
) -> None:
    """Show what a changed definition would have said beside the one in use.

    Which fields differ, both values of every cell, and how many cells change.
    """
    at = moment(terminal, now=now)
    with opened(terminal) as installation:
        facts = reading_of(installation, as_of=at)
        reference, known = installation.reference, facts.definitions
        new = _defined(changed, known, reference=reference)
        old = _defined(present or new.id, known, reference=reference)
        last = end or last_complete_day(facts, now=at)
        question = Question(
            metric=new.id,
            by=listed(by),
            start=start or last - timedelta(days=DEFAULT_DAYS - 1),
            end=last,
            grain=grain,
            where=slices(where, market=market),
        )
        told = revise(old, new, question=question, facts=facts, now=at)
        if format == "table":
            print_revision(told, reference=reference, terminal=terminal)
        else:
            _DOCUMENTS[format](told, terminal=terminal)


def _defined(text: str, known: Definitions, *, reference: Reference) -> Metric:
    """Return the metric of a file, or the one in use under an id."""
    path = Path(text)
    if path.suffix in SUFFIXES:
        return own_metric(path, reference=reference).metric
    return known.typed(text)
