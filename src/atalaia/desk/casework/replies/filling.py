"""The reply of a situation, filled from a case, and why another does not fit it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from atalaia.desk.casework.queries import CaseDetail
from atalaia.desk.casework.replies.appeals import (
    CAN_APPEAL,
    CANNOT_APPEAL,
    AppealsTold,
    appeals_told,
)
from atalaia.desk.casework.replies.wording import (
    APPEAL_MESSAGES,
    BEFORE_NEXT_MESSAGES,
    HELLO_MESSAGES,
    care,
    day_of,
)
from atalaia.desk.casework.workflow import ENDED, IN_CENTRAL
from atalaia.domain.creator_replies import CreatorReplies, CreatorReply, ReplyWhen
from atalaia.domain.markets import Market
from atalaia.domain.policies import PolicyTree
from atalaia.domain.trilingual import Language, Trilingual
from atalaia.domain.work_codes import CaseState, Ruling
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice

__all__ = ["OBSTACLE_MESSAGES", "Told", "message", "obstacle", "replies_for", "told_of"]

MOMENTS = ("moment_at", "session_started_at", "decision_at")
"""What tells the day of the LIVE; the first that the case holds."""
ANSWERED = frozenset(
    {
        CaseState.DECIDED,
        CaseState.FIX_IN_PROGRESS,
        CaseState.VERIFIED,
        CaseState.CLOSED,
    }
)
OBSTACLE_MESSAGES: Mapping[str, str] = {
    ReplyWhen.FIX_VERIFIED: "Fits once the fix is verified.",
    ReplyWhen.RULING_ACCEPTED: "Fits once the case is decided and accepted.",
    ReplyWhen.RULING_REJECTED: "Fits once the case is decided and rejected.",
    ReplyWhen.DECIDED: "Fits once the case is decided.",
    ReplyWhen.WITH_CENTRAL: "Fits while the case is with central.",
    ReplyWhen.APPEAL_OPEN: "Fits while the case says that an appeal is left.",
    ReplyWhen.APPEAL_CLOSED: "Fits where the case says that no appeal is left.",
    ReplyWhen.IN_OUR_HANDS: "Fits while we still work on the case ourselves.",
    "policy": "Needs a policy: say in the case which one it is about.",
    "day": "Needs the day of the LIVE: give it below.",
}
"""Why a reply cannot be sent now: the point of the case, or a field it lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a case tells a creator, and nothing else of it.

    Attributes:
        policy, rule: its public name and description; None where none is named.
        day: the day of the LIVE where the creator is; None where nobody told it.
        is_day_of_case: whether the case itself tells the day.
    """

    market: Market
    policy_id: str
    policy: Trilingual | None
    rule: Trilingual | None
    day: date | None
    is_day_of_case: bool
    appeals: AppealsTold


def told_of(
    case: CaseDetail,
    *,
    market: Market,
    policies: PolicyTree,
    day: date | None,
    now: datetime,
) -> Told:
    """Return what a case tells; `day` is what somebody gave where it tells none."""
    answers = {each.field.key: each.value for each in case.answers}
    said = [answers[key] for key in MOMENTS if answers.get(key)]
    zone, policy = ZoneInfo(market.principal_zone), case.row.policy_id
    node = policies.by_id.get(policy) or policies.groups.get(policy)
    own = datetime.fromisoformat(said[0]).astimezone(zone).date() if said else None
    return Told(
        market=market,
        policy_id=policy,
        policy=node.name if node else None,
        rule=node.description if node else None,
        day=own or day,
        is_day_of_case=own is not None,
        appeals=appeals_told(answers, market=market, now=now),
    )


def replies_for(
    case: CaseDetail, *, replies: CreatorReplies
) -> tuple[CreatorReply, ...]:
    """Return the replies meant for such a case, those to suggest first before."""
    row = case.row
    return tuple(
        each for each in replies if each.is_for(row.type, row.requested_outcome)
    )


def obstacle(reply: CreatorReply, *, case: CaseDetail, told: Told) -> str:
    """Return why a reply cannot be sent now; "" where it can."""
    if not TRUE_WHEN[reply.when](case, told):
        return OBSTACLE_MESSAGES[reply.when]
    if reply.fields & {"policy", "rule"} and told.policy is None:
        return OBSTACLE_MESSAGES["policy"]
    if "day" in reply.fields and told.day is None:
        return OBSTACLE_MESSAGES["day"]
    return ""


def message(reply: CreatorReply, *, told: Told, language: Language) -> str:
    """Return the whole message in one language: what, why, next, the appeal left."""
    words = translator(language)
    voice = Voice(language=language, market=told.market.code)
    fields = {
        "day": voice.day_in_words(told.day) if told.day else "",
        "policy": told.policy.of(language) if told.policy else "",
        "rule": told.rule.of(language) if told.rule else "",
    }
    parts = (reply.what, reply.why, reply.next)
    appeal = _appeal_said(told, language=language) if reply.tells_appeal else ()
    is_stricter = reply.when is ReplyWhen.RULING_REJECTED
    lines = [
        words.text(HELLO_MESSAGES["team"]),
        *care(told.policy_id, words=words),
        *(part.of(language).strip().format(**fields) for part in parts),
        *appeal,
        *(words.text(each) for each in BEFORE_NEXT_MESSAGES if is_stricter),
    ]
    return "\n".join(lines)


def _appeal_said(told: Told, *, language: Language) -> tuple[str, ...]:
    words, appeals = translator(language), told.appeals
    voice = Voice(language=language, market=told.market.code)
    day = (
        day_of(appeals.until, market=told.market, voice=voice) if appeals.until else ""
    )
    said = words.text(APPEAL_MESSAGES[appeals.left], day=day)
    if appeals.left not in CAN_APPEAL or not appeals.days_left:
        return (said,)
    count = appeals.days_left
    left = words.plural(
        "From today, that is {count} day.", "From today, that is {count} days.", count
    )
    return (said, left)


def _has_ruling(case: CaseDetail, ruling: Ruling) -> bool:
    return case.row.state in ANSWERED and case.ruling == ruling


TRUE_WHEN: Mapping[ReplyWhen, Callable[[CaseDetail, Told], bool]] = MappingProxyType(
    {
        ReplyWhen.FIX_VERIFIED: lambda case, _: case.fix_verified_at is not None,
        ReplyWhen.RULING_ACCEPTED: lambda case, _: _has_ruling(case, Ruling.ACCEPTED),
        ReplyWhen.RULING_REJECTED: lambda case, _: _has_ruling(case, Ruling.REJECTED),
        ReplyWhen.DECIDED: lambda case, _: (
            case.row.state in ANSWERED and bool(case.ruling)
        ),
        ReplyWhen.WITH_CENTRAL: lambda case, _: case.row.state in IN_CENTRAL,
        ReplyWhen.APPEAL_OPEN: lambda case, told: (
            told.appeals.left in CAN_APPEAL
            and case.row.state not in ANSWERED | IN_CENTRAL | ENDED
        ),
        ReplyWhen.APPEAL_CLOSED: lambda case, told: (
            told.appeals.left in CANNOT_APPEAL
            and case.row.state not in ANSWERED | IN_CENTRAL | ENDED
        ),
        ReplyWhen.IN_OUR_HANDS: lambda case, _: (
            case.row.state not in ANSWERED | IN_CENTRAL | ENDED
        ),
    }
)
