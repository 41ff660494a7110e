"""SOPs are edited in the desk: a new one needs no code."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from atalaia.desk.audit.models import Entry
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import (
    MissingFieldsError,
    StaleProcedureError,
    UncoveredTypesError,
    WrittenProcedureError,
)
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.codes import RoleCode
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.reference import load_reference
from atalaia.domain.work_codes import CaseType
from desk.a_case import a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
TODAY = date(2026, 11, 23)
STREET = {
    "key": "street_event",
    "kind": "yes_no",
    "required": True,
    "label": {"en": "Street event", "es": "Evento callejero", "pt": "Evento de rua"},
    "reason": {"en": "Police.", "es": "Policía.", "pt": "Polícia."},
}


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


@pytest.fixture
def published():
    """Take away what a test publishes: the installation outlives it."""
    file: Path = settings.INSTALLATION.place.reference / "sops.yaml"
    yield file
    file.unlink(missing_ok=True)


def content(by, key="penalty_dispute.1"):
    return queries.one_procedure(key, by=by).content


def with_street(by):
    now = content(by)
    return {**now, "fields": [*now["fields"], STREET]}


def in_force(by, changed=None):
    """Draft a version with one field more and put it in force."""
    key = actions.draft_procedure(changed or with_street(by), by=by, now=NOW)
    actions.put_in_force(key, version=1, by=by, now=NOW, day=TODAY)
    return key


def test_the_version_that_ends_stands_in_the_trail_as_the_one_that_begins(lead):
    """Both were changed, by the same deed."""
    key = in_force(lead)

    told = Entry.objects.filter(action="sop.activate").values_list(
        "object_key", flat=True
    )
    assert sorted(told) == sorted([key, "penalty_dispute.1"])


def test_a_new_desk_begins_with_a_procedure_for_every_type(lead):
    """Those of the package, in force."""
    shown = queries.procedures(by=lead)

    covered = {t for row in shown for t in row.sop.case_types}
    assert covered == set(CaseType)
    assert {row.state for row in shown} == {ProcedureState.ACTIVE}


def test_a_new_version_asks_new_cases_for_its_new_field_and_open_ones_not(lead):
    """A case follows the version under which it was opened."""
    old = a_triaged_case(lead)
    key = in_force(lead)
    new = a_triaged_case(lead)

    actions.submit(old, by=lead, now=LATER)

    with pytest.raises(MissingFieldsError, match="Street event"):
        actions.submit(new, by=lead, now=LATER)
    case = queries.one_case(new, by=lead, now=LATER)
    assert (key, case.sop.version) == ("penalty_dispute.2", "2")


def test_the_version_before_ends_the_day_before(lead):
    """It stays readable for the cases that follow it."""
    in_force(lead)

    before = queries.one_procedure("penalty_dispute.1", by=lead)

    assert before.state is ProcedureState.SUPERSEDED
    assert before.sop.effective_to == date(2026, 11, 22)


def test_a_draft_is_saved_by_who_read_its_last_state(lead):
    """The second of two editors is told."""
    key = actions.draft_procedure(with_street(lead), by=lead, now=NOW)
    version = actions.save_draft(key, with_street(lead), version=1, by=lead, now=NOW)

    assert version == 2
    with pytest.raises(StaleProcedureError):
        actions.save_draft(key, with_street(lead), version=1, by=lead, now=NOW)


def test_what_was_in_force_is_never_rewritten(lead):
    """Cases were worked by it."""
    with pytest.raises(WrittenProcedureError):
        actions.save_draft(
            "penalty_dispute.1", with_street(lead), version=1, by=lead, now=NOW
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": [{"en": "Only English."}]},
        {"owner": "boss"},
        {"terms": {}},
        {"fields": [STREET, STREET]},
        {"effective_from": "soon"},
        {"colour": "red"},
        {"fields": "all of them"},
    ],
)
def test_a_draft_that_is_not_whole_is_refused_with_its_line(lead, wrong):
    """As a file would be."""
    with pytest.raises(ReferenceDataError, match=r"draft:\d+"):
        actions.draft_procedure({**content(lead), **wrong}, by=lead, now=NOW)


def test_no_type_of_case_is_left_without_a_procedure_or_given_two(lead):
    """A version that takes another's type waits until that one gives it up."""
    two = {**content(lead), "case_types": ["penalty_dispute", "bug"]}
    none = {**content(lead, "bug.1"), "id": "penalty_dispute"}

    for changed in (two, none):
        key = actions.draft_procedure(changed, by=lead, now=NOW)
        with pytest.raises(UncoveredTypesError, match="Bug"):
            actions.put_in_force(key, version=1, by=lead, now=NOW, day=TODAY)

    assert opened(lead).key


def test_only_who_edits_procedures_does(lead):
    """An analyst reads them."""
    analyst = an_actor(RoleCode.ANALYST, "MX")

    with pytest.raises(ForbiddenError):
        actions.draft_procedure(with_street(analyst), by=analyst, now=NOW)


def test_what_is_in_force_is_written_where_the_command_line_reads_it(
    lead, published, django_capture_on_commit_callbacks
):
    """The approved file holds every version that is or was in force."""
    with django_capture_on_commit_callbacks(execute=True):
        in_force(lead)
        in_force(lead)

    sops = load_reference(published.parent).sops
    followed = sops.of(CaseType.PENALTY_DISPUTE, day=TODAY)
    assert followed.version == "3"
    assert sops.version("penalty_dispute", "1").effective_to == date(2026, 11, 22)
    assert "street_event" in {field.key for field in followed.required}
    assert trade().reference.sops == sops
