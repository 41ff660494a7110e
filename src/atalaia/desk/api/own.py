"""The token in hand: whose it is, and what it may do."""

from datetime import datetime

from ninja import Router, Schema

from atalaia.desk.accounts.rights import Right
from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.refusal_schemas import REFUSALS
from atalaia.desk.api.token_scopes import known_markets, markets_of, rights_of

__all__ = ["router"]

router = Router()


class TokenNow(Schema):
    """What a token may do at this moment."""

    prefix: str
    owner: str
    rights: list[Right]
    markets: list[str]
    expires_at: datetime
    now: datetime


@router.get("/token", response={200: TokenNow, **REFUSALS}, summary="Read the token")
def read_token(request: ApiRequest) -> TokenNow:
    """Say what the token in hand may do; the desk's own time is among it."""
    bearer = request.bearer
    return TokenNow(
        prefix=bearer.prefix,
        owner=bearer.actor.name,
        rights=list(rights_of(bearer.actor)),
        markets=list(markets_of(bearer.actor, known=known_markets().codes)),
        expires_at=bearer.expires_at,
        now=request.now,
    )
