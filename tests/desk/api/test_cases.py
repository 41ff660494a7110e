"""Cases by the interface: the same rules as by the pages, told as data."""

import itertools
from typing import Any

import pytest
from django.http import HttpResponse

from atalaia.desk.audit.models import Entry
from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.a_case import DISPUTE, REFERENCES
from desk.api.calls import a_token, a_token_for, called
from desk.people import a_person

pytestmark = pytest.mark.django_db
KEYS = (f"key-{number}" for number in itertools.count())
NEW = {
    "market": "MX",
    "type": "penalty_dispute",
    "priority": "P2",
    "language": "es",
    "reporter_kind": "creator",
    "requested_outcome": "restore",
    "description": "El creador vende cocos; el machete es su herramienta.",
    "references": REFERENCES,
    "fields": DISPUTE,
}


def posted(path: str, body: Any = None, *, token: str) -> HttpResponse:
    return called("POST", path, token=token, body=body, key=next(KEYS))


def test_a_case_goes_from_its_opening_to_its_closing():
    """Region and central each with a token of their own, as with pages of their own."""
    region = a_token(RoleCode.ANALYST, "MX")
    central = a_token(RoleCode.CENTRAL_TNS)

    key = posted("/cases", NEW, token=region).json()["key"]
    for step, body in (
        ("claim", None),
        ("triage", {"priority": "P1"}),
        ("comment", {"text": "Visto.", "audience": "both_sides"}),
        ("submit", {}),
    ):
        assert posted(f"/cases/{key}/{step}", body, token=region).status_code == 200
    decided = {"ruling": "accepted", "answer": "A tool of the trade."}
    for step, body in (("review", {"central_owner": "Kim"}), ("decide", decided)):
        assert posted(f"/cases/{key}/{step}", body, token=central).status_code == 200
    end = {"root_cause": "training", "resolution": "overturned"}
    closed = posted(f"/cases/{key}/close", end, token=region)

    assert closed.json()["state"] == "closed"
    told = called("GET", f"/cases/{key}", token=region).json()
    assert [move["to_state"] for move in told["moves"]] == [
        "new",
        "triaged",
        "evidence_complete",
        "submitted_central",
        "in_review",
        "decided",
        "closed",
    ]
    assert told["source"] == "api"
    assert told["comments"][0]["text"] == "Visto."
    assert set(Entry.objects.values_list("channel", flat=True)) == {"page", "api"}


def test_a_waiting_case_goes_on():
    """The procedure says for whom it may wait."""
    token = a_token()
    key = posted("/cases", NEW, token=token).json()["key"]
    posted(f"/cases/{key}/triage", {"priority": "P2"}, token=token)

    paused = posted(f"/cases/{key}/pause", {"reason": "reporter_asked"}, token=token)
    resumed = posted(f"/cases/{key}/resume", token=token)

    assert paused.json()["state"] == "waiting_reporter"
    assert resumed.json()["state"] == "triaged"


def test_what_the_procedure_misses_is_told_by_name():
    """A program reads the code and the list; its maker reads the sentence."""
    token = a_token()
    key = posted("/cases", {**NEW, "fields": {}}, token=token).json()["key"]
    posted(f"/cases/{key}/triage", {"priority": "P2"}, token=token)

    refused = posted(f"/cases/{key}/submit", {}, token=token)

    assert refused.status_code == 422
    assert refused.json()["code"] == "MissingFields"
    assert len(refused.json()["fields"]["missing"]) > 1


def test_an_edit_of_an_older_version_is_refused_with_the_one_there_is():
    """Nothing that somebody else saved is overwritten unread."""
    token = a_token()
    key = posted("/cases", NEW, token=token).json()["key"]
    path = f"/cases/{key}"
    first = called("PATCH", path, token=token, body={"version": 1, "language": "pt"})

    stale = called("PATCH", path, token=token, body={"version": 1, "language": "en"})

    assert first.json()["version"] == 2
    assert stale.status_code == 409
    assert stale.json()["fields"]["version"] == 2
    read = called("GET", path, token=token)
    assert (read.json()["language"], read["ETag"]) == ("pt", '"2"')


def test_a_case_of_another_market_is_not_there():
    """Neither to read nor to change; the answer is that of a case that is nowhere."""
    key = posted("/cases", NEW, token=a_token(RoleCode.ANALYST, "MX")).json()["key"]
    other = a_token(RoleCode.ANALYST, "BR")

    answers = [
        called("GET", f"/cases/{key}", token=other),
        called("PATCH", f"/cases/{key}", token=other, body={"version": 1}),
        posted(f"/cases/{key}/claim", token=other),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert called("GET", "/cases", token=other).json()["cases"] == []


def test_a_token_that_only_reads_changes_nothing():
    """Although its owner may."""
    person = a_person(RoleCode.ANALYST, "MX")
    key = posted("/cases", NEW, token=a_token_for(person)).json()["key"]
    reader = a_token_for(person, rights=("see_cases",), name="reader")

    assert called("GET", f"/cases/{key}", token=reader).status_code == 200
    assert posted(f"/cases/{key}/claim", token=reader).status_code == 403
    assert Case.objects.get(key=key).owner_id is None


def test_pages_of_a_list_join_without_a_gap():
    """However many there are, each case stands on one page."""
    token = a_token()
    opened = {posted("/cases", NEW, token=token).json()["key"] for _ in range(5)}
    found, after = [], ""

    while True:
        path = f"/cases?size=2&sort=opened&after={after}"
        page = called("GET", path, token=token).json()
        found += [case["key"] for case in page["cases"]]
        after = page["after"]
        if not after:
            break

    assert sorted(found) == sorted(opened)


@pytest.mark.parametrize(
    "query", ["state=opne", "markt=MX", "size=0", "after=x", "owner=%C2%B2"]
)
def test_a_filter_that_does_not_exist_is_refused(query):
    """It would silently show everything."""
    assert called("GET", f"/cases?{query}", token=a_token()).status_code == 422


def test_personal_data_is_refused_or_blacked_out():
    """A program cannot decide to keep it."""
    token = a_token()
    said = {**NEW, "description": "Escríbele a ana@example.org."}

    refused = posted("/cases", said, token=token)
    kept = posted("/cases", {**said, "personal_data": "keep"}, token=token)
    opened = posted("/cases", {**said, "personal_data": "redact"}, token=token)

    assert refused.json()["code"] == "PersonalData"
    assert kept.status_code == 422
    told = called("GET", f"/cases/{opened.json()['key']}", token=token).json()
    assert "ana@" not in told["description"]


def test_procedures_tell_what_a_case_is_asked_for():
    """In three languages, with the kind of each field."""
    told = called("GET", "/sops", token=a_token()).json()["procedures"]
    dispute = next(sop for sop in told if "penalty_dispute" in sop["case_types"])

    one = called("GET", f"/sops/{dispute['key']}", token=a_token()).json()

    assert one == dispute
    assert {"moment_at", "what_is_seen"} <= {each["key"] for each in one["fields"]}
    assert all(each["label"]["pt"] for each in one["fields"])
