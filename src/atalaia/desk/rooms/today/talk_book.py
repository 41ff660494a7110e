"""Whom to talk to as a workbook, with who talked to them."""

from collections.abc import Iterator, Sequence

from atalaia.desk.rooms.metrics.exports import Cell, book_of
from atalaia.desk.rooms.today.talk import AgencyView, CreatorView, TalkView
from atalaia.language.catalogue import Translator

__all__ = ["talk_book"]

CREATOR_HEADER_MESSAGES = (
    "Creator",
    "Market",
    "Agency",
    "About",
    "Next penalty",
    "Strike expires",
    "Case",
)
AGENCY_HEADER_MESSAGES = ("Agency", "Market", "Creators", "About", "At worst")
TALK_HEADER_MESSAGES = ("Talked to", "Talked to by")
MESSAGE_HEADER_MESSAGES = ("Message",)
Line = Sequence[Cell]


def talk_book(talk: TalkView, *, words: Translator) -> bytes:
    """Return a workbook with one sheet of creators and one of agencies.

    Without the record of talks where the reader sees none, and without agencies then.
    """
    creators, agencies = talk.creators.all, talk.agencies.all
    sheets = {words.text("Creators"): _creators(creators, words=words)}
    if agencies:
        sheets[words.text("Agencies")] = _agencies(agencies, words=words)
    return book_of(sheets)


def _creators(rows: Sequence[CreatorView], *, words: Translator) -> Iterator[Line]:
    yield _headers(CREATOR_HEADER_MESSAGES, rows, words=words)
    for near in rows:
        yield (
            *(near.creator, near.market, near.agency),
            " · ".join((near.area, *near.also)),
            *(near.next_penalty, near.expires, near.open_case),
            *_talk(near),
            near.message,
        )


def _agencies(rows: Sequence[AgencyView], *, words: Translator) -> Iterator[Line]:
    yield _headers(AGENCY_HEADER_MESSAGES, rows, words=words)
    for near in rows:
        yield (
            *(near.agency, near.market, near.creators),
            *(" · ".join(near.areas), near.next_penalty),
            *_talk(near),
            near.message,
        )


def _talk(near: CreatorView | AgencyView) -> Line:
    if near.talk is None:
        return ()
    told = near.talk.told
    return (told.at.isoformat(), told.by_name) if told else ("", "")


def _headers(
    messages: Sequence[str],
    rows: Sequence[CreatorView] | Sequence[AgencyView],
    *,
    words: Translator,
) -> Line:
    sees_talks = any(near.talk is not None for near in rows)
    talks = TALK_HEADER_MESSAGES if sees_talks else ()
    return [words.text(each) for each in (*messages, *talks, *MESSAGE_HEADER_MESSAGES)]
