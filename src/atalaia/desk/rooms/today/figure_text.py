"""The figures of the day as plain text, to be pasted into a chat."""

from collections.abc import Iterator, Sequence

from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.figure_voice import voice_of
from atalaia.desk.rooms.today.talk import AgencyView, CreatorView, TalkView
from atalaia.desk.rooms.today.tiles import TileView
from atalaia.language.catalogue import Translator
from atalaia.reporting.contents.brief import Moved
from atalaia.reporting.contents.wording.movers import movers_told
from atalaia.reporting.formats.chat_text import figure_line

__all__ = ["movers_text", "talk_text", "tiles_text"]


def tiles_text(tiles: Sequence[TileView], look: Visit, *, market: str | None) -> str:
    """Return the tiles, one a line."""
    title = look.request.words.text("Figures of the day")
    lines = [figure_line(tile.card.figure) for tile in tiles]
    return _text(title, lines, look=look, market=market)


def movers_text(moved: Moved, look: Visit, *, market: str | None) -> str:
    """Return what moved, one slice a line."""
    words = look.request.words
    told = movers_told(moved, voice=voice_of(look, market=market), words=words)
    title = words.text("What moved most")
    return _text(title, [f"• {line}" for line in told], look=look, market=market)


def talk_text(talk: TalkView, look: Visit, *, market: str | None) -> str:
    """Return whom to talk to, one a line; the messages are copied one by one."""
    words = look.request.words
    lines = [
        *(_creator(creator, words=words) for creator in talk.creators.all),
        *(_agency(agency, words=words) for agency in talk.agencies.all),
    ]
    title = words.text("Talk to today")
    return _text(title, lines, look=look, market=market)


def _creator(near: CreatorView, *, words: Translator) -> str:
    told = words.text(
        "• {creator} ({market}): {area}. Next: {penalty}. The strike expires {day}.",
        creator=near.creator,
        market=near.market,
        area=near.area,
        penalty=near.next_penalty,
        day=near.expires,
    )
    own = words.text("Agency {agency}.", agency=near.agency) if near.agency else ""
    return _joined(told, own, _talk(near))


def _agency(near: AgencyView, *, words: Translator) -> str:
    told = words.plural(
        "• Agency {agency}: {count} creator. Next: {penalty}.",
        "• Agency {agency}: {count} creators. Next: {penalty}.",
        near.creators,
        agency=near.agency,
        count=str(near.creators),
        penalty=near.next_penalty,
    )
    return _joined(told, _talk(near))


def _talk(near: CreatorView | AgencyView) -> str:
    """Return who talked to them, as a sentence."""
    return f"{near.talk.said}." if near.talk and near.talk.said else ""


def _joined(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)


def _text(title: str, lines: Sequence[str], *, look: Visit, market: str | None) -> str:
    return "\n".join([*_head(title, look, market=market), *lines]) + "\n"


def _head(title: str, look: Visit, *, market: str | None) -> Iterator[str]:
    words, voice, scope = look.request.words, look.request.voice, look.scope
    mine = words.text("All markets") if scope.is_whole else voice.listed(scope.markets)
    where = scope.agency or market or mine
    yield f"{title} · {where} · {voice.date(look.opened.day)}"
    as_of = voice.moment(look.opened.now, "UTC")
    yield words.text("As of {moment} UTC.", moment=as_of)
