"""Every page of the desk that a test can open, with who opens it.

An app adds its own to VISITS: the tests of words, of access for the blind and of phone
width then walk them.
"""

from dataclasses import dataclass

from django.test import Client

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.models import Person
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.domain.codes import RoleCode
from desk.a_case import a_drafted_procedure, a_triaged_case, an_alert
from desk.a_view import a_view
from desk.a_watch import WATCHED, a_rota, a_watch_list
from desk.people import PASSWORD, a_client, a_person

__all__ = ["DATA", "VISITS", "Visit", "visitor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page, and whose page it is.

    Attributes:
        address: "{admin}" and "{analyst}" stand for the ids of those people, "{view}"
            for that of a view of the analyst.
        by: nobody, analyst, admin, or confirmed (gave the password just now).
        posts: what is typed, where the page is seen after a post.
        data: what it shows that is nobody's sentence.
    """

    address: str
    by: str = "nobody"
    posts: tuple[tuple[str, str], ...] = ()
    status: int = 200
    data: tuple[str, ...] = ()


DATA = (
    "Ana Analyst",
    "Ada Admin",
    "Lea Lead",
    "ana@example.org",
    "ada@example.org",
    "lea@example.org",
)
"""The people who visit, as pages show them."""
WRONG = (("login", "ana@example.org"), ("password", "x"))
CASE_DATA = (
    "MX-2026-000001",
    "MX-2026-000042",
    "penalty_dispute",
    "America/Mexico_City",
    "tns.danger.significant@",
    "c-4",
    "CSV",
    "XLSX",
    "M01",
    "P2",
)
"""What pages of cases show that is an id or a name of a file format."""
RESTORE_DATA = ("d-1", "d-2", "¿?", "d-77", *CASE_DATA)
"""What the page of a bulk restore shows that is an id."""
CASES = (
    Visit(address="/cases/", by="analyst", data=CASE_DATA),
    Visit(address="/cases/?words=zzz", by="analyst", data=("zzz", *CASE_DATA)),
    Visit(address="/cases/?market=XX", by="analyst", status=422, data=CASE_DATA),
    Visit(address="/cases/?open=MX-2026-000001", by="analyst", data=CASE_DATA),
    Visit(address="/cases/MX-2026-000001/", by="analyst", data=CASE_DATA),
    Visit(
        address="/cases/MX-2026-000001/do/close/",
        by="analyst",
        posts=(("version", "2"),),
        status=422,
        data=CASE_DATA,
    ),
    Visit(address="/cases/MX-2026-000001/reply/", by="analyst", data=CASE_DATA),
    Visit(address="/cases/MX-2026-000001/restore/", by="analyst", data=RESTORE_DATA),
    Visit(
        address="/cases/MX-2026-000001/restore/ask/",
        by="analyst",
        posts=(("root_cause", "model_threshold"), ("pasted", "d-1 d-2 d-1 ¿?")),
        data=RESTORE_DATA,
    ),
    Visit(
        address="/cases/MX-2026-000001/restore/results/",
        by="analyst",
        posts=(("pasted", "d-1 x"),),
        data=RESTORE_DATA,
    ),
    Visit(address="/reference/sops/", by="analyst"),
    Visit(address="/reference/sops/penalty_dispute.1/", by="analyst"),
    Visit(address="/reference/sops/penalty_dispute.1/compare/", by="analyst"),
    Visit(address="/reference/sops/", by="admin"),
    Visit(address="/reference/sops/penalty_dispute.1/", by="admin"),
    Visit(address="/reference/sops/new/", by="admin"),
    Visit(address="/reference/sops/new/?type=bug", by="admin"),
    Visit(
        address="/reference/sops/new/?type=bug",
        by="admin",
        posts=(("type", "bug"), ("version", "0"), ("steps.0.place", "10")),
        status=422,
    ),
    Visit(address="/reference/sops/bug.2/", by="admin"),
    Visit(address="/reference/sops/bug.2/compare/", by="admin"),
    Visit(address="/reference/sops/bug.2/edit/", by="admin"),
    Visit(address="/reference/sops/bug.2/in-force/", by="admin"),
    Visit(
        address="/reference/sops/bug.2/in-force/",
        by="admin",
        posts=(("version", "1"), ("day", "2026-11-23")),
        status=422,
    ),
    Visit(
        address="/reference/sops/bug.1/edit/", by="admin", status=409, data=("bug.1",)
    ),
    Visit(address="/cases/alerts/", by="analyst", data=("JSON",)),
    Visit(address="/cases/alerts/?standing=settled", by="analyst", data=("JSON",)),
    Visit(address="/cases/ageing/", by="analyst"),
    Visit(address="/central/chase/", by="analyst"),
    Visit(address="/central/chase/?team=tns", by="analyst", data=CASE_DATA),
    Visit(address="/central/chase/?team=x", by="analyst", status=422, data=("x",)),
    Visit(address="/cases/bulk/", by="analyst"),
    Visit(address="/cases/import/", by="analyst", data=CASE_DATA),
    Visit(address="/cases/new/", by="analyst", data=CASE_DATA),
    Visit(
        address="/cases/new/?market=MX&type=penalty_dispute",
        by="analyst",
        data=CASE_DATA,
    ),
)
TODAY = (
    Visit(address="/", by="analyst", data=CASE_DATA),
    Visit(address="/today/paste/", by="analyst", data=("MX-2026-000123",)),
    Visit(address="/today/paste/?q=zzz", by="analyst", status=404, data=("zzz",)),
    Visit(address="/today/paste/?q=c-4", by="analyst", data=CASE_DATA),
    Visit(
        address="/today/paste/",
        by="analyst",
        posts=(("text", "c-4\nzzz9"),),
        data=("zzz9", *CASE_DATA),
    ),
    Visit(
        address="/today/talk/talked/",
        by="analyst",
        posts=(("market", "MX"), ("creator", "c_zzz")),
        status=404,
        data=("c_zzz",),
    ),
    Visit(
        address="/today/talk/77/undo/",
        by="analyst",
        posts=(("x", ""),),
        status=404,
    ),
)
PATROL_DATA = (WATCHED, "s-1", "s-2")
"""Who and what is watched, by pseudonym and by id."""
WATCH = (
    ("market", "MX"),
    ("kind", "creator"),
    ("subject_id", WATCHED),
    ("reason", "evasion"),
    ("every_hours", "24"),
    ("until", "2026-11-30"),
)
DUTY = (("start", "2026-11-01"), ("end", "2026-11-02"), ("days", "every"))
WISH = (("address", "/cases/?owner=me"), ("name", ""))
VIEWS = (
    Visit(address="/views/", by="analyst", data=("Mine today",)),
    Visit(address="/views/", by="admin"),
    Visit(address="/views/new/?address=/cases/%3Fowner%3Dme", by="analyst"),
    Visit(address="/views/new/", by="analyst", posts=WISH, status=422),
    Visit(address="/views/new/?address=/people/", by="analyst", status=422),
    Visit(address="/views/new/?address=/watch/", by="admin", status=403),
    Visit(address="/views/{view}/", by="analyst"),
    Visit(address="/views/999/", by="analyst", status=404),
)
PATROL = (
    Visit(address="/patrol/", by="analyst", data=PATROL_DATA),
    Visit(address="/patrol/?market=MX", by="analyst", data=PATROL_DATA),
    Visit(address="/patrol/?market=XX", by="analyst", status=422, data=("XX",)),
    Visit(address="/patrol/?standing=over", by="analyst", data=PATROL_DATA),
    Visit(address="/patrol/", by="admin", status=403),
    Visit(address="/patrol/add/", by="analyst"),
    Visit(address="/patrol/add/", by="analyst", posts=(("kind", "x"),), status=422),
    Visit(
        address="/patrol/add/",
        by="analyst",
        posts=(*WATCH, ("note", "x@example.org")),
        status=422,
        data=("x@example.org", *PATROL_DATA),
    ),
    Visit(address="/patrol/add/", by="analyst", posts=WATCH, status=409),
    Visit(address="/patrol/log/", by="analyst", data=PATROL_DATA),
    Visit(address="/patrol/rota/", by="analyst"),
    Visit(address="/patrol/rota/?market=MX", by="analyst"),
    Visit(address="/patrol/rota/duty/?market=MX&day=2026-11-28", by="analyst"),
    Visit(address="/patrol/rota/duty/", by="analyst", posts=(("x", ""),), status=422),
    Visit(address="/patrol/rota/duty/", by="analyst", posts=DUTY, status=422),
)
VISITS = (
    *TODAY,
    *PATROL,
    *CASES,
    *VIEWS,
    Visit(address="/accounts/login/"),
    Visit(address="/accounts/login/", posts=WRONG),
    Visit(address="/accounts/login/", posts=(("login", "x"),)),
    Visit(address="/accounts/inactive/"),
    Visit(address="/accounts/unknown/", status=403),
    Visit(address="/accounts/password/reset/"),
    Visit(address="/accounts/password/reset/", posts=(("email", "x"),)),
    Visit(address="/accounts/password/reset/done/"),
    Visit(address="/accounts/password/reset/key/1-x/"),
    Visit(address="/accounts/password/reset/key/done/"),
    Visit(address="/accounts/oidc/cancelled/"),
    Visit(address="/accounts/oidc/error/", status=401),
    Visit(address="/accounts/signup/", status=404, data=("/accounts/signup/",)),
    Visit(address="/nowhere", status=404, data=("/nowhere",)),
    Visit(address="/accounts/logout/", by="analyst"),
    Visit(address="/accounts/reauthenticate/", by="analyst"),
    Visit(
        address="/accounts/reauthenticate/", by="analyst", posts=(("password", "x"),)
    ),
    Visit(address="/accounts/password/change/", by="analyst"),
    Visit(
        address="/accounts/password/change/", by="analyst", posts=(("password1", "x"),)
    ),
    Visit(address="/accounts/2fa/", by="analyst"),
    Visit(address="/accounts/2fa/totp/activate/", by="confirmed"),
    Visit(
        address="/accounts/2fa/totp/activate/", by="confirmed", posts=(("code", "1"),)
    ),
    Visit(address="/accounts/find/", by="analyst"),
    Visit(address="/accounts/find/?q=zzz", by="analyst"),
    Visit(address="/account/", by="analyst"),
    Visit(address="/account/", by="analyst", posts=(("name", ""),)),
    Visit(address="/account/looks/", by="analyst", posts=(("x", "y"),), status=400),
    Visit(address="/account/tokens/", by="analyst"),
    Visit(address="/watch/", by="analyst", data=("atalaia ingest",)),
    Visit(address="/today/tiles/", by="analyst", data=("atalaia ingest",)),
    Visit(address="/today/movers/", by="analyst", data=("atalaia ingest",)),
    Visit(address="/today/talk/", by="analyst", data=("atalaia ingest",)),
    Visit(address="/people/", by="analyst", status=403),
    Visit(address="/people/", by="admin"),
    Visit(address="/people/?q=zzz", by="admin", data=("zzz",)),
    Visit(address="/people/add/", by="admin"),
    Visit(address="/people/add/", by="admin", posts=(("email", "x"),)),
    Visit(
        address="/people/add/",
        by="admin",
        posts=(("email", "ana@example.org"), ("name", "x"), ("language", "es")),
        data=("x",),
    ),
    Visit(address="/people/{analyst}/", by="admin"),
    Visit(address="/people/{analyst}/?role=analyst", by="admin"),
    Visit(address="/people/{analyst}/?role=agency_viewer", by="admin"),
    Visit(address="/people/{analyst}/?role=regional_lead", by="admin"),
    Visit(address="/people/{analyst}/?close=yes", by="admin"),
    Visit(
        address="/people/{analyst}/grant/",
        by="admin",
        posts=(("role", "analyst"),),
        status=422,
    ),
    Visit(address="/people/{admin}/", by="admin"),
    Visit(address="/people/{admin}/close/", by="admin", posts=(("x", ""),), status=409),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody's browser, and where their addresses lead."""

    client: Client
    ids: dict[str, int]

    def see(self, visit: Visit) -> str:
        """Open the page and return it; it must have the status that it should."""
        address = visit.address.format(**self.ids)
        answer = (
            self.client.post(address, dict(visit.posts))
            if visit.posts
            else self.client.get(address)
        )
        assert answer.status_code == visit.status, address
        return answer.content.decode()


def visitor(who: str, *, language: str = "en") -> Visitor:
    """Save the people who visit, and return the browser of one of them."""
    people = {
        "analyst": _named("Ana Analyst", RoleCode.ANALYST, "MX", "BR"),
        "admin": _named("Ada Admin", RoleCode.ADMIN),
    }
    view = a_view(actor_of(people["analyst"], channel=Channel.PAGE), name="Mine today")
    lead = _named("Lea Lead", RoleCode.REGIONAL_LEAD)
    a_view(actor_of(lead, channel=Channel.PAGE), name="Late in Mexico", market="*")
    a_triaged_case(actor_of(people["analyst"], channel=Channel.PAGE))
    a_watch_list(actor_of(people["analyst"], channel=Channel.PAGE))
    a_rota(actor_of(people["analyst"], channel=Channel.PAGE))
    an_alert(actor_of(people["analyst"], channel=Channel.PAGE))
    a_drafted_procedure(actor_of(people["admin"], channel=Channel.PAGE))
    Person.objects.update(language=language)
    ids = {"view": view, **{name: p.pk for name, p in people.items()}}
    client = Client(headers={"accept-language": language})
    if who == "confirmed":
        typed = {"login": "ana@example.org", "password": PASSWORD}
        client.post("/accounts/login/", typed)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    elif who != "nobody":
        client = a_client(people[who])
    return Visitor(client=client, ids=ids)


def _named(name: str, role: RoleCode, *markets: str) -> Person:
    first = name.split(maxsplit=1)[0].lower()
    person = a_person(role, *markets, email=f"{first}@example.org")
    person.name = name
    person.save()
    return person
