"""Make and revoke a token: each person their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.api.errors import NoTokenScopeError, TokenNameTakenError
from atalaia.desk.api.models import ApiToken, StoredAnswer
from atalaia.desk.api.secret_text import new_secret
from atalaia.desk.api.token_scopes import markets_of, rights_of
from atalaia.desk.audit.action import acting
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError

__all__ = ["LIFETIMES", "TokenWish", "make_token", "revoke_token"]

LIFETIMES = (7, 30, 90, 365)
"""Days that a token may live."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """What somebody wants a token to be."""

    name: str
    rights: tuple[str, ...]
    markets: tuple[str, ...]
    days: int


def make_token(
    wish: TokenWish, *, by: Actor, known: Iterable[str], now: datetime
) -> str:
    """Make a token and return its text, which is told only now.

    Args:
        known: the codes of all markets.

    Raises:
        NoTokenScopeError: it has no name, or asks for what they do not have.
        TokenNameTakenError: they have a live one of that name.
    """
    name = wish.name.strip()
    is_theirs = set(wish.rights) <= set(rights_of(by)) and set(wish.markets) <= set(
        markets_of(by, known=known)
    )
    is_whole = 0 < len(name) <= LONGEST_NAME and wish.rights and wish.markets
    if not (is_theirs and is_whole and wish.days in LIFETIMES):
        raise NoTokenScopeError
    secret = new_secret()
    with acting("token.make", by=by, right=None, now=now) as deed:
        token = ApiToken(
            person_id=_owner(by),
            name=name,
            prefix=secret.prefix,
            digest=secret.digest,
            rights=[right for right in Right if right in wish.rights],
            markets=sorted(set(wish.markets)),
            made_at=now,
            expires_at=now + timedelta(days=wish.days),
        )
        try:
            with transaction.atomic():
                token.save()
        except IntegrityError:
            raise TokenNameTakenError(name=name) from None
        deed.noted("apitoken", token.prefix, content=_content(token))
    return secret.text


def revoke_token(prefix: str, *, by: Actor, now: datetime) -> None:
    """End a token at once, with the answers kept for it.

    Raises:
        NotFoundError: they have no live token that is known by this.
    """
    with acting("token.revoke", by=by, right=None, now=now) as deed:
        mine = ApiToken.objects.select_for_update().filter(
            person_id=_owner(by), prefix=prefix, revoked_at=None
        )
        token = mine.first()
        if token is None:
            raise NotFoundError(key=prefix)
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        StoredAnswer.objects.filter(token=token).delete()
        deed.noted("apitoken", prefix, content=_content(token))


def _owner(by: Actor) -> int:
    person = person_id_of(by)
    if person is None:
        raise ForbiddenError
    return person


def _content(token: ApiToken) -> dict[str, object]:
    return {
        "person": token.person_id,
        "name": token.name,
        "rights": token.rights,
        "markets": token.markets,
        "expires_at": token.expires_at.isoformat(),
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else "",
    }
