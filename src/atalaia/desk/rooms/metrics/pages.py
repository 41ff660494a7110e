"""The list of all metrics, family by family, each with its newest figure."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from time import monotonic

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.cards import Card, card_of, pairs_of
from atalaia.desk.rooms.metrics.families import (
    NAME_MESSAGES,
    Family,
    families_of,
    family_named,
)
from atalaia.desk.rooms.metrics.figures import figure_of
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.refused import no_facts_page
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import (
    PATIENCE_S,
    Visit,
    in_the_end,
    now_or_none,
    visit,
)
from atalaia.desk.shell.errors import NotFoundError
from atalaia.pipeline.business_day import NoDayError
from atalaia.reporting.contents.brief import Figure
from atalaia.reporting.contents.key_figures import PAIRS
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["catalogue", "family"]

PAIRED = Family(
    key="pairs",
    name=NAME_MESSAGES["pairs"],
    metrics=tuple(dict.fromkeys(name for pair in PAIRS for name in pair.metrics)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One family on the page; `cards` is None while they are worked out."""

    key: str
    name: str
    names: tuple[str, ...]
    cards: tuple[Card, ...] | None


@page_for(Right.SEE_FIGURES)
def catalogue(request: PersonRequest) -> HttpResponse:
    """Show every metric with its newest figure; guard rails stand side by side."""
    try:
        with visit(request) as look:
            return _catalogue(request, look)
    except (NoSnapshotError, NoDayError):
        return no_facts_page(request)


@page_for(Right.SEE_FIGURES)
def family(request: PersonRequest, key: str) -> HttpResponse:
    """Show one family's figures, however long they take."""
    with visit(request) as look:
        market = look.market()
        found = family_named(key, among=(PAIRED, *_families(look)))
        if found is None:
            raise NotFoundError(key=key)
        figures = in_the_end(_asked(look, found, market=market))
        context = _context(look, market=market) | {
            "section": _section(look, found, figures),
            "pairs": _pairs(look, figures) if found.key == PAIRED.key else (),
        }
    return render(request, "watch/family.html", context)


def _catalogue(request: PersonRequest, look: Visit) -> HttpResponse:
    market = look.market()
    families = _families(look)
    asked = [(each, _asked(look, each, market=market)) for each in (PAIRED, *families)]
    found = _soon([future for _, future in asked], look=look)
    sections = [
        _section(look, each, figures)
        for (each, _), figures in zip(asked, found, strict=True)
    ]
    context = _context(look, market=market) | {
        "paired": sections[0],
        "pairs": _pairs(look, found[0]),
        "sections": sections[1:],
    }
    return render(request, "watch/catalogue.html", context)


def _soon(
    futures: Sequence[Future[tuple[Figure, ...]]], *, look: Visit
) -> list[tuple[Figure, ...] | None]:
    """Wait for all of them together no longer than for one; all, if told to wait."""
    if look.request.GET.get("wait"):
        return [in_the_end(future) for future in futures]
    until = monotonic() + PATIENCE_S
    return [
        now_or_none(future, patience_s=max(until - monotonic(), 0.0))
        for future in futures
    ]


def _families(look: Visit) -> tuple[Family, ...]:
    """Return the families with the metrics that can be told within the scope."""
    known = look.opened.definitions
    mine = (
        Family(
            key=each.key,
            name=each.name,
            metrics=tuple(m for m in each.metrics if look.scope.admits(known.of(m))),
        )
        for each in families_of(known)
    )
    return tuple(each for each in mine if each.metrics)


def _asked(
    look: Visit, family: Family, *, market: str | None
) -> Future[tuple[Figure, ...]]:
    work = partial(_figures, metrics=family.metrics, scope=look.scope, market=market)
    return look.asked("family", family.key, market, work=work, lane="many")


def _figures(
    opened: Opened, *, metrics: tuple[str, ...], scope: Scope, market: str | None
) -> tuple[Figure, ...]:
    return tuple(
        figure_of(name, opened=opened, scope=scope, market=market)
        for name in metrics
        if scope.admits(opened.definitions.of(name))
    )


def _section(
    look: Visit, family: Family, figures: tuple[Figure, ...] | None
) -> Section:
    words, voice = look.request.words, look.request.voice
    cards = None
    if figures is not None:
        cards = tuple(card_of(each, voice=voice, words=words) for each in figures)
    return Section(
        key=family.key,
        name=words.text(family.name),
        names=tuple(
            f"{name} {look.opened.definitions.of(name).name.of(words.language)}"
            for name in family.metrics
        ),
        cards=cards,
    )


def _pairs(look: Visit, figures: tuple[Figure, ...] | None) -> object:
    if figures is None:
        return ()
    words, voice = look.request.words, look.request.voice
    cards = {f.metric: card_of(f, voice=voice, words=words) for f in figures}
    return pairs_of(PAIRS, cards=cards, words=words)


def _context(look: Visit, *, market: str | None) -> dict[str, object]:
    scope, voice = look.scope, look.request.voice
    return {
        "market": market,
        "markets": [look.opened.reference.markets.of(c) for c in scope.markets],
        "language": look.request.words.language,
        "scope": scope,
        "market_names": voice.listed(scope.markets),
        "as_of": voice.moment(look.opened.now, "UTC"),
        "day": voice.date(look.opened.day),
        "query": f"?market={market}" if market else "",
    }
