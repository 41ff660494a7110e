"""Who is at the other end: sign-in, and the actor that each request becomes."""

import ipaddress
from collections import defaultdict
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from atalaia.desk.accounts.actor import Actor, Channel, Grant
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.shell.desk_request import Answer, DeskRequest
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.desk.shell.speech import language_of, speak
from atalaia.domain.codes import RoleCode, RoleScope
from atalaia.domain.reference import load_reference
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice

__all__ = [
    "DeskAccounts",
    "DeskSingleSignOn",
    "RemoteDemoError",
    "actor_of",
    "signed_in",
]

FORWARDED = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
)
"""What a proxy adds to a request that it passes on."""
SCOPES = {role.code: role.scope for role in load_reference().roles.by_code.values()}
"""How far each role reaches; an installation cannot widen it by a file of its own."""


class RemoteDemoError(ForbiddenError):
    """A demo account from another machine."""

    message = "Demo accounts can sign in on the machine that runs the demo only."
    next_step = "Ask for an account of your own."


class DeskAccounts(DefaultAccountAdapter):
    """Accounts are given, not taken: nobody signs up by themselves."""

    def is_open_for_signup(self, request: DeskRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Return that nobody signs up."""
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Write to somebody in their own language, whoever asked."""
        reader = context.get("user")
        language = (
            language_of(reader.language) if reader else self.request.words.language
        )
        spoken = {"words": translator(language), "voice": Voice(language=language)}
        super().send_mail(template_prefix, email, {**context, **spoken})

    def get_password_change_redirect_url(self, request: DeskRequest) -> str:  # noqa: ARG002 (allauth's signature)
        """Return where a new password leads: back to one's own account."""
        return reverse("people:account")

    def pre_login(
        self, request: DeskRequest, user: Person, **options: Any
    ) -> HttpResponse | None:
        """Refuse a demo account from another machine, however it signs in."""
        if user.is_demo and not is_loopback(request):
            raise RemoteDemoError
        answer: HttpResponse | None = super().pre_login(request, user, **options)
        return answer


class DeskSingleSignOn(DefaultSocialAccountAdapter):
    """A provider says who somebody is; the desk says whether they may come in."""

    def is_open_for_signup(self, request: DeskRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Return that an unknown address does not make an account."""
        return False

    def pre_social_login(self, request: DeskRequest, sociallogin: Any) -> None:
        """Tie a verified address to the person who has it; refuse any other.

        The provider must say that the address is verified: anybody could claim one.
        """
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("accounts:unknown"))
        if sociallogin.is_existing:
            return
        said = Q(pk__in=())
        for address in sociallogin.email_addresses:
            if address.verified:
                said |= Q(email__iexact=address.email)
        person = Person.objects.filter(said, is_active=True).first()
        if person is None:
            raise ImmediateHttpResponse(redirect("accounts:unknown"))
        sociallogin.connect(request, person)


def signed_in(answer: Answer) -> Answer:
    """Return the middleware that turns a session into an actor with their grants."""

    def answered(request: PersonRequest) -> HttpResponseBase:
        person = request.user
        request.actor = None
        if isinstance(person, Person) and person.is_active:
            request.actor = actor_of(person, channel=Channel.PAGE)
            speak(request, language=language_of(person.language))
        return answer(request)

    return cast("Answer", answered)


def actor_of(person: Person, *, channel: Channel) -> Actor:
    """Return what a person is to the desk, by the roles that they were given."""
    rows: dict[RoleCode, list[RoleGrant]] = defaultdict(list)
    for row in sorted(
        person.grants.all(), key=lambda row: (row.role, row.market, row.agency_id)
    ):
        rows[RoleCode(row.role)].append(row)
    grants = [grant for role, of in rows.items() for grant in _grants(role, of)]
    return Actor(
        key=f"person-{person.pk}",
        name=person.name,
        grants=tuple(grants),
        channel=channel,
    )


def _grants(role: RoleCode, rows: list[RoleGrant]) -> list[Grant]:
    scope = SCOPES[role]
    if scope is RoleScope.ALL_MARKETS:
        return [Grant(role=role)]
    if scope is RoleScope.OWN_MARKETS:
        return [Grant(role=role, markets=frozenset(row.market for row in rows))]
    return [Grant(role=role, agency=row.agency_id) for row in rows if row.agency_id]


def is_loopback(request: DeskRequest) -> bool:
    """Whether a request comes from this machine itself, not by way of a proxy."""
    if any(name in request.headers for name in FORWARDED):
        return False
    return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "0.0.0.0")).is_loopback  # noqa: S104 (an unknown address is not ours)
