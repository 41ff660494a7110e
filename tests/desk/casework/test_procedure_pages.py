"""Procedures are written, compared and put in force on pages, without code."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.models import Case, SopVersion
from atalaia.desk.casework.procedure_form import form_of
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseType
from desk.a_case import a_triaged_case
from desk.people import NOW, a_client, a_person

pytestmark = pytest.mark.django_db
SOP = "/reference/sops"
NEW_FIELD = {
    "key": "street_event",
    "kind": "yes_no",
    "required": "yes",
    "label.en": "Street event",
    "label.es": "Evento callejero",
    "label.pt": "Evento de rua",
    "reason.en": "Police were there.",
    "reason.es": "Hubo policía.",
    "reason.pt": "Havia polícia.",
}


@pytest.fixture(autouse=True)
def published():
    """Take away what a test publishes: the installation outlives it."""
    yield
    (settings.INSTALLATION.place.reference / "sops.yaml").unlink(missing_ok=True)


@pytest.fixture
def lead():
    """The lead of the region."""
    return a_person(RoleCode.REGIONAL_LEAD, "MX", email="lea@example.org")


@pytest.fixture
def by(lead):
    """What the lead is to the desk."""
    return actor_of(lead, channel=Channel.PAGE)


@pytest.fixture
def browser(lead):
    """The lead's browser."""
    return a_client(lead)


def a_draft(browser, key="penalty_dispute.1"):
    """Begin a new version by its button; return its key."""
    answer = browser.post(f"{SOP}/{key}/draft/")
    return re.search(r"sops/([^/]+)/edit", answer.headers["Location"])[1]


def typed(key, **changed):
    """What the form of a draft posts, with changes."""
    row = SopVersion.objects.get(key=key)
    values = {n: v for n, v in form_of(row.content).values.items() if v and n != "id"}
    return {**values, "version": str(row.version), "then": "save", **changed}


def with_field(key, **changed):
    """The same, with a field in the first spare row."""
    at = len(SopVersion.objects.get(key=key).content["fields"])
    return typed(
        key, **{f"fields.{at}.{n}": v for n, v in NEW_FIELD.items()}, **changed
    )


def in_force(browser, key, **more):
    """Confirm that a draft comes into force today."""
    version = str(SopVersion.objects.get(key=key).version)
    told = {
        "version": version,
        "day": NOW.date().isoformat(),
        "confirmed": "yes",
        **more,
    }
    return browser.post(f"{SOP}/{key}/in-force/", told)


def test_a_draft_saved_as_it_is_shown_says_what_it_said(browser):
    """The form loses nothing of a procedure."""
    key = a_draft(browser)
    before = SopVersion.objects.get(key=key).content

    browser.post(f"{SOP}/{key}/edit/", typed(key))

    assert SopVersion.objects.get(key=key).content == before


@pytest.mark.parametrize("case_type", CaseType)
def test_the_form_holds_every_procedure_of_the_package(browser, by, case_type):
    """Whatever kinds of fields and terms they have."""
    rows = queries.procedures(by=by)
    row = next(each for each in rows if case_type in each.sop.case_types)
    assert form_of(row.content).content(base=row.content) == row.content


def test_a_field_added_in_the_page_blocks_sending_and_is_asked_for(browser, by):
    """The checklist of a case and the form that opens one show it; no code knew it."""
    key = a_draft(browser)
    browser.post(f"{SOP}/{key}/edit/", with_field(key))
    assert in_force(browser, key).status_code == 302

    case = a_triaged_case(by)

    refused = browser.post(f"/cases/{case}/do/submit/", {"version": "2"})
    assert refused.status_code == 422
    assert "Still missing: Street event" in refused.content.decode()
    assert 'id="why_street_event"' in browser.get(f"/cases/{case}/").content.decode()
    form = browser.get("/cases/new/?market=MX&type=penalty_dispute")
    assert 'name="field.street_event"' in form.content.decode()


def test_what_is_wrong_is_told_at_its_box_and_nothing_typed_is_lost(browser):
    """What, where, what next; the boxes hold what was written."""
    key = a_draft(browser)
    at = len(SopVersion.objects.get(key=key).content["fields"])
    wrong = {f"fields.{at}.label.es": "", f"fields.{at}.key": "Street Event"}

    answer = browser.post(f"{SOP}/{key}/edit/", with_field(key) | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#b.fields.{at}.label.es">Street event · Label · Español<' in page
    assert f'id="w.fields.{at}.key"' in page
    assert "Police were there." in page
    assert SopVersion.objects.get(key=key).version == 1


@pytest.mark.parametrize(
    ("box", "value"),
    [
        ("name.pt", ""),
        ("central_team", "none"),
        ("terms.P0.resolve.amount", "soon"),
        ("terms.P2.resolve.amount", "0"),
        ("fields.{session_id}.kind", "number"),
        ("fields.{session_id}.key", "what_is_seen"),
        ("trigger.en", "x" * 1001),
    ],
)
def test_a_box_that_cannot_be_so_is_named(browser, box, value):
    """Each with a sentence of its own."""
    key = a_draft(browser)
    fields = SopVersion.objects.get(key=key).content["fields"]
    name = box.format(**{each["key"]: at for at, each in enumerate(fields)})
    answer = browser.post(f"{SOP}/{key}/edit/", typed(key, **{name: value}))
    assert answer.status_code == 422
    assert answer.context["problems"]


def test_rows_are_taken_out_and_put_in_the_order_of_their_places(browser):
    """By a tick and a number; nothing changes before it is saved."""
    key = a_draft(browser)
    steps = SopVersion.objects.get(key=key).content["steps"]
    changed = typed(key, **{"steps.0.place": "25", "steps.2.out": "yes"})

    browser.post(f"{SOP}/{key}/edit/", changed)

    saved = SopVersion.objects.get(key=key).content["steps"]
    assert saved == [steps[1], steps[0], *steps[3:]]


def test_a_preview_saves_nothing(browser):
    """It shows how the procedure would read."""
    key = a_draft(browser)
    answer = browser.post(f"{SOP}/{key}/edit/", with_field(key, then="preview"))
    assert 'id="preview"' in answer.content.decode()
    assert SopVersion.objects.get(key=key).version == 1


def test_the_second_of_two_editors_sees_what_the_first_one_saved(browser):
    """Both texts stand side by side, and the boxes hold what they typed."""
    key = a_draft(browser)
    mine = typed(key, **{"name.en": "Mine"})
    browser.post(f"{SOP}/{key}/edit/", typed(key, **{"name.en": "Theirs"}))

    answer = browser.post(f"{SOP}/{key}/edit/", mine)

    assert answer.status_code == 409
    [told] = answer.context["differences"]
    assert (told.before, told.after) == ("Theirs", "Mine")
    assert 'value="Mine"' in answer.content.decode()


def test_versions_are_compared_field_by_field(browser):
    """Only what differs is shown."""
    key = a_draft(browser)
    browser.post(f"{SOP}/{key}/edit/", with_field(key, **{"name.es": "Otro nombre"}))

    told = browser.get(f"{SOP}/{key}/compare/").context["differences"]

    assert [(each.what, each.language) for each in told] == [
        ("Name", "es"),
        ("Field", ""),
        ("Why", ""),
        ("Kind", ""),
        ("Required", ""),
    ]


def test_nothing_comes_into_force_unconfirmed(browser):
    """One press would change it for everybody."""
    key = a_draft(browser)
    assert in_force(browser, key, confirmed="").status_code == 422
    assert SopVersion.objects.get(key=key).state == ProcedureState.DRAFT


def test_nothing_comes_into_force_in_the_past(browser):
    """Cases of that day followed another version."""
    key = a_draft(browser)
    assert in_force(browser, key, day="2026-11-20").status_code == 422


def test_a_version_for_a_later_day_waits_for_it(browser, by):
    """Until then new cases follow the one before."""
    key = a_draft(browser)
    in_force(browser, key, day="2026-11-25")
    case = a_triaged_case(by)
    assert Case.objects.get(key=case).sop_version == "1"


def a_new_procedure(browser):
    """Write a procedure for bugs from nothing; return what the page answered."""
    page = browser.get(f"{SOP}/new/?type=bug").context["form"]
    values = {name: value for name, value in page.values.items() if value}
    texts = {
        f"{name}.{code}": "x"
        for name in ("name", "trigger", "steps.0")
        for code in ("en", "es", "pt")
    }
    field = {f"fields.0.{name}": value for name, value in NEW_FIELD.items()}
    told = {
        **values,
        **texts,
        **field,
        "id": "fast_lane",
        "type": "bug",
        "version": "0",
    }
    return browser.post(f"{SOP}/new/", {**told, "then": "save"})


def test_a_wholly_new_procedure_takes_a_type_over(browser, by):
    """The one that covered it goes on for its other types, or ends."""
    assert a_new_procedure(browser).status_code == 302
    replaced = queries.rivals_of(queries.one_procedure("fast_lane.1", by=by), by=by)
    keys = [each.row.key for each in replaced]

    answer = in_force(browser, "fast_lane.1", replacing=keys)

    assert answer.status_code == 302
    active = SopVersion.objects.filter(state=ProcedureState.ACTIVE)
    assert [r.key for r in active if "bug" in r.content["case_types"]] == [
        "fast_lane.1"
    ]


def test_a_short_name_that_is_taken_is_refused(browser):
    """It would become a version of the other one."""
    a_new_procedure(browser)
    assert a_new_procedure(browser).status_code == 422


def test_a_draft_can_be_thrown_away(browser):
    """Nobody followed it."""
    key = a_draft(browser)
    browser.post(f"{SOP}/{key}/drop/", {"version": "1"})
    assert not SopVersion.objects.filter(key=key).exists()


def test_who_does_not_edit_procedures_sees_no_button_and_opens_no_form(browser):
    """An analyst reads them."""
    analyst = a_client(a_person(RoleCode.ANALYST, "MX", email="ana@example.org"))
    key = a_draft(browser)
    assert "procedure_draft" not in analyst.get(f"{SOP}/{key}/").content.decode()
    for address in ("edit", "in-force", "draft", "drop"):
        assert analyst.post(f"{SOP}/{key}/{address}/").status_code == 403


@pytest.fixture
def moved(browser, by):
    """A case that was open when a version with one field more came into force."""
    case = a_triaged_case(by)
    key = a_draft(browser)
    at = [f["key"] for f in SopVersion.objects.get(key=key).content["fields"]]
    gone = f"fields.{at.index('what_is_seen')}.out"
    browser.post(f"{SOP}/{key}/edit/", with_field(key, **{gone: "yes"}))
    in_force(browser, key)
    return case


def test_an_open_case_takes_up_the_newer_version(browser, by, moved):
    """Its answers stay where the keys match, and its list says what is missing."""
    page = browser.get(f"/cases/{moved}/")
    [offered] = [each for each in page.context["offers"] if each.name == "take_up"]
    assert "Street event" in page.content.decode()

    answer = browser.post(f"/cases/{moved}/do/take_up/")

    assert offered
    assert [str(m) for m in get_messages(answer.wsgi_request)] == [
        f"{moved} follows the newer procedure; its list says what is missing."
    ]
    case = queries.one_case(moved, by=by, now=NOW)
    assert case.sop.version == "2"
    assert [field.key for field in case.missing] == ["street_event"]
    held = {each.field.key: each.value for each in case.answers}
    assert held["in_app_appeal_1"] == "upheld"


def test_going_back_brings_every_answer_back(by, browser, moved):
    """What did not fit was set aside."""
    before = Case.objects.get(key=moved)
    browser.post(f"/cases/{moved}/do/take_up/")

    browser.post(f"/cases/{moved}/do/give_back_sop/")

    after = Case.objects.get(key=moved)
    assert (after.fields, after.sop_version) == (before.fields, before.sop_version)
    assert after.resolve_due_at == before.resolve_due_at


def test_a_case_with_central_keeps_its_procedure(by, browser, moved):
    """Central reads what was written under it."""
    actions.submit(moved, by=by, now=NOW + timedelta(hours=1))
    assert browser.post(f"/cases/{moved}/do/take_up/").status_code == 409


def test_a_case_that_follows_what_is_in_force_has_nothing_to_take_up(browser, by):
    """Neither a button nor a way back."""
    case = a_triaged_case(by)
    names = {each.name for each in browser.get(f"/cases/{case}/").context["offers"]}
    assert not names & {"take_up", "give_back_sop"}
    assert browser.post(f"/cases/{case}/do/take_up/").status_code == 409
    assert browser.post(f"/cases/{case}/do/give_back_sop/").status_code == 409
