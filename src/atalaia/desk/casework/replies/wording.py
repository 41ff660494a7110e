"""Sentences that every message to a creator shares, whoever writes it and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from atalaia.domain.markets import Market
from atalaia.domain.trilingual import Language
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.near_creators import AppealLeft

__all__ = [
    "APPEAL_MESSAGES",
    "BEFORE_NEXT_MESSAGES",
    "HELLO_MESSAGES",
    "Sender",
    "care",
    "day_of",
    "language_of_market",
]

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
BEFORE_NEXT_MESSAGES = (
    (
        "Before your next LIVE, it is worth going over that rule; if anything is "
        "unclear, ask us: we want you to keep going LIVE without surprises."
    ),
)


def language_of_market(market: Market) -> Language:
    """Return in which of our languages people of a market are written to."""
    return "pt" if market.languages[0] == PORTUGUESE else "es"


def care(area: str, *, words: Translator) -> tuple[str, ...]:
    """Return what comes before any rule for somebody who may be in distress.

    Args:
        area: the policy at issue, or the area that it lies in.
    """
    if area != SELF_HARM and not area.startswith(f"{SELF_HARM}."):
        return ()
    return (
        words.text(
            "First of all, if you are going through a hard time, you are not alone: "
            "write to us and we will help you find support."
        ),
    )


def day_of(instant: datetime, *, market: Market, voice: Voice) -> str:
    """Return the day of a moment where the creator is, in words."""
    return voice.day_in_words(
        instant.astimezone(ZoneInfo(market.principal_zone)).date()
    )
