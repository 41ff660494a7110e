"""Alerts come in once; people open a case from one, or say why not."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.actions import NewAlert
from atalaia.desk.casework.errors import SettledAlertError, WrongAlertError
from atalaia.desk.casework.models import Alert, Case
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.case_codes import CaseSource, DismissalReason
from atalaia.domain.codes import RoleCode, Severity
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
STALE = NewAlert(
    market="MX",
    source="dagster",
    external_id="run-77",
    freshness_check="decision.daily",
    severity=Severity.HIGH,
    observed=30.0,
    expected=26.0,
    at=NOW - timedelta(hours=1),
    link="https://watch.example.org/runs/77",
)


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


def taken(by, **changed):
    """Take the alert in, changed; return its key."""
    return actions.take_in_alert(replace(STALE, **changed), by=by, now=NOW).key


def test_an_alert_comes_in_once(by):
    """Its source may send it as often as it likes."""
    first = actions.take_in_alert(STALE, by=by, now=NOW)
    again = actions.take_in_alert(STALE, by=by, now=NOW)
    assert (first.is_new, again.is_new) == (True, False)
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": "M10"},
        {"freshness_check": ""},
        {"link": "javascript:alert(1)"},
        {"link": "https://[half"},
        {"observed": float("nan")},
        {"source": "two words"},
        {"external_id": ""},
        {"at": NOW.replace(tzinfo=None)},
    ],
)
def test_an_alert_that_cannot_be_so_is_refused(by, wrong):
    """With the field that is wrong."""
    with pytest.raises(WrongAlertError):
        taken(by, **wrong)


def test_an_alert_of_another_market_is_not_there(by):
    """Neither to see nor to send."""
    other = an_actor(RoleCode.ANALYST, "BR")
    key = taken(by)
    assert queries.alerts(by=other).rows == ()
    with pytest.raises(ForbiddenError):
        taken(other)
    with pytest.raises(NotFoundError):
        actions.dismiss_alert(key, reason=DismissalReason.NOISE, by=other, now=NOW)


@pytest.mark.parametrize("role", [RoleCode.CENTRAL_TNS, RoleCode.CENTRAL_ECOSYSTEM])
def test_central_sees_no_alerts(by, role):
    """They are the region's."""
    taken(by)
    assert queries.alerts(by=an_actor(role)).rows == ()


def test_one_press_opens_the_case_with_its_evidence(browser, by):
    """The case says what was noticed, and both lead to each other."""
    key = taken(by)

    answer = browser.post(f"/cases/alerts/{key}/open-case/")

    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.key}/"
    assert (case.type, case.source, case.priority) == ("bug", CaseSource.ALERT, "P2")
    assert case.fields["evidence_ref"] == STALE.link
    assert "decision.daily is 30, not 26" in case.description
    assert queries.one_alert(key, by=by).case_key == case.key
    assert "run-77" in browser.get(f"/cases/{case.key}/").content.decode()
    assert queries.alerts(by=by).rows == ()


@pytest.mark.parametrize(
    ("metric", "kind"),
    [("M10", "overkill"), ("M12", "leakage"), ("M49s60", "traffic_drop")],
)
def test_the_case_has_the_type_that_fits_the_metric(browser, by, metric, kind):
    """Whoever opens it may choose another."""
    key = taken(by, metric=metric, freshness_check="")
    browser.post(f"/cases/alerts/{key}/open-case/")
    assert Case.objects.get().type == kind


def test_two_who_press_open_one_case(browser, by):
    """The second is told."""
    key = taken(by)
    browser.post(f"/cases/alerts/{key}/open-case/")
    assert browser.post(f"/cases/alerts/{key}/open-case/").status_code == 409
    assert Case.objects.count() == 1


def test_a_dismissal_has_a_reason_and_can_be_taken_back(browser, by):
    """A dismissed alert waits no more, and says why."""
    key = taken(by)
    assert browser.post(f"/cases/alerts/{key}/dismiss/").status_code == 422
    browser.post(f"/cases/alerts/{key}/dismiss/", {"reason": "noise"})
    assert queries.alerts(by=by).rows == ()
    settled = browser.get("/cases/alerts/?standing=settled").content.decode()
    assert "Noise" in settled

    browser.post(f"/cases/alerts/{key}/bring-back/")

    assert [row.key for row in queries.alerts(by=by).rows] == [key]


def test_only_a_dismissed_alert_is_brought_back(by):
    """The others wait, or are a case."""
    with pytest.raises(SettledAlertError):
        actions.bring_back_alert(taken(by), by=by, now=NOW)


CSV = (
    "market,source,external_id,metric,severity,at\n"
    "MX,grafana,1,M10,high,2026-11-23T10:00:00Z\n"
    "MX,grafana,1,M10,high,2026-11-23T10:00:00Z\n"
    "BR,grafana,2,M10,high,2026-11-23T10:00:00Z\n"
    "MX,grafana,3,M10,loud,2026-11-23T10:00:00Z\n"
)
LIST = json.dumps(
    [
        {
            "market": "MX",
            "source": "s",
            "external_id": "1",
            "metric": "M10",
            "severity": "low",
            "observed": 1.5,
            "at": "2026-11-23T10:00:00+00:00",
        }
    ]
)


@pytest.mark.parametrize(("text", "come"), [(CSV, 1), (LIST, 1)])
def test_alerts_come_in_from_a_file(browser, text, come):
    """A row that is refused costs its neighbours nothing."""
    file = SimpleUploadedFile("alerts", text.encode())
    browser.post("/cases/alerts/import/", {"file": file})
    page = browser.get("/cases/alerts/")
    assert Alert.objects.count() == come
    assert page.context["read"][0]["is_new"]


@pytest.mark.parametrize("text", ["", "[1]", '[{"colour": "red"}]', "a,b\n1,2", "[["])
def test_a_file_of_something_else_is_refused_whole(browser, text):
    """Nothing is taken in."""
    file = SimpleUploadedFile("alerts", text.encode())
    answer = browser.post("/cases/alerts/import/", {"file": file})
    assert answer.status_code in {400, 422}


def test_the_list_asks_the_database_as_often_for_many_alerts(browser, by):
    """However many there are."""
    asked = []
    for start, rows in ((0, 2), (2, 30)):
        for number in range(start, start + rows):
            taken(by, external_id=f"run-{number}")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/cases/alerts/")
        asked.append(len(seen))
    assert asked[0] == asked[1]
