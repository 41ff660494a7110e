"""A metric's page of the handbook: what it counts, how it may be read, an example."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaia.domain.targets import Target
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.metric import Direction, Kind, Metric
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.formula_words import formula, interval_told
from atalaia.reporting.contents.wording.metric_words import (
    anchor_name,
    kind_name,
    span_name,
    unit_name,
)

__all__ = ["Page", "page_entries"]

OWNER_MESSAGES = ("regional LIVE safety",)
"""What the catalogue says of owners, for the message catalogues to know."""
DIRECTION_MESSAGES = {
    Direction.LOWER: "lower is better",
    Direction.HIGHER: "higher is better",
    Direction.NEITHER: "neither way is better by itself",
}
ROLL_UP_MESSAGES = {
    Kind.ADDITIVE: "Add up numerators and denominators, then divide; never average "
    "ratios.",
    Kind.PEOPLE: "Recount the people for every period and slice; never add up: one "
    "person may be in several.",
    Kind.DISTRIBUTION: "Read it off all cases anew; never average percentiles.",
    Kind.SAMPLED: "Estimate anew from all sampled units with their weights; never "
    "average rates.",
    Kind.STATE: "Take it at the end of the period; it has no sum over time.",
    Kind.EFFECT: "Estimate anew over all units of the period; effects are never added "
    "up.",
}
RECOUNT_MESSAGES = (
    "Recount for every slice of: {dimensions}. One unit may lie in several of them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is on the page; `example` is a finished sentence."""

    metric: Metric
    known: Definitions
    target: Target | None
    example: str


def page_entries(page: Page, *, words: Translator) -> Iterator[tuple[str, str]]:
    """Yield what a reader asks of a definition, label and value."""
    metric = page.metric
    yield words.text("Formula"), formula(metric, words=words)
    if metric.exclusions:
        yield words.text("Left out"), _listed(metric.exclusions, words=words)
    unit = unit_name(metric, words=words)
    better = words.text(DIRECTION_MESSAGES[metric.direction])
    yield words.text("Unit"), f"{unit}; {better}"
    yield words.text("Target"), _target(page, words=words)
    yield words.text("Usually read"), _grain(metric, words=words)
    yield words.text("Counted at"), anchor_name(metric, words=words)
    yield words.text("May change"), _reach(metric, words=words)
    yield words.text("Smallest n"), str(metric.min_n)
    yield (
        words.text("Can be split by"),
        _dimensions(metric.dimensions, words=words) or words.text("none"),
    )
    if metric.always_by:
        always = _dimensions(metric.always_by, words=words)
        yield words.text("Always split by"), always
    if metric.numerator_only:
        yield (
            words.text("No mix split along"),
            _dimensions(metric.numerator_only, words=words),
        )
    yield words.text("Kind"), kind_name(metric, words=words)
    yield words.text("Rolled up"), _roll_up(metric, words=words)
    yield words.text("Interval"), interval_told(metric, words=words)
    if metric.guard_rails:
        rails = [page.known.of(name) for name in metric.guard_rails]
        named = [f"{rail.id} {rail.name.of(words.language)}" for rail in rails]
        yield words.text("Read together with"), ", ".join(named)
    if metric.caveats:
        yield words.text("Bear in mind"), _listed(metric.caveats, words=words)
    is_ours = metric.owner in OWNER_MESSAGES
    owner = words.text(metric.owner) if is_ours else metric.owner
    yield words.text("Owner"), owner
    if metric.sop:
        yield words.text("SOP"), metric.sop
    yield words.text("Version"), str(metric.version)


def _listed(keys: Sequence[str], *, words: Translator) -> str:
    """Return sentences, a line each where there are several."""
    said = [words.text(key) for key in keys]
    return said[0] if len(said) == 1 else "\n".join(f"· {text}" for text in said)


def _grain(metric: Metric, *, words: Translator) -> str:
    """Return the usual span, and the dimensions it is usually split by."""
    named = [DIMENSION_NAMES[name].of(words.language) for name in metric.grain.by]
    return " · ".join([span_name(metric, words=words), *named])


def _target(page: Page, *, words: Translator) -> str:
    """Return the region's target, then the markets and agencies with another."""
    target, voice = page.target, Voice(language=words.language)
    if target is None:
        return words.text("not set")
    others = {**target.markets, **target.agencies}
    shown = [
        amount(target.everywhere, page.metric.unit, voice=voice, words=words),
        *(
            f"{name} {amount(value, page.metric.unit, voice=voice, words=words)}"
            for name, value in others.items()
        ),
    ]
    return " · ".join(shown)


def _reach(metric: Metric, *, words: Translator) -> str:
    """Say how long a value may still change."""
    if metric.maturity_days:
        return words.plural(
            "provisional until {count} day is over",
            "provisional until {count} days are over",
            metric.maturity_days,
        )
    if metric.reach_days:
        return words.plural(
            "with what arrives up to {count} day later",
            "with what arrives up to {count} days later",
            metric.reach_days,
        )
    return words.text("only with late or corrected facts")


def _roll_up(metric: Metric, *, words: Translator) -> str:
    rule = words.text(ROLL_UP_MESSAGES[metric.kind])
    several = metric.numerator.overlapping
    if metric.kind is not Kind.ADDITIVE or not several:
        return rule
    names = ", ".join(DIMENSION_NAMES[name].of(words.language) for name in several)
    return f"{rule} {words.text(RECOUNT_MESSAGES[0], dimensions=names)}"


def _dimensions(names: Sequence[str], *, words: Translator) -> str:
    """Return dimensions as --by takes them, each with what it means."""
    said = [(name, DIMENSION_NAMES[name].of(words.language)) for name in names]
    return ", ".join(
        name if name == text else f"{name} ({text})" for name, text in said
    )
