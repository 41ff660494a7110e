"""What is left of the appeals in the app, as far as a case tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from atalaia.domain.markets import Market
from atalaia.reporting.contents.near_creators import AppealLeft

__all__ = ["CANNOT_APPEAL", "CAN_APPEAL", "AppealsTold", "appeals_told"]

FIRST, SECOND = "in_app_appeal_1", "in_app_appeal_2"
DECIDED_AT = ("decision_at", "moment_at", "session_started_at")
"""Since when an appeal can be filed: the first that the case tells, never later."""
PENDING, NOT_FILED = "pending", "not_filed"
CAN_APPEAL = frozenset({AppealLeft.BOTH, AppealLeft.LAST})
CANNOT_APPEAL = frozenset({AppealLeft.USED_UP, AppealLeft.OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsTold:
    """What a creator can still do in the app.

    Attributes:
        until: the last moment to appeal; None where the case tells no beginning.
        days_left: until then, by the market's dates; 0 on the last day.
    """

    left: AppealLeft
    until: datetime | None
    days_left: int


def appeals_told(
    answers: Mapping[str, Any], *, market: Market, now: datetime
) -> AppealsTold:
    """Return what is left; what the case does not tell is not made up."""
    since = [answers[key] for key in DECIDED_AT if answers.get(key)]
    if not since:
        left = _rounds(answers)
        known = AppealLeft.UNTOLD if left in CAN_APPEAL else left
        return AppealsTold(left=known, until=None, days_left=0)
    until = datetime.fromisoformat(since[0]) + timedelta(days=market.appeal_days)
    zone = ZoneInfo(market.principal_zone)
    days = (until.astimezone(zone).date() - now.astimezone(zone).date()).days
    left = _rounds(answers)
    is_lost = now > until and left in CAN_APPEAL
    return AppealsTold(
        left=AppealLeft.OVER if is_lost else left, until=until, days_left=max(days, 0)
    )


def _rounds(answers: Mapping[str, Any]) -> AppealLeft:
    first, second = answers.get(FIRST), answers.get(SECOND)
    if PENDING in (first, second):
        return AppealLeft.PENDING
    if second and second != NOT_FILED:
        return AppealLeft.USED_UP
    if first == NOT_FILED:
        return AppealLeft.BOTH
    return AppealLeft.LAST if first and second == NOT_FILED else AppealLeft.UNTOLD
