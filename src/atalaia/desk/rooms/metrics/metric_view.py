"""What a metric's page says whatever its figures are: definition, choices, links."""

from dataclasses import dataclass
from typing import get_args

from django.urls import reverse

from atalaia.desk.rooms.metrics.asked import query_of
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.explain.indivisible import why_indivisible
from atalaia.language.catalogue import Translator
from atalaia.metrics.metric import Metric
from atalaia.metrics.parts import is_divisible
from atalaia.metrics.question import Grain, Question
from atalaia.reporting.contents.wording.handbook import Page, page_entries
from atalaia.reporting.contents.wording.slice_words import (
    dimension_header,
    slice_name,
)

__all__ = ["Choice", "Kept", "metric_view"]

GRAIN_MESSAGES: dict[Grain, str] = {
    "period": "whole period",
    "day": "day by day",
    "week": "week by week",
    "month": "month by month",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a list."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A slice that is kept, and the address without it; "" where it must stay."""

    dimension: str
    value: str
    said: str
    without: str


def metric_view(look: Visit, question: Question) -> dict[str, object]:
    """Return the definition, the form's choices and the ways on."""
    metric, words = look.metric(question.metric), look.request.words
    entries = list(page_entries(_handbook(look, metric), words=words))
    query = query_of(question)
    return {
        "metric": metric,
        "name": metric.name.of(words.language),
        "definition": metric.definition.of(words.language),
        "entries": entries,
        "question": question,
        "markets": _markets(look, question),
        "splits": _splits(metric, question, words=words),
        "grains": _grains(question, words=words),
        "kept": _kept(look, question),
        "rails": _rails(look, metric),
        "query": query,
        "answer_address": _address(look, "answer", metric),
        "why_address": _why(metric, query=query),
        "why_not": _why_not(metric, words=words),
        "scope": look.scope,
        "market_names": look.request.voice.listed(look.scope.markets),
        "as_of": look.request.voice.moment(look.opened.now, "UTC"),
    }


def _handbook(look: Visit, metric: Metric) -> Page:
    known = look.opened.definitions
    own = known.targets.get(metric.id)
    target = own or look.opened.reference.targets.by_metric.get(metric.id)
    return Page(metric=metric, known=known, target=target, example="")


def _address(look: Visit, name: str, metric: Metric) -> str:
    given = look.request.GET.urlencode()
    return f"{reverse(f'watch:{name}', args=[metric.id])}?{given}"


def _why(metric: Metric, *, query: str) -> str:
    if not is_divisible(metric):
        return ""
    return f"{reverse('watch:why', args=[metric.id])}?{query}"


def _why_not(metric: Metric, *, words: Translator) -> str:
    if is_divisible(metric):
        return ""
    return words.text(
        "Its slices do not add up to the whole: {why}.",
        why=why_indivisible(metric).of(words.language),
    )


def _markets(look: Visit, question: Question) -> list[Choice]:
    language, chosen = look.request.words.language, question.where.get("market")
    if "market" not in look.metric(question.metric).dimensions:
        return []
    known = look.opened.reference.markets
    return [
        Choice(value=c, name=known.of(c).name.of(language), is_chosen=c == chosen)
        for c in look.scope.markets
    ]


def _splits(metric: Metric, question: Question, *, words: Translator) -> list[Choice]:
    chosen = ",".join(question.by)
    names = dict.fromkeys((*((chosen,) if chosen else ()), *metric.dimensions))
    return [
        Choice(
            value=name,
            name=" · ".join(
                dimension_header(part, words=words) for part in name.split(",")
            ),
            is_chosen=name == chosen,
        )
        for name in names
    ]


def _grains(question: Question, *, words: Translator) -> list[Choice]:
    return [
        Choice(
            value=grain,
            name=words.text(GRAIN_MESSAGES[grain]),
            is_chosen=grain == question.grain,
        )
        for grain in get_args(Grain)
    ]


def _kept(look: Visit, question: Question) -> list[Kept]:
    """Return the slices that are kept, but for the market, which has its own list."""
    words, reference = look.request.words, look.opened.reference
    held = look.scope.slice(question.where)
    return [
        Kept(
            dimension=name,
            value=value,
            said=words.text(
                "{dimension}: {value}",
                dimension=dimension_header(name, words=words),
                value=slice_name(name, value, reference=reference, words=words),
            ),
            without=""
            if name == "agency" and look.scope.agency
            else "?" + query_of(question, **{name: ""}),
        )
        for name, value in held.items()
        if name != "market"
    ]


def _rails(look: Visit, metric: Metric) -> list[tuple[str, str]]:
    """Return the metrics that must be read with this one, as address and name."""
    known, language = look.opened.definitions, look.request.words.language
    return [
        (
            reverse("watch:metric", args=[rail]),
            f"{rail} {known.of(rail).name.of(language)}",
        )
        for rail in metric.guard_rails
        if look.scope.admits(known.of(rail))
    ]
