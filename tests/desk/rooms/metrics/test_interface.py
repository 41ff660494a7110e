"""Figures for programs: the same as on pages, as far as the token reaches."""

import pytest

from atalaia.domain.codes import RoleCode
from desk.api.calls import a_token, called

pytestmark = pytest.mark.django_db


def test_the_list_tells_each_metric_with_its_definition(watched):
    """In all three languages, with what it can be split by."""
    told = called("GET", "/metrics", token=a_token(RoleCode.ANALYST, "MX")).json()
    overkill = next(each for each in told["metrics"] if each["id"] == "M10")
    assert all(overkill["definition"].values())
    assert "market" in overkill["dimensions"]


def test_a_figure_comes_with_its_interval_and_n(watched):
    """Where it is given, it lies within its interval."""
    token = a_token(RoleCode.REGIONAL_LEAD)
    answers = [
        called("GET", f"/metrics/{name}?grain=period", token=token).json()
        for name in ("M02", "M06", "M10", "M25", "M48")
    ]
    figures = [each for answer in answers for each in answer["figures"]]
    told = [each for each in figures if each["interval"]]
    assert told
    assert all(
        e["interval"]["low"] <= e["value"] <= e["interval"]["high"] for e in told
    )
    assert all(each["n"] > 0 for each in told)


def test_a_token_reads_figures_of_its_markets_only(watched):
    """Another market is not there; a total is over its own."""
    token = a_token(RoleCode.ANALYST, "MX")
    there = called("GET", "/metrics/M02?market=BR", token=token)
    split = called("GET", "/metrics/M02?by=market&grain=period", token=token).json()
    assert there.status_code == 404
    assert {each["dims"]["market"] for each in split["figures"]} <= {"MX"}


@pytest.mark.parametrize(
    "path",
    ["/M02?colour=red", "/M99", "/M02?from=soon", "/M02?by=colour", "/M02?grain=hour"],
)
def test_what_does_not_exist_is_refused_by_name(watched, path):
    """Never ignored."""
    answer = called("GET", f"/metrics{path}", token=a_token(RoleCode.ANALYST, "MX"))
    assert answer.status_code == 422


def test_a_role_without_figures_reads_none(watched):
    """Central reads cases."""
    token = a_token(RoleCode.CENTRAL_TNS)
    assert called("GET", "/metrics", token=token).status_code == 403
