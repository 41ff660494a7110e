"""What a creator is answered about a case: true of it, theirs alone, and noted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.replies.appeals import appeals_told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import CommentAudience
from atalaia.domain.codes import RoleCode
from atalaia.domain.creator_replies import Situation
from atalaia.domain.work_codes import Ruling
from atalaia.reporting.contents.near_creators import AppealLeft
from desk.a_case import DISPUTE, a_sent_case, a_triaged_case
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
OPEN = {**DISPUTE, "in_app_appeal_1": "not_filed", "in_app_appeal_2": "not_filed"}


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def browser() -> Client:
    return a_client(a_person(RoleCode.ANALYST, "MX"))


def decided(region, ruling: Ruling) -> str:
    """A case that central answered."""
    key, central = a_sent_case(region), an_actor(RoleCode.CENTRAL_TNS)
    actions.take_in_review(key, by=central, now=NOW, central_owner="Kim")
    answer = "Reviewed with reviewer 7 of queue A, model v3."
    actions.decide(key, ruling=ruling, answer=answer, by=central, now=NOW)
    return key


def shown(browser: Client, key: str, **asked: str) -> str:
    page = browser.get(f"/cases/{key}/reply/", asked)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("not_filed", "not_filed", AppealLeft.BOTH),
        ("upheld", "not_filed", AppealLeft.LAST),
        ("upheld", "upheld", AppealLeft.USED_UP),
        ("pending", "not_filed", AppealLeft.PENDING),
        ("upheld", "pending", AppealLeft.PENDING),
        (None, None, AppealLeft.UNTOLD),
    ],
)
def test_what_is_left_of_the_appeals_is_what_the_case_says(first, second, left):
    said = {"decision_at": "2026-11-22T12:00:00+00:00"}
    said |= {"in_app_appeal_1": first, "in_app_appeal_2": second}
    market = trade().reference.markets.of("MX")
    assert appeals_told(said, market=market, now=NOW).left is left


@pytest.mark.parametrize(
    ("after", "left", "days"),
    [
        (timedelta(0), AppealLeft.BOTH, "all"),
        (timedelta(days=-1), AppealLeft.BOTH, 1),
        (timedelta(seconds=1), AppealLeft.OVER, 0),
    ],
)
def test_an_appeal_is_over_when_its_last_moment_has_passed(after, left, days):
    """Days are the market's own dates; the last one counts as none."""
    market = trade().reference.markets.of("MX")
    decision = datetime(2026, 8, 1, 18, 0, tzinfo=UTC)
    until = decision + timedelta(days=market.appeal_days)
    said = {
        "decision_at": decision.isoformat(),
        **{f"in_app_appeal_{n}": "not_filed" for n in (1, 2)},
    }
    now = decision if days == "all" else until + after
    told = appeals_told(said, market=market, now=now)
    assert (told.left, told.days_left, told.until) == (
        left,
        market.appeal_days if days == "all" else days,
        until,
    )


def test_without_a_beginning_no_days_are_made_up():
    market = trade().reference.markets.of("MX")
    told = appeals_told({"in_app_appeal_1": "not_filed"}, market=market, now=NOW)
    assert (told.left, told.until, told.days_left) == (AppealLeft.UNTOLD, None, 0)


@pytest.mark.parametrize(
    ("ruling", "said"),
    [(Ruling.ACCEPTED, "a tu favor"), (Ruling.REJECTED, "se mantiene")],
)
def test_the_reply_that_is_suggested_follows_the_ruling(region, browser, ruling, said):
    assert said in shown(browser, decided(region, ruling))


@pytest.mark.parametrize("ruling", [Ruling.ACCEPTED, Ruling.REJECTED])
@pytest.mark.parametrize("language", ["es", "pt"])
def test_nothing_internal_reaches_the_creator(region, browser, ruling, language):
    """Who reviewed it, by which queue or model, is central's own."""
    page = shown(browser, decided(region, ruling), language=language)
    for inner in ("reviewer 7", "queue A", "model v3", "Kim", "d-77", "c-4"):
        assert inner not in page


@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_no_reply_threatens_or_promises(situation, language):
    texts = trade().reference.creator_replies
    reply = next(each for each in texts if each.situation is situation)
    said = " ".join(
        part.of(language).lower() for part in (reply.what, reply.why, reply.next)
    )
    starts = ("permanent", "guarant", "garant", "ban", "expuls")
    assert [word for word in said.split() if word.startswith(starts)] == []
    assert "!" not in said


def test_a_reply_that_is_not_true_yet_says_when_it_is(region, browser):
    page = shown(browser, a_triaged_case(region), reply=Situation.PENALTY_LIFTED)
    assert "Fits once the case is decided and accepted." in page
    assert "Sent to the creator</button>" not in page


def test_what_was_sent_is_noted_for_the_region_alone(region, browser):
    key = decided(region, Ruling.ACCEPTED)
    told = {"reply": Situation.PENALTY_LIFTED, "language": "pt"}

    assert browser.post(f"/cases/{key}/reply/sent/", told).status_code == 302

    noted = queries.one_case(key, by=region, now=NOW).comments[-1]
    assert noted.audience is CommentAudience.REGION
    assert "Portuguese" in noted.text


@pytest.mark.parametrize(
    "told",
    [
        {"reply": Situation.PENALTY_LIFTED, "language": "es"},
        {"reply": "nonsense", "language": "es"},
        {"reply": Situation.EVIDENCE_NEEDED, "language": "fr"},
        {},
    ],
)
def test_a_reply_that_is_not_true_is_not_noted(region, browser, told):
    key = a_triaged_case(region)
    assert browser.post(f"/cases/{key}/reply/sent/", told).status_code == 400
    assert queries.one_case(key, by=region, now=NOW).comments == ()


def test_an_open_appeal_is_told_with_its_last_day(region, browser):
    page = shown(
        browser, a_triaged_case(region, fields=OPEN), reply=Situation.APPEAL_OPEN
    )
    assert "Desde hoy" in page or "A partir de hoy" in page
