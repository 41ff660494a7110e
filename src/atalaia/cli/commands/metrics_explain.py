"""`atalaia metrics explain`."""

from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.handbook import print_page
from atalaia.cli.opening import known_metrics, moment, opened, reading_of
from atalaia.cli.options import Moment
from atalaia.cli.refusals import spoken
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.domain.errors import QuestionError
from atalaia.domain.reference import load_reference
from atalaia.domain.targets import Target
from atalaia.language.format import Voice
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.pipeline.business_day import NoDayError, last_complete_day
from atalaia.reporting.contents.wording.handbook import Page
from atalaia.reporting.contents.worked_example import worked_example
from atalaia.warehouse.place import NoDataError

__all__ = ["explain"]

EXAMPLE_DAYS = 28


def explain(
    metric: Annotated[str, Parameter(help="The metric, such as M10.")],
    *,
    now: Moment = None,
    terminal: InTerminal,
) -> None:
    """Read a metric aloud like a page of a handbook, with a value worked out.

    What it counts over what, what it leaves out, how it may be split and rolled up,
    its target and who answers for it.
    """
    known = known_metrics(terminal)
    found = known.typed(metric)
    page = Page(
        metric=found,
        known=known,
        target=_target(found, known, terminal=terminal),
        example=_example(found, terminal=terminal, now=now),
    )
    print_page(page, terminal=terminal)


def _target(metric: Metric, known: Definitions, *, terminal: Terminal) -> Target | None:
    """Return the target of the metric's own file, else that of the installation."""
    if metric.id in known.targets:
        return known.targets[metric.id]
    folder = terminal.data / "reference"
    targets = load_reference(folder if folder.is_dir() else None).targets
    return targets.by_metric.get(metric.id)


def _example(metric: Metric, *, terminal: Terminal, now: str | None) -> str:
    """Work a value out of the last weeks at hand, or say why there is none."""
    try:
        at = moment(terminal, now=now)
        with opened(terminal) as installation:
            facts = reading_of(installation, as_of=at)
            last = last_complete_day(facts, now=at)
            first = last - timedelta(days=EXAMPLE_DAYS - 1)
            asked = Question(metric=metric.id, start=first, end=last)
            answer = evaluate(asked, facts, now=at)
    except (NoDataError, NoDayError, QuestionError) as without:
        why = spoken(without, words=terminal.words)
        return terminal.words.text("Without an example: {why}", why=why)
    voice = Voice(language=terminal.language)
    return worked_example(answer, voice=voice, words=terminal.words)
