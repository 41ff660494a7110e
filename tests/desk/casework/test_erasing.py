"""Who is erased is in no case, comment, hand-off, answer or alert any more."""

import json

import pytest
from django.apps import apps

from atalaia.desk.accounts.actor import COMMAND, Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.audit.erasure import erase_subjects
from atalaia.desk.casework import actions
from atalaia.desk.casework.models import Case, Comment
from atalaia.desk.casework.restore.models import RestoreRow
from atalaia.domain.case_codes import CommentAudience, RestoreState
from atalaia.domain.codes import RoleCode
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import sought
from desk.a_case import DISPUTE, REFERENCES, a_sent_case
from desk.audit.trail import checked
from desk.casework.restore.a_restore import a_sent_restore
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
PSEUDONYMS = Pseudonymiser(b"p" * 32)
ANA, BIA = PSEUDONYMS.of("7421339"), PSEUDONYMS.of("7421340")
MARKER = "zanzibar"


def erased(raw="7421339"):
    """Erase a creator; return what went."""
    people = sought([raw], kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS)
    return erase_subjects(people, by=COMMAND, now=NOW)


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def a_case_of(creator, region, *, word, **ids):
    """Open and send a case of a creator whose every word is a marker."""
    key = a_sent_case(
        region,
        description=f"Dijo {word} en la feria.",
        references={**REFERENCES, "creator_id": creator, **ids},
        fields={**DISPUTE, "what_is_seen": f"A man says {word}."},
    )
    actions.add_comment(
        key,
        text=f"Vi {word} también.",
        audience=CommentAudience.REGION,
        by=region,
        now=NOW,
    )
    return key


def everything():
    """Return all that the desk's tables hold, as text."""
    return json.dumps(
        {
            model._meta.label: [str(row) for row in model._base_manager.values_list()]
            for model in apps.get_models()
            if model._meta.managed
        }
    )


def test_no_word_of_a_case_about_somebody_is_left(region):
    """Looked for in every column of every table."""
    a_case_of(ANA, region, word=MARKER)
    assert MARKER in everything()

    erased()

    assert MARKER not in everything()
    assert ANA not in everything()


def test_the_decisions_asked_back_for_somebody_lose_their_ids(region):
    """However many they are, and what became of them is still counted."""
    key = a_sent_restore("dec-1", "dec-2", by=region)
    Case.objects.filter(key=key).update(creator_id=ANA)

    erased()

    rows = RestoreRow.objects.filter(case__key=key)
    assert [(row.decision_id, row.session_id) for row in rows] == [("", "")] * 2
    assert {row.state for row in rows} == {RestoreState.ASKED}


def test_what_is_said_of_others_stays(region):
    """One creator's erasure takes nothing from the next one's case."""
    a_case_of(ANA, region, word=MARKER)
    key = a_case_of(BIA, region, word="tucan", decision_id="d-2", session_id="s-2")
    before = Case.objects.filter(key=key).values().get()

    erased()

    assert Case.objects.filter(key=key).values().get() == before
    assert Comment.objects.filter(case__key=key, text__contains="tucan").exists()


def test_a_case_is_still_counted(region):
    """Its state, dates and codes stay; a mark tells since when its words are gone."""
    key = a_case_of(ANA, region, word=MARKER)
    before = Case.objects.get(key=key)

    erased()

    after = Case.objects.get(key=key)
    assert (after.state, after.opened_at, after.policy_id) == (
        before.state,
        before.opened_at,
        before.policy_id,
    )
    assert after.description == f"[erased {NOW:%Y-%m-%d}]"
    assert after.creator_id == ""


def test_the_page_says_since_when_the_words_are_gone():
    """In the reader's language."""
    reader = a_person(RoleCode.ANALYST, "MX", language="es")
    key = a_case_of(ANA, actor_of(reader, channel=Channel.PAGE), word=MARKER)
    erased()

    page = a_client(reader).get(f"/cases/{key}/").content.decode()

    assert "[Borrado el 23 de noviembre de 2026]" in page


def test_once_more_changes_nothing(region):
    """An erasure is replayed after a backup came back."""
    a_case_of(ANA, region, word=MARKER)
    assert erased().records > 0
    once = everything()

    again = erased()

    assert again.records == 0
    assert everything() == once


def test_the_trail_stays_whole(region):
    """What was emptied is told by key; the chain still proves itself."""
    a_case_of(ANA, region, word=MARKER)
    erased()
    assert checked().finding is None
