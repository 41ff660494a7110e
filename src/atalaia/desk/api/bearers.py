"""Who calls: the token that came with a call, as the person who made it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.conf import settings
from django.db.models import Case, F, Value, When

from atalaia.desk.accounts.actor import Actor, Channel
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.api.errors import NoTokenError, TooManyCallsError
from atalaia.desk.api.models import ApiToken, StoredAnswer
from atalaia.desk.api.secret_text import is_same, prefix_of
from atalaia.desk.api.token_scopes import narrowed

__all__ = ["KEPT", "Bearer", "TokenRow", "bearer_of", "end_tokens", "tokens_of"]

WINDOW = timedelta(minutes=1)
KEPT = timedelta(days=7)
"""How long an answer is given again to the same call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A token that is good, and what it makes of whoever shows it."""

    token_id: int
    prefix: str
    expires_at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token as its owner sees it in a list."""

    prefix: str
    name: str
    rights: tuple[str, ...]
    markets: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None
    is_expired: bool


def bearer_of(text: str, *, is_local: bool, now: datetime) -> Bearer:
    """Return who shows a token, counting the call.

    Args:
        is_local: whether the call comes from this machine itself.

    Raises:
        NoTokenError: it opens nothing, whatever the reason.
        TooManyCallsError: its minute is used up.
    """
    row = (
        ApiToken.objects.select_related("person").filter(prefix=prefix_of(text)).first()
    )
    is_right = is_same(text, digest=row.digest if row else "")
    if row is None or not is_right or not _opens(row, is_local=is_local, now=now):
        raise NoTokenError
    _count(row, now=now)
    actor = actor_of(row.person, channel=Channel.API)
    return Bearer(
        token_id=row.pk,
        prefix=row.prefix,
        expires_at=row.expires_at,
        actor=narrowed(actor, rights=row.rights, markets=row.markets),
    )


def tokens_of(by: Actor, *, now: datetime) -> tuple[TokenRow, ...]:
    """Return somebody's tokens that were not revoked, the newest first."""
    person = person_id_of(by)
    if person is None:
        return ()
    rows = ApiToken.objects.filter(person_id=person, revoked_at=None)
    return tuple(
        TokenRow(
            prefix=row.prefix,
            name=row.name,
            rights=tuple(row.rights),
            markets=tuple(row.markets),
            made_at=row.made_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            is_expired=row.expires_at <= now,
        )
        for row in rows.order_by("-made_at", "-pk")
    )


def end_tokens(*, key: int, now: datetime, **_: object) -> None:
    """Revoke all tokens of somebody whose account is closed."""
    ApiToken.objects.filter(person_id=key, revoked_at=None).update(revoked_at=now)


def _opens(row: ApiToken, *, is_local: bool, now: datetime) -> bool:
    is_live = row.revoked_at is None and now < row.expires_at
    return is_live and row.person.is_active and (is_local or not row.person.is_demo)


def _count(row: ApiToken, *, now: datetime) -> None:
    """Count a call in its minute; the first of a day clears what is kept too long."""
    window = now.replace(second=0, microsecond=0)
    mine = ApiToken.objects.filter(pk=row.pk)
    # One statement, so that calls at once are all counted.
    mine.update(
        window_n=Case(When(window_at=window, then=F("window_n") + 1), default=Value(1)),
        window_at=window,
    )
    limit = settings.API_CALLS_A_MINUTE
    if mine.values_list("window_n", flat=True).get() > limit:
        wait = ceil((window + WINDOW - now).total_seconds())
        raise TooManyCallsError(limit=limit, retry_after=wait)
    if mine.exclude(last_used_on=now.date()).update(last_used_on=now.date()):
        StoredAnswer.objects.filter(token=row, answered_at__lt=now - KEPT).delete()
