"""Single sign-on against a real provider of OpenID Connect, on this machine."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from atalaia.desk.accounts.models import Person
from desk.people import a_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib"),
]

BEGIN = "/accounts/oidc/work/login/?process=login"
UNKNOWN = "/accounts/unknown/"


@pytest.fixture(scope="module")
def provider():
    """A provider that knows three people."""
    # Only `make check` installs it.
    from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415 (see above)

    people = [
        User(sub="ana", claims={"email": "Ana@example.org", "email_verified": True}),
        User(sub="eve", claims={"email": "ana@example.org", "email_verified": False}),
        User(sub="no", claims={"email": "no@example.org", "email_verified": True}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def trusting(settings, address: str, *, issuer: str = "") -> None:
    """Let people sign in with a provider, as the settings file would."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "work",
                    "name": "Work",
                    "client_id": "atalaia",
                    "secret": "no secret",
                    "settings": {
                        "server_url": address,
                        "openid_configuration_overrides": {"issuer": issuer or address},
                    },
                }
            ],
        }
    }


def at_provider(client: Client, *, sub: str, begin: str = BEGIN) -> str:
    """Go to the provider, say who one is, and return where it sends one back."""
    import requests  # noqa: PLC0415 (comes with the provider)

    away = client.post(begin)["Location"]
    back = requests.post(away, data={"sub": sub}, allow_redirects=False, timeout=10)
    return back.headers["Location"].removeprefix("http://testserver")


@pytest.fixture
def ana(settings, provider) -> Person:
    """Somebody with an account here, whom the provider knows too."""
    trusting(settings, provider)
    return a_person(email="ana@example.org")


def test_a_verified_address_of_an_account_comes_in(ana):
    """However the provider writes the address."""
    client = Client()
    client.get(at_provider(client, sub="ana"))
    assert client.get("/account/").status_code == 200


def test_it_leads_to_where_one_was_going(ana):
    """The page that asked for sign-in opens."""
    client = Client()
    begin = BEGIN + "&next=/people/"
    answer = client.get(at_provider(client, sub="ana", begin=begin))
    assert answer["Location"] == "/people/"


def test_it_leads_nowhere_else(ana):
    """An address of another site in `next` is not followed."""
    client = Client()
    begin = BEGIN + "&next=https://evil.example/"
    answer = client.get(at_provider(client, sub="ana", begin=begin))
    assert answer["Location"] == "/"


@pytest.mark.parametrize(("sub", "why"), [("eve", "unverified"), ("no", "unknown")])
def test_nobody_else_comes_in(ana, sub, why):
    """An address that anybody could claim opens no account, nor makes one."""
    client = Client()
    answer = client.get(at_provider(client, sub=sub), follow=True)
    assert answer.redirect_chain[-1][0] == UNKNOWN
    assert "No account here" in answer.content.decode()
    assert client.get("/account/").status_code == 302
    assert Person.objects.count() == 1


def test_a_closed_account_stays_closed(ana):
    """The provider may not know that somebody has left."""
    Client().get(at_provider(first := Client(), sub="ana"))
    first.get(at_provider(first, sub="ana"))
    Person.objects.update(is_active=False)
    client = Client()
    client.get(at_provider(client, sub="ana"), follow=True)
    assert client.get("/account/").status_code == 302


def test_an_answer_for_another_browser_is_refused(ana):
    """Nobody can be signed in to somebody else's account by a link."""
    back = at_provider(Client(), sub="ana")
    client = Client()
    answer = client.get(back)
    assert answer.status_code == 401
    assert "Your provider did not let you in" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_an_answer_with_another_state_is_refused(ana):
    """What was not asked for is not taken."""
    client = Client()
    back = at_provider(client, sub="ana")
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = client.get(back.replace(state, "another"))
    assert answer.status_code == 401
    assert client.get("/account/").status_code == 302


def test_a_provider_under_another_name_is_refused(settings, provider, ana):
    """The issuer is the one of the settings, whatever the provider says of itself."""
    trusting(settings, provider, issuer="https://accounts.example.org")
    client = Client()
    answer = client.get(at_provider(client, sub="ana"))
    assert answer.status_code == 401
    assert client.get("/account/").status_code == 302


def test_nobody_ties_another_account_to_their_own(ana):
    """Being signed in is no reason to believe an address."""
    client = Client()
    client.force_login(ana)
    begin = BEGIN.replace("process=login", "process=connect")
    answer = client.get(at_provider(client, sub="no", begin=begin))
    assert answer["Location"] == UNKNOWN


def test_who_stops_at_the_provider_is_told_so(ana):
    """And is not signed in; this provider forgets the state when it is denied."""
    client = Client()
    asked = parse_qs(urlsplit(client.post(BEGIN)["Location"]).query)
    told = {"error": "access_denied", "state": asked["state"][0]}
    where = asked["redirect_uri"][0].removeprefix("http://testserver")
    answer = client.get(where, told, follow=True)
    assert "You stopped at your provider" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_a_provider_that_does_not_answer_is_no_fault_of_ours(settings):
    """The page says what to do; nothing breaks."""
    trusting(settings, "http://127.0.0.1:9")
    answer = Client().post(BEGIN)
    assert answer.status_code == 502
    assert "Your provider does not answer." in answer.content.decode()


def test_the_sign_in_page_offers_the_provider(ana):
    """One button, by the name that the settings give it."""
    assert "Sign in with Work" in Client().get("/accounts/login/").content.decode()


def test_a_provider_that_nobody_set_is_not_there(ana):
    """No address of the library opens another way in."""
    assert Client().post("/accounts/oidc/other/login/").status_code == 404
