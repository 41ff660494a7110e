"""Whom to talk to today: who is one step from suspension, with a message to copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import open_cases_of
from atalaia.desk.casework.replies.wording import language_of_market
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.talk_messages import agency_message, creator_message
from atalaia.domain.markets import Market
from atalaia.domain.work_codes import CaseType
from atalaia.reporting.contents.near_creators import (
    NearAgency,
    NearCreator,
    ToTalkTo,
    to_talk_to,
)

__all__ = ["AgencyView", "CreatorView", "TalkView", "Talked", "talk_view", "within"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """What was found; `found` is None while no penalty is on record."""

    found: ToTalkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorView:
    """A creator as the page shows them.

    Attributes:
        open_case: the case that somebody works on already; "" for none.
        new_case: the form of a case to support them; "" for who works on none there.
        language: that of the message.
    """

    creator: str
    market: str
    agency: str
    area: str
    also: tuple[str, ...]
    next_penalty: str
    expires: str
    message: str
    language: str
    open_case: str
    new_case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """An agency as the page shows it."""

    agency: str
    market: str
    creators: int
    areas: tuple[str, ...]
    next_penalty: str
    message: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """All of it; `total` counts the creators who are so close.

    An agency is not told to write to itself: it reads of its creators alone.
    """

    creators: tuple[CreatorView, ...]
    agencies: tuple[AgencyView, ...]
    total: int
    untold: int


def within(opened: Opened, *, scope: Scope, market: str | None) -> Talked:
    """Return whom to talk to within the scope."""
    return Talked(
        found=to_talk_to(
            scope.facts(opened.whole),
            opened.reference,
            market=market,
            now=opened.now,
            agency=scope.agency,
        )
    )


def talk_view(talked: Talked, look: Visit) -> TalkView | None:
    """Put it into the reader's words; None while no penalty is on record."""
    found = talked.found
    if found is None:
        return None
    names = [near.creator for near in found.creators]
    cases = open_cases_of(names, by=look.request.by)
    return TalkView(
        creators=tuple(_creator(near, look, cases=cases) for near in found.creators),
        agencies=()
        if look.scope.agency
        else tuple(_agency(near, look) for near in found.agencies),
        total=found.steps.creators,
        untold=found.steps.untold + found.steps.unplaced,
    )


def _creator(
    near: NearCreator, look: Visit, *, cases: Mapping[str, str]
) -> CreatorView:
    language, market = look.request.words.language, _market(near.market, look)
    expires = near.expires_at.astimezone(ZoneInfo(market.principal_zone)).date()
    return CreatorView(
        creator=near.creator,
        market=near.market,
        agency=near.agency or "",
        area=near.area.of(language),
        also=tuple(area.of(language) for area in near.also),
        next_penalty=near.next_penalty.of(language),
        expires=look.request.voice.day_and_month(expires),
        message=creator_message(
            near, market=market, sender="agency" if look.scope.agency else "team"
        ),
        language=language_of_market(market),
        open_case=cases.get(near.creator, ""),
        new_case=_new_case(near, look),
    )


def _agency(near: NearAgency, look: Visit) -> AgencyView:
    language, market = look.request.words.language, _market(near.market, look)
    return AgencyView(
        agency=near.line.agency or "",
        market=near.market,
        creators=near.line.creators,
        areas=tuple(area.of(language) for area in near.line.areas),
        next_penalty=near.line.next_penalty.of(language),
        message=agency_message(near, market=market),
        language=language_of_market(market),
    )


def _new_case(near: NearCreator, look: Visit) -> str:
    if not look.request.by.may(Right.WORK_CASES, market=near.market):
        return ""
    given = {
        "market": near.market,
        "type": CaseType.CREATOR_SUPPORT.value,
        "creator": near.creator,
        "agency": near.agency,
        "policy": near.policy_id,
    }
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('casework:new')}?{query}"


def _market(code: str, look: Visit) -> Market:
    return look.opened.reference.markets.of(code)
