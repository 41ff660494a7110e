"""Whom to talk to today: who is one step from suspension, with a message to copy.

Whom somebody talked to stands below; the next in order take their places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.queries import open_cases_of
from atalaia.desk.casework.replies.wording import language_of_market
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.talk_cell import (
    WINDOW,
    Queue,
    TalkCell,
    is_settled,
    queue,
    talk_cell,
)
from atalaia.desk.rooms.today.talk_messages import agency_message, creator_message
from atalaia.desk.rooms.today.talk_record import Subject, TalkedTo, newest_talks
from atalaia.domain.markets import Market
from atalaia.domain.work_codes import CaseType
from atalaia.reporting.contents.near_creators import (
    NearAgency,
    NearCreator,
    ToTalkTo,
    to_talk_to,
)
from atalaia.reporting.contents.steps_away import LONGEST_LIST

__all__ = [
    "AgencyView",
    "CreatorView",
    "Near",
    "TalkView",
    "subject_of",
    "talk_view",
    "within",
]

CREATORS, AGENCIES = 10, 3
"""A list that can be worked through in a day."""
CANDIDATES = 200
"""How many creators are looked through for ten whom nobody talked to."""
Talks = Mapping[Subject, TalkedTo]
One = TypeVar("One", NearCreator, NearAgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What was found; `found` is None while no penalty is on record."""

    found: ToTalkTo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorView:
    """A creator as the page shows them.

    Attributes:
        open_case: the case that somebody works on already; "" for none.
        new_case: the form of a case to support them; "" for who works on none there.
        language: that of the message.
        talk: who talked to them; None for an agency's viewer.
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
    talk: TalkCell | None


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
    talk: TalkCell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """All of it; `total` counts the creators who are so close.

    An agency is not told to write to itself: it reads of its creators alone, and not
    who of the region talked to them.

    Attributes:
        window_days: for how long whom somebody talked to stands below.
    """

    creators: Queue[CreatorView]
    agencies: Queue[AgencyView]
    total: int
    untold: int
    window_days: int = WINDOW.days


def within(opened: Opened, *, scope: Scope, market: str | None) -> Near:
    """Return whom to talk to within the scope, more of them than a day holds."""
    return Near(
        found=to_talk_to(
            scope.facts(opened.whole),
            opened.reference,
            market=market,
            now=opened.now,
            agency=scope.agency,
            creators_n=CANDIDATES,
            agencies_n=LONGEST_LIST,
        )
    )


def talk_view(near: Near, look: Visit) -> TalkView | None:
    """Put it into the reader's words; None while no penalty is on record."""
    found = near.found
    if found is None:
        return None
    talks: Talks = {}
    if not look.scope.agency:
        talks = newest_talks(map(subject_of, found.everybody), by=look.request.by)
    now = look.request.now
    creators = queue(
        (
            _with_talk(each, talks, now=now, after=each.newest_at)
            for each in found.creators
        ),
        most=CREATORS,
    )
    agencies = queue(
        (_with_talk(each, talks, now=now, after=None) for each in found.agencies),
        most=0 if look.scope.agency else AGENCIES,
    )
    names = [each.creator for each in creators.all]
    cases = open_cases_of(names, by=look.request.by)
    return TalkView(
        creators=creators.each(
            lambda one: _creator(one, look, cases=cases, talks=talks)
        ),
        agencies=agencies.each(lambda one: _agency(one, look, talks=talks)),
        total=found.steps.creators,
        untold=found.steps.untold + found.steps.unplaced,
    )


def subject_of(near: NearCreator | NearAgency) -> Subject:
    """Return whom somebody of the list is to the record of talks."""
    if isinstance(near, NearCreator):
        return Subject(market=near.market, creator=near.creator)
    return Subject(market=near.market, agency=near.line.agency or "")


def _with_talk(
    one: One, talks: Talks, *, now: datetime, after: datetime | None
) -> tuple[One, TalkedTo | None, bool]:
    told = talks.get(subject_of(one))
    return one, told, is_settled(told, now=now, after=after)


def _talk(
    near: NearCreator | NearAgency, talks: Talks, *, look: Visit
) -> TalkCell | None:
    if look.scope.agency:
        return None
    subject, zone = subject_of(near), _market(near.market, look).principal_zone
    return talk_cell(subject, talks.get(subject), look=look, zone=zone)


def _creator(
    near: NearCreator, look: Visit, *, cases: Mapping[str, str], talks: Talks
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
        talk=_talk(near, talks, look=look),
    )


def _agency(near: NearAgency, look: Visit, *, talks: Talks) -> AgencyView:
    language, market = look.request.words.language, _market(near.market, look)
    return AgencyView(
        agency=near.line.agency or "",
        market=near.market,
        creators=near.line.creators,
        areas=tuple(area.of(language) for area in near.line.areas),
        next_penalty=near.line.next_penalty.of(language),
        message=agency_message(near, market=market),
        language=language_of_market(market),
        talk=_talk(near, talks, look=look),
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
