"""Alerts by the interface: each once, within the market of the token."""

import pytest

from atalaia.desk.casework.models import Alert
from atalaia.domain.codes import RoleCode
from desk.api.calls import a_token, called

pytestmark = pytest.mark.django_db
ALERT = {
    "market": "MX",
    "source": "dagster",
    "external_id": "run-77",
    "freshness_check": "decision.daily",
    "severity": "high",
    "observed": 30,
    "expected": 26,
    "at": "2026-11-23T14:00:00Z",
    "link": "https://watch.example.org/runs/77",
}


def sent(token, *, key="k-1", **changed):
    """Send the alert, changed."""
    return called("POST", "/alerts", token=token, key=key, body=ALERT | changed)


def test_an_alert_is_taken_in_once_however_it_is_sent():
    """Again with the same key, or with another."""
    token = a_token(RoleCode.ANALYST, "MX")
    first, twin, again = sent(token), sent(token), sent(token, key="k-2")
    assert (first.status_code, first.json()["is_new"]) == (201, True)
    assert twin.json() == first.json()
    assert again.json() == {"key": first.json()["key"], "is_new": False}
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"metric": "M10"},
        {"severity": "loud"},
        {"at": "2026-11-23T14:00:00"},
        {"link": "javascript:alert(1)"},
        {"market": "XX"},
        {"colour": "red"},
        {"observed": "many"},
    ],
)
def test_an_alert_that_cannot_be_so_is_refused(wrong):
    """It leaves nothing behind."""
    assert sent(a_token(RoleCode.ANALYST, "MX"), **wrong).status_code == 422
    assert not Alert.objects.exists()


def test_a_token_sends_alerts_of_its_markets_only():
    """And only with the right to work on cases."""
    assert sent(a_token(RoleCode.ANALYST, "BR")).status_code == 403
    assert sent(a_token(RoleCode.QUALITY_REVIEWER, "MX")).status_code == 403
