"""The pages of cases: the list, one case, and its buttons."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.casework.actions import claim, triage
from atalaia.desk.casework.models import Case, Comment
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority
from desk.a_case import a_sent_case, a_triaged_case, opened
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """An analyst of Mexico."""
    return a_person(RoleCode.ANALYST, "MX", email="ana@example.org")


@pytest.fixture
def by(ana):
    """What she is to the desk."""
    return actor_of(ana, channel=Channel.PAGE)


@pytest.fixture
def browser(ana):
    """Her browser."""
    return a_client(ana)


def do(browser, key, deed, **values):
    """Press a button of a case."""
    return browser.post(f"/cases/{key}/do/{deed}/", values)


def said(answer):
    """What the page told after the fact."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_list_shows_both_clocks_with_a_word(browser, by):
    """Region and central, each by name and never by colour alone."""
    key = a_sent_case(by)
    page = browser.get("/cases/").content.decode()
    assert key in page
    assert page.count('class="clock"') == 2


@pytest.mark.parametrize(
    "query", ["market=XX", "colour=red", "priority=P9", "sort=best", "after=nonsense"]
)
def test_an_unknown_filter_is_refused_and_lists_nothing(browser, by, query):
    """An error by name; never every case there is."""
    key = opened(by).key
    answer = browser.get(f"/cases/?{query}")
    assert answer.status_code == 422
    assert key not in answer.content.decode()


def test_an_unknown_word_says_so(browser, by):
    """A search for what no case holds ends in a sentence, not in all cases."""
    key = opened(by).key
    page = browser.get("/cases/?q=quetzalcoatl").content.decode()
    assert "quetzalcoatl" in page
    assert key not in page


def test_looking_for_the_number_of_a_case_opens_it(browser, by):
    """However it is typed."""
    key = opened(by).key
    answer = browser.get(f"/cases/?q={key.lower()}")
    assert answer.headers["Location"] == f"/cases/{key}/"


def test_a_case_can_be_in_hand_beside_the_list(browser, by):
    """By a plain link, so that the address can be shared."""
    key = opened(by).key
    page = browser.get(f"/cases/?open={key}").content.decode()
    assert 'data-close="drawer"' in page


def test_a_case_of_another_market_is_not_there(browser):
    """Neither its page nor what stands beside a list."""
    key = opened(an_actor(RoleCode.ANALYST, "BR"), market="BR", language="pt").key
    for address in (f"/cases/{key}/", f"/cases/{key}/beside/", f"/cases/{key}/row/"):
        assert browser.get(address).status_code == 404


def test_pages_come_one_after_the_other(browser, by):
    """No case is shown twice, none is left out."""
    keys = {opened(by).key for _ in range(53)}
    first = browser.get("/cases/")
    rows = [row.key for row in first.context["page"].rows]
    after = first.context["page"].after
    second = browser.get("/cases/", {"after": after})
    rows += [row.key for row in second.context["page"].rows]
    assert len(rows) == len(keys)
    assert set(rows) == keys


def test_a_list_asks_the_database_as_often_for_many_cases(browser, by):
    """However many there are."""
    asked = []
    for rows in (2, 48):
        for _ in range(rows):
            opened(by)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/cases/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_case_asks_the_database_as_often_for_many_like_it(browser, by):
    """However many cases, moves and comments there are."""
    key = a_triaged_case(by)
    asked = []
    for rows in (2, 12):
        for _ in range(rows):
            opened(by)
            do(browser, key, "comment", text="Visto.", audience="region")
        browser.get(f"/cases/{key}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/cases/{key}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_claim_says_so_and_can_be_undone(browser, by):
    """One press takes it back."""
    key = opened(by).key
    answer = do(browser, key, "claim")
    assert said(answer) == [f"You took {key}."]
    assert f"/cases/{key}/do/release/" in browser.get("/cases/").content.decode()
    do(browser, key, "release")
    assert Case.objects.get(key=key).owner is None


def test_undo_is_offered_once(browser, by):
    """A page that is opened later offers nothing that was done before."""
    key = opened(by).key
    do(browser, key, "claim")
    browser.get("/cases/")
    assert browser.get("/cases/").context["undo"] is None


def test_whoever_comes_second_reads_who_was_faster(browser, by):
    """By name, with what to do next."""
    key = opened(by).key
    claim(key, by=an_actor(RoleCode.REGIONAL_LEAD, "MX"), now=NOW)
    answer = do(browser, key, "claim")
    assert answer.status_code == 409
    assert "A regional_lead took" in answer.content.decode()


def test_a_button_needs_a_post(browser, by):
    """A link changes nothing."""
    key = opened(by).key
    assert browser.get(f"/cases/{key}/do/claim/").status_code == 405


def test_a_deed_that_does_not_exist_is_refused(browser, by):
    """It is told, and nothing happens."""
    key = opened(by).key
    assert do(browser, key, "explode").status_code == 400


def test_a_procedure_is_saved_from_its_checklist(browser, by):
    """Columns and answers from one form; times are read in market time."""
    key = a_triaged_case(by, fields={}, references={"policy_id": "tns.danger"})
    version = Case.objects.get(key=key).version
    values = {
        "version": version,
        "field.session_id": "s-1",
        "field.moment_at": "2026-11-22T21:14:09",
        "field.what_is_seen": "A coconut.",
    }
    do(browser, key, "save", **values)
    case = Case.objects.get(key=key)
    assert (case.session_id, case.fields["moment_at"]) == (
        "s-1",
        "2026-11-23T03:14:09+00:00",
    )


def test_a_conflict_shows_who_changed_what_and_keeps_the_text(browser, by):
    """Nothing that was typed is lost."""
    key = a_triaged_case(by)
    version = Case.objects.get(key=key).version
    lead = an_actor(RoleCode.REGIONAL_LEAD, "MX")
    triage(key, priority=CasePriority.P1, by=lead, now=NOW)
    typed = {"version": version, "field.what_is_seen": "A coconut of my own."}
    answer = do(browser, key, "save", **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A coconut of my own." in page
    assert "A regional_lead, " in page
    assert "triaged it" in page


def test_personal_data_offer_a_choice_and_keep_the_text(browser, by):
    """Kinds are named; what was typed is still there."""
    key = a_triaged_case(by)
    text = "Escribe a ana@example.org"
    answer = do(browser, key, "comment", text=text, audience="region")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="personal_data" value="redact"' in page
    assert text in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("redact", "Escribe a [email]"), ("keep", "Escribe a ana@example.org")],
)
def test_the_choice_about_personal_data_rules(browser, by, choice, kept):
    """Blacked out or kept, as somebody chose."""
    key = a_triaged_case(by)
    do(
        browser,
        key,
        "comment",
        text="Escribe a ana@example.org",
        audience="region",
        personal_data=choice,
    )
    assert Comment.objects.get().text == kept


def test_submit_and_next_leads_to_the_next_of_mine(browser, by):
    """The one that is due first."""
    key, other = a_triaged_case(by), a_triaged_case(by)
    do(browser, key, "claim")
    do(browser, other, "claim")
    answer = do(browser, key, "submit", onward="next")
    assert answer.headers["Location"] == f"/cases/{other}/"


def test_after_the_last_the_list_is_shown(browser, by):
    """With nothing of mine left."""
    key = a_triaged_case(by)
    answer = do(browser, key, "submit", onward="next")
    assert answer.headers["Location"] == "/cases/?owner=me"


def test_nobody_is_led_out_of_the_desk(browser, by):
    """An address of another site is no way back."""
    key = opened(by).key
    answer = do(browser, key, "claim", back="https://example.org/")
    assert answer.headers["Location"] == f"/cases/{key}/"


def test_central_reads_no_comment_of_the_region(by):
    """A comment for the region only is not on central's page."""
    key = a_sent_case(by)
    browser = a_client(a_person(RoleCode.ANALYST, "MX", email="otra@example.org"))
    do(browser, key, "comment", text="Solo nosotros.", audience="region")
    do(browser, key, "comment", text="Para todos.", audience="both_sides")
    central = a_client(a_person(RoleCode.CENTRAL_TNS))
    page = central.get(f"/cases/{key}/").content.decode()
    assert "Para todos." in page
    assert "Solo nosotros." not in page


def test_what_may_be_hard_to_read_waits_behind_a_click(browser, by):
    """Of a severe policy, the report is folded."""
    key = a_triaged_case(
        by, references={"policy_id": "tns.hate.slur", "session_id": "s-9"}
    )
    page = browser.get(f"/cases/{key}/").content.decode()
    before, _, _ = page.partition("El creador vende cocos")
    assert before.rindex("<details") > before.rindex("</details>")


def test_hard_cases_of_today_are_counted_once_each(browser, by):
    """Opening one again is no new case."""
    hard = {"policy_id": "tns.hate.slur"}
    keys = [opened(by, references=hard).key for _ in range(2)]
    for key in (*keys, keys[0]):
        answer = browser.get(f"/cases/{key}/")
    assert answer.context["hard_today"].cases_n == 2


def test_bulk_tells_what_became_of_each(browser, by):
    """One that is refused costs its neighbours nothing."""
    free, taken = opened(by).key, opened(by).key
    claim(taken, by=an_actor(RoleCode.REGIONAL_LEAD, "MX"), now=NOW)
    browser.post("/cases/bulk/", {"deed": "claim", "case": [free, taken]})
    results = browser.get("/cases/bulk/").context["results"]
    assert [(each["key"], each["is_done"]) for each in results] == [
        (free, True),
        (taken, False),
    ]


def test_bulk_without_cases_is_refused(browser):
    """It says how many it takes."""
    assert browser.post("/cases/bulk/", {"deed": "claim"}).status_code == 422


def test_an_analyst_assigns_nobody_in_bulk(browser, by):
    """Only a lead hands cases out."""
    key = opened(by).key
    answer = browser.post("/cases/bulk/", {"deed": "assign", "case": [key], "to": "1"})
    assert answer.status_code == 400


def test_ageing_shows_who_holds_what(browser, by, ana):
    """With a link to their cases."""
    do(browser, opened(by).key, "claim")
    page = browser.get("/cases/ageing/").content.decode()
    assert f"/cases/?owner={ana.pk}" in page
