"""The six figures of the day: how much is penalised, how wrongly, and what is late."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from atalaia.desk.rooms.metrics.cards import Card, card_of
from atalaia.desk.rooms.metrics.figures import IN_BRIEF, target_of
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.figure_voice import voice_of
from atalaia.domain.codes import Domain, SampleUnit
from atalaia.language.format import Voice
from atalaia.metrics.question import Question
from atalaia.reporting.contents.brief import Figure
from atalaia.reporting.contents.key_figures import Asked, key_figure, no_trend
from atalaia.reporting.contents.wording.amounts import amount

__all__ = ["TILES", "Tile", "TileFigure", "TileView", "tile_figures", "tile_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One of the six; `domain` is the part of the rules that it counts, if not all."""

    key: str
    asked: Asked
    domain: Domain | None = None


TILES = (
    Tile(key="tns", asked=IN_BRIEF["M02"], domain=Domain.TNS),
    Tile(key="ecosystem", asked=IN_BRIEF["M02"], domain=Domain.ECOSYSTEM),
    # Guard rails: one must not be bought with the other.
    Tile(key="overkill", asked=IN_BRIEF["M10"]),
    Tile(key="leakage", asked=IN_BRIEF["M12"]),
    Tile(key="reversals", asked=IN_BRIEF["M26"]),
    Tile(key="past_sla", asked=Asked(metric="M32", days=1)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFigure:
    """A tile's newest figure; `whole_target` is that of what it is only a part of."""

    tile: Tile
    figure: Figure
    whole_target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """A tile as the page shows it.

    Attributes:
        query: what its metric's page is asked for.
        moved: where the page says why it moved.
        target: how the figure stands to a target, where the figure does not say it.
    """

    key: str
    card: Card
    query: str
    moved: str
    target: str


def tile_figures(
    opened: Opened, *, scope: Scope, market: str | None
) -> tuple[TileFigure, ...]:
    """Return the figures that can be told within the scope, in the page's order."""
    return tuple(
        _figure(tile, opened=opened, scope=scope, market=market)
        for tile in TILES
        if scope.admits(opened.definitions.of(tile.asked.metric))
    )


def _figure(
    tile: Tile, *, opened: Opened, scope: Scope, market: str | None
) -> TileFigure:
    given = (("market", market), ("domain", tile.domain))
    where = scope.slice({name: str(value) for name, value in given if value})
    figure = key_figure(
        tile.asked,
        scope.facts(opened.held),
        where=where,
        day=opened.day,
        now=opened.now,
        trend=no_trend,
    )
    cell = {**where, **figure.dims}
    whole = {name: value for name, value in cell.items() if name != "domain"}
    question = Question(
        metric=figure.metric, start=figure.start, end=figure.end, where=whole
    )
    target = target_of(question, opened=opened)
    names = opened.reference.names
    unit = figure.dims.get("unit")
    part = tile.domain or (SampleUnit(unit) if unit else None)
    return TileFigure(
        tile=tile,
        figure=replace(
            figure,
            target=None if tile.domain else target,
            part=names.of(part) if part else None,
        ),
        whole_target=target if tile.domain else None,
    )


def tile_view(told: TileFigure, look: Visit, *, market: str | None) -> TileView:
    """Put a tile into the reader's words."""
    words = look.request.words
    voice = voice_of(look, market=market)
    figure, domain = told.figure, told.tile.domain
    given = {"market": market, "agency": look.scope.agency, "domain": domain}
    query = urlencode({name: str(value) for name, value in given.items() if value})
    address = reverse("watch:metric", args=[figure.metric])
    query = f"?{query}" if query else ""
    return TileView(
        key=told.tile.key,
        card=card_of(figure, voice=voice, words=words),
        query=query,
        moved=f"{address}{query}#why",
        target=_target(told, look, voice=voice),
    )


def _target(told: TileFigure, look: Visit, *, voice: Voice) -> str:
    words, figure = look.request.words, told.figure
    if figure.value is None or figure.target is not None:
        return ""
    if told.whole_target is None:
        return words.text("no target set")
    shown = amount(told.whole_target, figure.unit, voice=voice, words=words)
    return words.text("target of both together {target}", target=shown)
