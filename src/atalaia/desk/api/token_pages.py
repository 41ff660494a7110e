"""The tokens of one's own account: made, listed and revoked."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.api.bearers import tokens_of
from atalaia.desk.api.token_actions import (
    LIFETIMES,
    TokenWish,
    make_token,
    revoke_token,
)
from atalaia.desk.api.token_scopes import known_markets, markets_of, rights_of
from atalaia.desk.shell.errors import ConflictError, UnacceptableError
from atalaia.desk.shell.refusals import told

__all__ = ["RIGHT_MESSAGES", "revoke", "tokens"]

RIGHT_MESSAGES = {
    "see_cases": "See cases",
    "work_cases": "Work on cases",
    "lead_cases": "Assign cases to others",
    "answer_cases": "Answer cases as central",
    "see_figures": "See figures",
    "see_procedures": "See procedures",
}
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to tick."""

    value: str
    label: str
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(None)
def tokens(request: PersonRequest) -> HttpResponse:
    """Show somebody's tokens, and make one.

    The text of a new token stands in the answer itself: no redirect could carry what
    is kept nowhere.
    """
    if request.method != "POST":
        return _shown(request, wish=_usual(request))
    wish = TokenWish(
        name=request.POST.get("name", ""),
        rights=tuple(request.POST.getlist("rights")),
        markets=tuple(request.POST.getlist("markets")),
        days=_days(request.POST.get("days", "")),
    )
    try:
        secret = make_token(
            wish,
            by=request.by,
            known=known_markets().codes,
            now=request.now,
        )
    except (ConflictError, UnacceptableError) as error:
        wrong = told(error, words=request.words)
        answer = _shown(request, wish=wish, wrong=wrong)
        answer.status_code = error.status
        return answer
    answer = _shown(request, wish=_usual(request), secret=secret)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@page_for(None)
def revoke(request: PersonRequest) -> HttpResponse:
    """End one of somebody's tokens."""
    prefix = request.POST.get("prefix", "")
    revoke_token(prefix, by=request.by, now=request.now)
    return redirect("tokens:list")


def _shown(
    request: PersonRequest, *, wish: TokenWish, wrong: str = "", secret: str = ""
) -> HttpResponse:
    words, language = request.words, request.words.language
    names = {market.code: market.name.of(language) for market in known_markets()}
    rights = {
        right: words.text(RIGHT_MESSAGES[right]) for right in rights_of(request.by)
    }
    shown = {
        "secret": secret,
        "wrong": wrong,
        "name": wish.name,
        "rights": [
            Choice(value=right, label=label, is_chosen=right in wish.rights)
            for right, label in rights.items()
        ],
        "markets": [
            Choice(value=code, label=names[code], is_chosen=code in wish.markets)
            for code in markets_of(request.by, known=names)
        ],
        "lifetimes": [
            Choice(value=str(days), label=str(days), is_chosen=days == wish.days)
            for days in LIFETIMES
        ],
        "tokens": [
            {
                "row": row,
                "rights": request.voice.listed(
                    [words.text(RIGHT_MESSAGES[right]) for right in row.rights]
                ),
                "markets": request.voice.listed(list(row.markets)),
                "ends": request.voice.date(row.expires_at.date()),
                "used": request.voice.date(row.last_used_on),
            }
            for row in tokens_of(request.by, now=request.now)
        ],
    }
    return render(request, "api/tokens.html", shown)


def _usual(request: PersonRequest) -> TokenWish:
    return TokenWish(
        name="",
        rights=rights_of(request.by)[:1],
        markets=markets_of(request.by, known=known_markets().codes),
        days=USUAL_DAYS,
    )


def _days(text: str) -> int:
    return int(text) if text in map(str, LIFETIMES) else 0
