"""Take alerts in, open cases from them, or say why not."""

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.actions.opening import Opening, open_case
from atalaia.desk.casework.errors import SettledAlertError, WrongAlertError
from atalaia.desk.casework.free_text import PersonalData
from atalaia.desk.casework.models import Alert, Case
from atalaia.desk.casework.turn import Saved
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import DismissalReason
from atalaia.domain.codes import Severity

__all__ = [
    "NewAlert",
    "TakenIn",
    "bring_back_alert",
    "dismiss_alert",
    "open_case_from_alert",
    "take_in_alert",
]

WORK = Right.WORK_CASES
NAME = re.compile(r"[\w.:/-]{1,80}", re.ASCII)
SOURCE = re.compile(r"[\w.:/-]{1,60}", re.ASCII)
LONGEST_LINK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """What a machine tells; of a metric, or of a check of freshness.

    Attributes:
        external_id: the number that the source gave it; it comes in once.
        observed, expected: as the metric counts; hours where it is a check.
    """

    market: str
    source: str
    external_id: str
    severity: Severity
    at: datetime
    metric: str = ""
    freshness_check: str = ""
    observed: float | None = None
    expected: float | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """An alert in the desk; `is_new` says whether it was not there before."""

    key: str
    is_new: bool


def take_in_alert(told: NewAlert, *, by: Actor, now: datetime) -> TakenIn:
    """Take an alert in; one that is there already changes nothing.

    Raises:
        UnknownMarketError, WrongAlertError: a value cannot be so.
        ForbiddenError: they do not work on the market.
    """
    market = trade().reference.markets.of(told.market)
    by.must(WORK, market=market.code)
    _must_be_whole(told)
    key = _key(told)
    known = TakenIn(key=key, is_new=False)
    if Alert.objects.filter(key=key).exists():
        return known
    try:
        with (
            transaction.atomic(),
            acting("alert.take_in", by=by, right=WORK, now=now) as deed,
        ):
            values = {name: getattr(told, name) for name in NewAlert.__slots__}
            row = Alert.objects.create(key=key, came_at=now, **values)
            deed.did(row, content=model_to_dict(row))
    except IntegrityError:
        # Its twin was faster.
        return known
    return TakenIn(key=key, is_new=True)


def open_case_from_alert(
    key: str, opening: Opening, *, by: Actor, now: datetime
) -> Saved:
    """Open a case from an alert and tie both, in one step.

    Raises:
        NotFoundError: the alert is not theirs to work on.
        SettledAlertError: a case was opened from it, or it was dismissed.
        DeskError: as for `open_case`.
    """
    with acting("alert.open_case", by=by, right=WORK, now=now) as deed:
        row = _waiting(key, by=by)
        saved = open_case(opening, by=by, now=now, personal_data=PersonalData.REDACT)
        row.case = Case.objects.get(key=saved.key)
        row.save()
        deed.did(row, content={"case": saved.key})
    return saved


def dismiss_alert(
    key: str, *, reason: DismissalReason, by: Actor, now: datetime
) -> None:
    """Say why no case is opened; raises NotFoundError, SettledAlertError."""
    with acting("alert.dismiss", by=by, right=WORK, now=now) as deed:
        row = _waiting(key, by=by)
        row.dismissed_at, row.dismissed_by, row.dismissal = now, by.name, reason
        row.save()
        deed.did(row, content={"dismissal": str(reason)})


def bring_back_alert(key: str, *, by: Actor, now: datetime) -> None:
    """Take a dismissal back; raises NotFoundError, SettledAlertError."""
    with acting("alert.bring_back", by=by, right=WORK, now=now) as deed:
        row = locked(Alert, key, by=by, right=WORK)
        if row.dismissed_at is None:
            raise SettledAlertError
        row.dismissed_at, row.dismissed_by, row.dismissal = None, "", ""
        row.save()
        deed.did(row, content={"dismissal": ""})


def _waiting(key: str, *, by: Actor) -> Alert:
    row = locked(Alert, key, by=by, right=WORK)
    if row.case_id is not None or row.dismissed_at is not None:
        raise SettledAlertError
    return row


def _key(told: NewAlert) -> str:
    whole = "\n".join((told.market, told.source, told.external_id))
    return f"al-{hashlib.sha256(whole.encode()).hexdigest()[:12]}"


def _must_be_whole(told: NewAlert) -> None:
    wrong = [
        (name, expected)
        for name, expected, is_right in (
            ("source", "dagster", bool(SOURCE.fullmatch(told.source))),
            ("external_id", "run-77", bool(NAME.fullmatch(told.external_id))),
            ("metric", "M04", not told.metric or bool(NAME.fullmatch(told.metric))),
            (
                "freshness_check",
                "decision.daily",
                not told.freshness_check or bool(NAME.fullmatch(told.freshness_check)),
            ),
            (
                "metric",
                "M04 | freshness_check",
                bool(told.metric) != bool(told.freshness_check),
            ),
            ("observed", "1.5", _is_number(told.observed)),
            ("expected", "1.5", _is_number(told.expected)),
            ("at", "2026-11-23T15:00:00Z", told.at.tzinfo is not None),
            ("link", "https://…", _is_link(told.link)),
        )
        if not is_right
    ]
    if wrong:
        name, expected = wrong[0]
        raise WrongAlertError(field=name, expected=expected)


def _is_number(value: float | None) -> bool:
    return value is None or math.isfinite(value)


def _is_link(text: str) -> bool:
    if not text:
        return True
    if len(text) > LONGEST_LINK or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
