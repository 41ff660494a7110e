"""Whom to talk to today, and what to write to them."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.casework.queries import open_cases_of
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.today.talk import within
from atalaia.desk.rooms.today.talk_messages import agency_message, creator_message
from atalaia.domain.codes import RoleCode
from atalaia.domain.trilingual import Trilingual
from atalaia.reporting.contents.brief import StepAway
from atalaia.reporting.contents.near_creators import (
    AppealLeft,
    NearAgency,
    NearCreator,
)
from builders import AS_OF, the_reference
from desk.a_case import a_triaged_case
from desk.people import an_actor

pytestmark = pytest.mark.django_db
MARKETS = the_reference().markets
THREAT = re.compile(r"!|banid|expuls|perder[áa]s?|consecuenc|consequ", re.IGNORECASE)


def a_near_creator(**given) -> NearCreator:
    """A Mexican creator with one open strike, both appeals left."""
    fields = {
        "creator": "c1",
        "market": "MX",
        "agency": None,
        "area_id": "tns.danger",
        "area": Trilingual(en="Danger", es="Actos peligrosos", pt="Atos perigosos"),
        "policy": Trilingual(en="Driving", es="Conducir", pt="Dirigir"),
        "policy_id": "tns.danger.driving",
        "next_penalty": Trilingual(en="1 day", es="1 día fuera", pt="1 dia fora"),
        "started_at": AS_OF,
        "expires_at": AS_OF + timedelta(days=90),
        "appeal_until": AS_OF + timedelta(days=90),
        "also": (),
        "appeal": AppealLeft.BOTH,
        "newest_at": AS_OF,
    }
    return NearCreator(**(fields | given))


@pytest.mark.parametrize(
    ("market", "said"),
    [("MX", "Te escribe el equipo"), ("CO", "Te escribe"), ("BR", "Aqui é o time")],
)
def test_a_creator_is_written_to_in_the_language_of_their_market(market, said):
    """Whatever the reader's language is."""
    near = a_near_creator(market=market)
    assert said in creator_message(near, market=MARKETS.of(market))


@pytest.mark.parametrize("market", ["MX", "BR"])
def test_a_message_says_what_why_next_and_until_when(market):
    """The rule, the day of the strike, the day on which it expires, the next step."""
    language = "pt" if market == "BR" else "es"
    near = a_near_creator(market=market)
    message = creator_message(near, market=MARKETS.of(market))
    for said in (near.policy, near.area, near.next_penalty):
        assert said.of(language) in message
    assert len(re.findall(r"\d+ de [a-zç]+", message)) == 3


@pytest.mark.parametrize("market", ["MX", "BR"])
@pytest.mark.parametrize("appeal", AppealLeft)
def test_every_state_of_an_appeal_has_its_sentence_and_no_threat(appeal, market):
    """One line of its own, in words that nobody is frightened by."""
    usual = creator_message(a_near_creator(market=market), market=MARKETS.of(market))
    told = creator_message(
        a_near_creator(market=market, appeal=appeal), market=MARKETS.of(market)
    )
    assert (told == usual) == (appeal is AppealLeft.BOTH)
    assert "{" not in told
    assert not THREAT.search(told)


def test_an_agency_writes_in_its_own_name():
    """What its viewer copies does not speak for the team."""
    market = MARKETS.of("MX")
    message = creator_message(a_near_creator(), market=market, sender="agency")
    assert "de tu agencia" in message
    assert "equipo de seguridad" not in message


def test_somebody_who_may_be_in_distress_is_offered_support():
    """Before any rule, a person."""
    near = a_near_creator(area_id="tns.selfharm")
    message = creator_message(near, market=MARKETS.of("MX"))
    assert message.index("apoyo") < message.index("falta (strike)")
    assert "apoyo" not in creator_message(a_near_creator(), market=MARKETS.of("MX"))


@pytest.mark.parametrize(("market", "said"), [("MX", "están a una"), ("BR", "estão")])
def test_an_agency_is_written_to_about_all_of_its_creators(market, said):
    """How many, about what, and what could come next."""
    near = a_near_creator()
    line = StepAway(
        agency="ag1", creators=4, areas=(near.area,), next_penalty=near.next_penalty
    )
    message = agency_message(
        NearAgency(line=line, market=market), market=MARKETS.of(market)
    )
    assert f"4 {'criadores' if market == 'BR' else 'creadores'}" in message
    assert said in message
    assert not THREAT.search(message)


def test_an_open_case_of_a_creator_is_known_to_whoever_sees_it():
    """And to nobody in another market."""
    key = a_triaged_case(an_actor(RoleCode.ANALYST, "MX"))
    by = an_actor(RoleCode.ANALYST, "MX")
    creator = "c-4"
    assert open_cases_of([creator, "c-5"], by=by) == {creator: key}
    assert open_cases_of([creator], by=an_actor(RoleCode.ANALYST, "BR")) == {}
    viewer = an_actor(RoleCode.AGENCY_VIEWER, "MX", agency="a-1")
    assert open_cases_of([creator], by=viewer) == {}


def test_the_page_lists_creators_with_their_messages(browse):
    """Ten at most, each with a message to copy and a way to open a case."""
    page = browse().get("/today/talk/?wait=1").content.decode()
    creators = re.findall(r'class="pseudonym" title="(c_\w+)"', page)
    assert 0 < len(creators) == len(set(creators)) <= 10
    assert page.count('class="to-send"') >= len(creators)
    assert "type=creator_support" in page


def test_a_creator_with_an_open_case_is_marked(browse, opened):
    """Two people never write to one creator without knowing of each other."""
    region = Scope(markets=opened.reference.markets.codes, is_whole=True)
    near, *_ = within(opened, scope=region, market=None).found.creators
    by = an_actor(RoleCode.REGIONAL_LEAD)
    key = a_triaged_case(
        by, market=near.market, references={"creator_id": near.creator}
    )
    page = browse().get("/today/talk/?wait=1").content.decode()
    assert f"/cases/{key}/" in page


def test_more_creators_take_no_more_queries(browse):
    """Whose cases are open is asked once for all of them."""
    client = browse()
    client.get("/today/talk/?wait=1")
    counts = []
    for market in ("", "BR"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/today/talk/?wait=1&market={market}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_agency_sees_its_own_creators_and_nobody_else_s(browse, opened):
    """Those whose last strike was given there."""
    region = Scope(markets=opened.reference.markets.codes, is_whole=True)
    everybody = within(opened, scope=region, market=None).found
    agency = everybody.agencies[0].line
    mine = within(opened, scope=replace(region, agency=agency.agency), market=None)
    viewer = browse(RoleCode.AGENCY_VIEWER, agency=agency.agency)
    page = unescape(viewer.get("/today/talk/?wait=1").content.decode())
    shown = set(re.findall(r'class="pseudonym" title="(c_\w+)"', page))
    assert shown == {near.creator for near in mine.found.creators}
    assert mine.found.steps.creators == agency.creators
    assert "/cases/" not in page.split('id="today-talk"')[1].split("</section>")[0]
