"""What moved most, and the case that each of it may become."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.figure_voice import voice_of
from atalaia.domain.work_codes import CaseType
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Moved, Mover, Word
from atalaia.reporting.contents.movers import movers
from atalaia.reporting.contents.wording.amounts import amount, change_interval
from atalaia.reporting.contents.wording.figures import word_name
from atalaia.reporting.contents.wording.movers import dated_mover_sentence

__all__ = ["MoverView", "case_address", "moved_within", "mover_view"]

TYPES = {
    ("policy", True): CaseType.OVERKILL,
    ("policy", False): CaseType.LEAKAGE,
    ("agency", True): CaseType.AGENCY_CONDUCT,
}
"""What a slice that went up or down is first looked into as; the form has others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoverView:
    """A slice that moved, as the page shows it.

    Attributes:
        sentence: all of it in one, for a chat and as the description of a case.
        address: the slice over time.
        case: the form of a case about it; "" for who works on no case there.
    """

    slice_name: str
    name: str
    before: str
    after: str
    is_up: bool
    interval: str
    period: str
    word: str
    is_real: bool
    others: str
    sentence: str
    address: str
    case: str


def moved_within(opened: Opened, *, scope: Scope, market: str | None) -> Moved:
    """Return what moved within the scope, or why nobody can tell."""
    return movers(
        scope.facts(opened.held),
        opened.reference,
        market=market,
        day=opened.day,
        agency=scope.agency,
    )


def mover_view(mover: Mover, look: Visit, *, market: str | None) -> MoverView:
    """Put a mover into the reader's words."""
    words = look.request.words
    voice = voice_of(look, market=market)
    sentence = dated_mover_sentence(mover, voice=voice, words=words)
    return MoverView(
        slice_name=mover.slice_name.of(words.language),
        name=mover.name.of(words.language),
        before=amount(mover.before, mover.unit, voice=voice, words=words),
        after=amount(mover.after, mover.unit, voice=voice, words=words),
        is_up=mover.after > mover.before,
        interval=_interval(mover, look, voice=voice),
        period=voice.days(mover.start, mover.end),
        word=word_name(mover.word, words=words),
        is_real=mover.word is Word.REAL,
        others=voice.listed([n.of(words.language) for n in mover.also])
        if mover.also
        else "",
        sentence=sentence,
        address=_address(mover, look, market=market),
        case=case_address(mover, by=look.request.by, description=sentence),
    )


def case_address(mover: Mover, *, by: Actor, description: str) -> str:
    """Return the form of a case about a slice, filled in; "" where it is not theirs.

    The market is the one in which most of the change lies.
    """
    if not by.may(Right.WORK_CASES, market=mover.market):
        return ""
    given = {"market": mover.market, "metric": mover.metric, "description": description}
    if mover.dimension in ("policy", "agency"):
        given[mover.dimension] = mover.value
    suggested = TYPES.get((mover.dimension, mover.after > mover.before))
    if suggested is not None:
        given["type"] = suggested.value
    return f"{reverse('casework:new')}?{urlencode(given)}"


def _interval(mover: Mover, look: Visit, *, voice: Voice) -> str:
    if mover.change_low is None or mover.change_high is None:
        return ""
    return change_interval(
        mover.change_low,
        mover.change_high,
        mover.unit,
        confidence=mover.confidence,
        voice=voice,
        words=look.request.words,
    )


def _address(mover: Mover, look: Visit, *, market: str | None) -> str:
    where = {"market": market, "agency": look.scope.agency}
    where |= {mover.dimension: mover.value}
    query = urlencode({name: value for name, value in where.items() if value})
    return f"{reverse('watch:metric', args=[mover.metric])}?{query}"
