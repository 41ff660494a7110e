"""The region looks at a hand-off, sends it, sees its links, and takes answers in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from atalaia.desk.casework import queries
from atalaia.desk.casework.handoff.models import AnswerLink
from atalaia.desk.casework.handoff.queries import links_of, told_to_central
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseState
from desk.a_case import DISPUTE, a_sent_case, a_triaged_case
from desk.casework.handoff.a_hand_off import a_link
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def client():
    return a_client(a_person(RoleCode.ANALYST, "MX"))


def send(client, key, form_key="ab" * 6):
    address = reverse("central:send", args=[key])
    return client.post(address, {"form_key": form_key})


def state_of(key, region):
    return queries.one_case(key, by=region, now=NOW).row.state


def test_the_preview_tells_what_central_would_read(client, region):
    """Nobody sends what they have not seen."""
    key = a_triaged_case(region)

    shown = client.get(reverse("central:case", args=[key])).text

    assert "Violating second in the room" in shown
    assert "Send and make a link" in shown


def test_sending_shows_the_link_once(client, region):
    """The answer to the form holds the link; no later page does."""
    key = a_triaged_case(region)

    sent = send(client, key)

    assert sent.status_code == 201
    assert sent["Cache-Control"] == "no-store"
    (link,) = links_of(key, by=region, now=NOW)
    assert "/central/l/" in sent.text
    later = client.get(reverse("central:case", args=[key])).text
    assert link.key in later
    assert "/central/l/" not in later
    assert state_of(key, region) is CaseState.SUBMITTED_CENTRAL


def test_the_link_leads_to_the_desks_own_address(client, region, settings):
    """Whoever sends from the machine itself sends no address of that."""
    key = a_triaged_case(region)
    desk = settings.INSTALLATION
    settings.INSTALLATION = replace(desk, url="https://desk.example.org/")

    assert "https://desk.example.org/central/l/" in send(client, key).text


def test_a_form_sent_twice_makes_one_link(client, region):
    """A reload of the page that shows the link must not make another."""
    key = a_triaged_case(region)
    send(client, key)

    assert send(client, key).status_code == 409
    assert AnswerLink.objects.count() == 1


def test_what_the_procedure_misses_blocks_sending_by_name(client, region):
    """The page says it before, and the action refuses it anyway."""
    key = a_triaged_case(region, fields={**DISPUTE, "what_is_seen": ""})

    shown = client.get(reverse("central:case", args=[key])).text
    sent = send(client, key)

    assert "Send and make a link" not in shown
    assert sent.status_code == 422
    assert "What is seen and heard" in sent.text
    assert not AnswerLink.objects.exists()


def test_a_quote_without_its_meaning_is_not_sent(client, region):
    """Whoever reads no Spanish could not decide on it."""
    key = a_triaged_case(region, fields={**DISPUTE, "original_words": "Qué padre"})

    sent = send(client, key)

    assert sent.status_code == 422
    assert "The same words in English" in sent.text
    assert state_of(key, region) is CaseState.TRIAGED


def test_what_was_sent_stays_as_it_was(client, region):
    """Central answers what it read, not what the case says later."""
    sent = a_link(region)
    before = told_to_central(sent.case, by=region, now=NOW)

    after = told_to_central(sent.case, by=region, now=NOW + timedelta(days=3))

    assert after == before == sent.hand_off


def test_a_case_with_central_gets_another_link(client, region):
    """A second person in central can be asked without sending the case anew."""
    key = a_sent_case(region)

    assert send(client, key).status_code == 201
    assert send(client, key, form_key="cd" * 6).status_code == 201
    assert len(links_of(key, by=region, now=NOW)) == 2
    assert len(queries.one_case(key, by=region, now=NOW).moves) == 4


def test_a_revoked_link_says_so(client, region):
    """The list tells which links still open something."""
    sent = a_link(region)

    done = client.post(reverse("central:revoke", args=[sent.link]), follow=True)

    assert "The link was revoked." in done.text
    (row,) = links_of(sent.case, by=region, now=NOW)
    assert row.state == "revoked"


def test_somebody_of_another_market_reaches_none_of_it(region):
    """The hand-off, its links and its files are the market's own."""
    sent = a_link(region)
    stranger = a_client(a_person(RoleCode.ANALYST, "BR"))
    statuses = [
        stranger.get(reverse(f"central:{name}", args=[sent.case])).status_code
        for name in ("case", "sheet", "text")
    ]
    statuses += [
        send(stranger, sent.case).status_code,
        stranger.post(reverse("central:revoke", args=[sent.link])).status_code,
        stranger.post(
            reverse("central:save_reply"), {"case": sent.case, "verdict": "accept"}
        ).status_code,
    ]

    assert set(statuses) == {404}


def test_a_pasted_reply_is_shown_before_it_is_saved(client, region):
    """The reader sees what was understood, and mends it."""
    key = a_sent_case(region)
    text = f"Hi, accepted. Fix by 2036-12-01. [{key}]"

    shown = client.post(reverse("central:paste"), {"pasted": text})

    assert "What was understood" in shown.text
    assert 'value="2036-12-01"' in shown.text
    assert state_of(key, region) is CaseState.SUBMITTED_CENTRAL


def test_a_pasted_reply_is_saved_as_central_s_answer(client, region):
    """The case moves as by the link, and the way it came is kept."""
    key = a_sent_case(region)
    form = {
        "case": key,
        "verdict": "reject",
        "text": "It was real.",
        "from_name": "Ana Lim",
    }

    done = client.post(reverse("central:save_reply"), form, follow=True)

    assert "Ana Lim, in a pasted reply" in done.text
    case = queries.one_case(key, by=region, now=NOW)
    assert (case.row.state, case.moves[-1].by_team) == (CaseState.DECIDED, "central")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{key}: not accepted", "which may be a rejection or a return"),
        ("{key} accepted or rejected?", "asks rather than answers"),
        ("MX-2026-999999 accepted", "No case of yours carries the reference"),
        ("accepted", "names no case"),
    ],
)
def test_an_ambiguous_reply_is_refused_and_stays_in_the_box(client, region, text, said):
    """What was pasted is not lost with the refusal."""
    pasted = text.format(key=a_sent_case(region))

    shown = client.post(reverse("central:paste"), {"pasted": pasted})

    assert shown.status_code == 422
    assert said in shown.text
    assert pasted.split(":", maxsplit=1)[0] in shown.text


def test_a_pasted_attack_is_shown_as_text(client, region):
    """A reply from outside becomes no markup on our page."""
    key = a_sent_case(region)
    attack = f"{key} accepted </textarea><script>alert(1)</script>"

    shown = client.post(reverse("central:paste"), {"pasted": attack})

    assert "What was understood" in shown.text
    assert "<script>alert" not in shown.text


def test_a_status_file_shows_a_result_for_each_row(client, region):
    """Saved and refused stand side by side, with reasons."""
    key = a_sent_case(region)
    body = f"Case,Status\n{key},accepted\nMX-2026-999999,accepted\n"
    upload = SimpleUploadedFile("s.csv", body.encode(), content_type="text/csv")

    shown = client.post(reverse("central:statuses"), {"file": upload})

    assert "1 answer saved. 1 row refused." in shown.text
    assert "No case of yours carries the reference" in shown.text


@pytest.mark.parametrize("role", [RoleCode.CENTRAL_TNS, RoleCode.EDUCATOR])
def test_only_those_who_work_cases_come_in(region, role):
    """Central has its link; others look at cases elsewhere."""
    client = a_client(a_person(role, "MX"))
    key = a_sent_case(region)

    assert client.get(reverse("central:case", args=[key])).status_code == 403
    assert client.get(reverse("central:chase")).status_code == 403
