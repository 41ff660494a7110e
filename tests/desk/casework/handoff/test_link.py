"""A link lets central read and answer one case, and nothing else."""

import io
import logging
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.models import Entry
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.handoff.limits import MOST_PER_ADDRESS
from atalaia.desk.casework.handoff.models import AnswerLink, LinkOpening, Reply
from atalaia.desk.casework.handoff.opening import opened
from atalaia.desk.casework.handoff.queries import links_of, replies_to
from atalaia.desk.casework.handoff.sending import revoke_link, send
from atalaia.desk.casework.handoff.tokens import new_key
from atalaia.desk.casework.models import Case
from atalaia.desk.shell.log_lines import JsonLines
from atalaia.domain.case_codes import CommentAudience
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority, CaseState
from desk.a_case import a_sent_case, a_triaged_case
from desk.casework.handoff.a_hand_off import a_link
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def page(token, name="link", **query):
    return Client().get(reverse(f"central:{name}", args=[token]), query)


def reply(token, *, client=None, form_key="ab" * 8, **typed):
    form = {"from_name": "Ana Lim", "form_key": form_key, **typed}
    address = reverse("central:answer", args=[token])
    return (client or Client()).post(address, form)


def state_of(key, by):
    return queries.one_case(key, by=by, now=NOW).row.state


def test_central_reads_the_case_without_an_account(region):
    """The page tells the case in English to whoever has the link."""
    sent = a_link(region)

    shown = page(sent.token)

    assert shown.status_code == 200
    assert sent.case in shown.text
    assert "Lift the penalty" in shown.text
    assert "sessionid" not in shown.cookies
    assert set(shown.cookies) <= {"atalaia_csrf"}


def test_a_link_is_kept_from_caches_search_engines_and_other_sites(region):
    """Whoever has the address has the case, so it goes nowhere by itself."""
    shown = page(a_link(region).token)

    assert "no-store" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    assert shown["Referrer-Policy"] == "same-origin"


def test_every_opening_is_counted_and_in_the_trail(region):
    """The region sees whether and when central looked."""
    sent = a_link(region)
    page(sent.token)
    page(sent.token, "link_text")

    (row,) = links_of(sent.case, by=region, now=NOW)

    assert (row.openings_n, row.last_opened_at) == (2, NOW)
    opened = Entry.objects.filter(action="central.open")
    assert {each.actor for each in opened} == {f"link-{sent.link}"}
    assert {each.channel for each in opened} == {"link"}


def test_accepting_with_a_fix_moves_the_case_to_its_fix(region):
    """One page, one choice, one day: the case moves and the region sees by whom."""
    sent = a_link(region)

    answered = reply(
        sent.token, verdict="accept", is_fix_promised="yes", fix_due_on="2026-12-01"
    )

    assert answered.status_code == 302
    case = queries.one_case(sent.case, by=region, now=NOW)
    assert case.row.state is CaseState.FIX_IN_PROGRESS
    assert (case.is_fix_promised, str(case.fix_due_on)) == (True, "2026-12-01")
    assert {case.moves[-1].by_team, case.moves[-1].by_name} == {"central", "Ana Lim"}
    assert "accepted" in page(sent.token).text


def test_returning_gives_the_case_back_with_its_reason(region):
    """The region reads what is missing and completes it."""
    sent = a_link(region)

    reply(sent.token, verdict="return", reason="moment_missing")

    case = queries.one_case(sent.case, by=region, now=NOW)
    assert case.row.state is CaseState.REJECTED_INCOMPLETE
    assert case.return_reason == "moment_missing"


def test_rejecting_keeps_the_reasons(region):
    """A refusal becomes precedent, so its words are kept."""
    sent = a_link(region)

    reply(sent.token, verdict="reject", text="The blade was pointed at a person.")

    case = queries.one_case(sent.case, by=region, now=NOW)
    assert case.row.state is CaseState.DECIDED
    assert case.central_answer == "The blade was pointed at a person."


def test_a_question_reaches_the_region_and_leaves_the_case_with_central(region):
    """To ask is no answer; both sides read it."""
    sent = a_link(region)

    reply(sent.token, verdict="ask", text="Which second?")

    case = queries.one_case(sent.case, by=region, now=NOW)
    assert case.row.state is CaseState.SUBMITTED_CENTRAL
    assert [each.text for each in case.comments] == ["Which second?"]
    assert "Which second?" in page(sent.token).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "accept, return or reject"),
        ({"verdict": "return"}, "the reason"),
        ({"verdict": "return", "reason": "because"}, "the reason"),
        ({"verdict": "reject"}, "why, in words"),
        ({"verdict": "accept", "is_fix_promised": "yes"}, "the day of the fix"),
        ({"verdict": "accept", "from_name": " "}, "your name"),
        ({"verdict": "accept", "from_email": "x"}, "a whole e-mail address"),
        (
            {
                "verdict": "accept",
                "is_fix_promised": "yes",
                "fix_due_on": "2026-02-31",
            },
            "a day that exists",
        ),
        (
            {
                "verdict": "accept",
                "is_fix_promised": "yes",
                "fix_due_on": "2026-11-01",
            },
            "which has passed",
        ),
    ],
)
def test_an_incomplete_answer_is_shown_again_with_what_was_typed(region, typed, said):
    """Nothing moves, nothing typed is lost, and the page says what is missing."""
    sent = a_link(region)

    answered = reply(sent.token, **{"text": "", **typed})

    assert answered.status_code == 422
    assert said in answered.text
    assert state_of(sent.case, region) is CaseState.SUBMITTED_CENTRAL
    assert not Reply.objects.exists()


def test_personal_data_is_refused_until_somebody_blacks_it_out(region):
    """Central may not put a person's address into the case by accident."""
    sent = a_link(region)
    typed = {"verdict": "reject", "text": "Ask ana@example.org about it."}

    refused = reply(sent.token, **typed)
    assert refused.status_code == 422
    assert "Black out" in refused.text
    reply(sent.token, personal_data="redact", **typed)

    said = queries.one_case(sent.case, by=region, now=NOW).central_answer
    assert "ana@example.org" not in said
    assert said.startswith("Ask ")


def test_the_same_form_twice_answers_once(region):
    """A second press of the button, or a reload, changes nothing and fails nothing."""
    sent = a_link(region)

    first = reply(sent.token, verdict="reject", text="It was real.")
    second = reply(sent.token, verdict="reject", text="It was real.")

    assert (first.status_code, second.status_code) == (302, 302)
    assert Reply.objects.count() == 1
    assert len(queries.one_case(sent.case, by=region, now=NOW).moves) == 5


def test_an_answer_that_contradicts_the_first_is_refused(region):
    """Two people in central may hold one link; the first answer stands."""
    sent = a_link(region)
    reply(sent.token, verdict="reject", text="It was real.")

    second = reply(sent.token, verdict="accept", form_key="cd" * 8)

    assert second.status_code == 409
    assert "already answered: rejected" in second.text
    assert state_of(sent.case, region) is CaseState.DECIDED


def closed_links(region):
    """A revoked link, an expired one, and one that never was."""
    revoked, expired = a_link(region), a_link(region)
    revoke_link(revoked.link, by=region, now=NOW)
    AnswerLink.objects.filter(key=expired.link).update(expires_at=NOW)
    return {"revoked": revoked.token, "expired": expired.token, "unknown": "x" * 43}


def test_links_that_open_nothing_read_alike(region):
    """Whoever tries learns nothing, but what to do next."""
    tokens = closed_links(region)

    shown = {name: page(token) for name, token in tokens.items()}

    assert {each.status_code for each in shown.values()} == {404}
    bodies = {re.sub(r"X-CSRFToken.{70,90}?'", "", e.text) for e in shown.values()}
    assert not [token for token in tokens.values() if token in "".join(bodies)]
    assert len(bodies) == 1
    assert "Ask whoever sent it to you for a new one" in bodies.pop()


@pytest.mark.parametrize("name", ["link", "link_sheet", "link_text"])
def test_a_closed_link_answers_and_downloads_nothing(region, name):
    """Revoked means at once, for every address of the link."""
    for token in closed_links(region).values():
        assert page(token, name).status_code == 404
        assert reply(token, verdict="accept").status_code == 404
    assert not Reply.objects.exists()


def test_a_link_lives_until_a_week_after_the_answer_is_due(region):
    """The procedure's own term decides, and two weeks are the least."""
    sent = a_link(region)

    assert sent.expires_at == NOW + timedelta(days=14)


def test_a_link_opens_nothing_but_its_own_case(region):
    """Its holder sees no other case, neither as a link nor by any page of the desk."""
    own, other = a_link(region), a_sent_case(region)
    third = a_triaged_case(region)
    client = Client()
    shown = client.get(reverse("central:link", args=[own.token])).text
    assert other not in shown
    walked = [
        reverse("central:link", args=[other]),
        reverse("central:link", args=[own.link]),
        reverse("central:link", args=[own.token[:-1]]),
        *(
            reverse(f"central:{name}", args=[key])
            for name in ("case", "sheet", "text")
            for key in (own.case, other, third)
        ),
        *(reverse(f"central:{name}") for name in ("chase", "paste", "statuses")),
    ]

    answers = {address: client.get(address).status_code for address in walked}

    assert set(answers.values()) <= {302, 404}
    assert [a for a, status in answers.items() if status == 302 and "/l/" in a] == []


def test_a_link_s_actor_reaches_one_case_in_every_query(region):
    """The grant itself is bound to the case, so no page has to remember it."""
    own = a_link(region)
    a_sent_case(region)
    by = opened(own.token, now=NOW).by

    for right in Right:
        keys = {case.key for case in seen(Case, by=by, right=right)}
        assert keys <= {own.case}
    assert not by.may(Right.WORK_CASES)


def test_central_reads_comments_of_both_sides_and_no_others(region):
    """What the region says to itself stays there."""
    sent = a_link(region)
    for audience in CommentAudience:
        text = f"For {audience}."
        actions.add_comment(sent.case, text, audience=audience, by=region, now=NOW)

    shown = page(sent.token).text

    assert "For both_sides." in shown
    assert "For region." not in shown


def test_a_case_sent_anew_is_not_answered_by_the_old_link(region):
    """What central read then is not what it is asked now."""
    old = a_link(region)
    reply(old.token, verdict="return", reason="moment_missing")
    actions.triage(old.case, priority=CasePriority.P2, by=region, now=NOW)
    later = NOW + timedelta(hours=1)
    send(old.case, form_key=new_key(), by=region, now=later)

    answered = reply(old.token, verdict="accept", form_key="ee" * 8)

    assert answered.status_code == 409
    assert state_of(old.case, region) is CaseState.SUBMITTED_CENTRAL


def test_our_acceptance_rate_is_shown_to_them_with_n_and_interval(region):
    """They see how often they granted what we asked, and how often they were right."""
    for at in range(3):
        sent = a_link(region)
        verdict = "accept" if at else "reject"
        reply(sent.token, verdict=verdict, text="Because.")

    shown = page(a_link(region).token).text

    assert "You accepted 2 of the 3 cases" in shown
    assert "66.7% (95% interval from 9.4% to 99.2%, n = 3)" in shown
    assert "In 1 of 3 you were right" in shown


def test_without_decided_cases_no_rate_is_shown(region):
    """Nothing of nothing is not zero per cent."""
    assert "there is no rate yet" in page(a_link(region).token).text


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Accept"), ("es", "Aceptar"), ("pt", "Aceitar")]
)
def test_the_page_speaks_three_languages_and_the_case_stays_english(
    region, language, word
):
    """English first; the reader chooses another without a cookie."""
    shown = page(a_link(region).token, lang=language)

    assert f'lang="{language}"' in shown.text
    assert f"<strong>{word}</strong>" in shown.text
    assert "Violating second" in shown.text


def test_an_unknown_language_is_answered_in_english(region):
    """Nobody is shown an error for the way in which a link was shortened."""
    assert page(a_link(region).token, lang="xx").text.count("Your answer") == 1


def test_what_is_typed_comes_out_escaped_everywhere(region):
    """Names and reasons of strangers are shown to the region and to central."""
    sent = a_link(region, description=ATTACK)
    reply(sent.token, verdict="reject", text=ATTACK, from_name=ATTACK[:80])

    shown = page(sent.token).text

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


def test_the_downloads_tell_the_same_case(region):
    """Text and workbook come from the same hand-off as the page."""
    sent = a_link(region)

    text = page(sent.token, "link_text")
    book = page(sent.token, "link_sheet")

    assert sent.case in text.text
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet.cell(row=2, column=1).value == sent.case
    assert text["X-Content-Type-Options"] == "nosniff"


def test_a_form_of_another_site_is_refused(region):
    """The link is no cookie, yet a page elsewhere must not answer with it."""
    sent = a_link(region)
    strict = Client(enforce_csrf_checks=True)

    assert reply(sent.token, client=strict, verdict="accept").status_code == 403
    assert state_of(sent.case, region) is CaseState.SUBMITTED_CENTRAL


def test_somebody_who_hurries_is_asked_to_wait(region):
    """Trying tokens costs time; the limit counts misses as well."""
    for _ in range(MOST_PER_ADDRESS):
        page("y" * 43)

    assert page("y" * 43).status_code == 429


def test_the_token_is_kept_nowhere(region, caplog, settings):
    """Neither the records nor the trail nor the log could open the link."""
    sent = a_link(region)
    formatter = JsonLines()
    with caplog.at_level(logging.DEBUG):
        page(sent.token)
        reply(sent.token, verdict="reject")
        Client(enforce_csrf_checks=True).post(
            reverse("central:answer", args=[sent.token])
        )
        revoke_link(sent.link, by=region, now=NOW)
        page(sent.token)

    lines = [formatter.format(record) for record in caplog.records]
    assert any("central/l/" in line for line in lines)
    assert [line for line in lines if sent.token in line] == []
    kept = [*Entry.objects.values(), *AnswerLink.objects.values()]
    kept += [*LinkOpening.objects.values(), *Reply.objects.values()]
    assert [row for row in kept if sent.token in str(row)] == []


def test_answers_are_listed_for_the_region(region):
    """What came back, by whom, when."""
    sent = a_link(region)
    reply(sent.token, verdict="reject", text="It was real.")

    (told,) = replies_to(sent.case, by=region)

    assert (told.answer.from_name, told.answer.text) == ("Ana Lim", "It was real.")
