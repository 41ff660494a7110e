"""What to write to a creator, or to an agency, before the next suspension.

Written in the language of their market, whatever the reader's: what happened, why, what
would come next and what can still be done, without a threat.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from atalaia.domain.markets import Market
from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import Translator, translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.near_creators import (
    AppealLeft,
    NearAgency,
    NearCreator,
)

__all__ = ["Sender", "agency_message", "creator_message", "language_of_market"]

PORTUGUESE = "pt"
SELF_HARM = "tns.selfharm"
Sender = Literal["team", "agency"]
HELLO_MESSAGES: Mapping[Sender, str] = {
    "team": "Hi, how are you? This is the LIVE safety team.",
    "agency": "Hi, how are you? We write to you from your agency.",
}
APPEAL_MESSAGES = {
    AppealLeft.BOTH: "If you think that it was a mistake, you can appeal in the app "
    "until {day}: you have two appeals left.",
    AppealLeft.LAST: "If you still think that it was a mistake, you have one more "
    "appeal in the app, until {day}.",
    AppealLeft.PENDING: "Your appeal is being reviewed; you will see the answer in the "
    "app.",
    AppealLeft.USED_UP: "Both appeals in the app have been answered; if you have "
    "something new to show us, write to us.",
    AppealLeft.OVER: "The time to appeal it in the app is over; if you have doubts "
    "about it, write to us and we will explain it.",
    AppealLeft.NOT_OFFERED: "The app offers no appeal for this strike; if you have "
    "doubts about it, write to us and we will explain it.",
    AppealLeft.UNTOLD: "Look in the app whether you can still appeal; we are glad to "
    "show you how.",
}


def language_of_market(market: Market) -> Language:
    """Return in which of our languages people of a market are written to."""
    return "pt" if market.languages[0] == PORTUGUESE else "es"


def creator_message(
    near: NearCreator, *, market: Market, sender: Sender = "team"
) -> str:
    """Return a message to a creator: what, why, next, and the appeal that is left."""
    words, voice = _spoken(market)
    lines = [
        words.text(HELLO_MESSAGES[sender]),
        *_care(near, words=words),
        words.text(
            "On {day} your account got a strike under “{policy}” ({area}).",
            day=_day(near.started_at, market=market, voice=voice),
            policy=near.policy.of(words.language),
            area=near.area.of(words.language),
        ),
        words.text(
            "It stays open until {day}. If something like it happened again before "
            "then, the next step would be: {penalty}.",
            day=_day(near.expires_at, market=market, voice=voice),
            penalty=near.next_penalty.of(words.language),
        ),
        *_other_areas(near, voice=voice, words=words),
        words.text(
            APPEAL_MESSAGES[near.appeal],
            day=_day(near.appeal_until, market=market, voice=voice),
        ),
        words.text(
            "Before your next LIVE, it is worth going over that rule; if anything is "
            "unclear, ask us: we want you to keep going LIVE without surprises."
        ),
    ]
    return "\n".join(lines)


def agency_message(near: NearAgency, *, market: Market) -> str:
    """Return a message to an agency's manager about its creators in all."""
    words, voice = _spoken(market)
    line = near.line
    areas = voice.listed([area.of(words.language) for area in line.areas])
    lines = [
        words.text("Hi, how are you all? This is the LIVE safety team."),
        words.plural(
            "{count} creator of your agency is one strike away from a LIVE suspension.",
            "{count} creators of your agency are one strike away from a LIVE "
            "suspension.",
            line.creators,
            count=voice.number(line.creators),
        ),
        words.text("What it is about: {areas}.", areas=areas),
        words.text(
            "The longest suspension that could come next: {penalty}.",
            penalty=line.next_penalty.of(words.language),
        ),
        words.text(
            "Could you go over these rules with them before their next LIVE? Where a "
            "strike looks like a mistake, see in the app whether an appeal is left."
        ),
        words.text(
            "We can send you the list and explain each case, whenever it suits you."
        ),
    ]
    return "\n".join(lines)


def _spoken(market: Market) -> tuple[Translator, Voice]:
    language = language_of_market(market)
    return translator(language), Voice(language=language, market=market.code)


def _other_areas(
    near: NearCreator, *, voice: Voice, words: Translator
) -> tuple[str, ...]:
    if not near.also:
        return ()
    areas = voice.listed([area.of(words.language) for area in near.also])
    return (words.text("The same goes for: {areas}.", areas=areas),)


def _care(near: NearCreator, *, words: Translator) -> tuple[str, ...]:
    """Return what comes before any rule for somebody who may be in distress."""
    if near.area_id != SELF_HARM:
        return ()
    return (
        words.text(
            "First of all, if you are going through a hard time, you are not alone: "
            "write to us and we will help you find support."
        ),
    )


def _day(instant: datetime, *, market: Market, voice: Voice) -> str:
    return voice.day_in_words(
        instant.astimezone(ZoneInfo(market.principal_zone)).date()
    )
