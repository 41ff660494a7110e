"""Where somebody stands after they signed in."""

import pytest

from atalaia.domain.codes import RoleCode
from desk.people import a_client, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "led"),
    [
        (RoleCode.ANALYST, []),
        (RoleCode.CENTRAL_TNS, []),
        (RoleCode.AGENCY_VIEWER, []),
        (RoleCode.ADMIN, [("/reference/sops/", 302)]),
    ],
)
def test_each_role_begins_with_the_first_job_of_its_rail(role: RoleCode, led: list):
    """Nobody is led to a page that their role does not open."""
    client = a_client(a_person(role, "BR", agency="agency-1"))
    answer = client.get("/", follow=True)

    assert (answer.redirect_chain, answer.status_code) == (led, 200)


def test_a_stranger_signs_in_first(client):
    """The start of the desk is for people whom it knows."""
    assert client.get("/").url == "/accounts/login/?next=/"
