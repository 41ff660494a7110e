"""What to write to a creator, or to an agency, before the next suspension.

Written in the language of their market, whatever the reader's: what happened, why, what
would come next and what can still be done, without a threat.
"""

from atalaia.desk.casework.replies.wording import (
    APPEAL_MESSAGES,
    BEFORE_NEXT_MESSAGES,
    HELLO_MESSAGES,
    Sender,
    care,
    day_of,
    language_of_market,
)
from atalaia.domain.markets import Market
from atalaia.language.catalogue import Translator, translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.near_creators import NearAgency, NearCreator

__all__ = ["agency_message", "creator_message"]


def creator_message(
    near: NearCreator, *, market: Market, sender: Sender = "team"
) -> str:
    """Return a message to a creator: what, why, next, and the appeal that is left."""
    words, voice = _spoken(market)
    lines = [
        words.text(HELLO_MESSAGES[sender]),
        *care(near.area_id, words=words),
        words.text(
            "On {day} your account got a strike under “{policy}” ({area}).",
            day=day_of(near.started_at, market=market, voice=voice),
            policy=near.policy.of(words.language),
            area=near.area.of(words.language),
        ),
        words.text(
            "It stays open until {day}. If something like it happened again before "
            "then, the next step would be: {penalty}.",
            day=day_of(near.expires_at, market=market, voice=voice),
            penalty=near.next_penalty.of(words.language),
        ),
        *_other_areas(near, voice=voice, words=words),
        words.text(
            APPEAL_MESSAGES[near.appeal],
            day=day_of(near.appeal_until, market=market, voice=voice),
        ),
        *(words.text(each) for each in BEFORE_NEXT_MESSAGES),
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
