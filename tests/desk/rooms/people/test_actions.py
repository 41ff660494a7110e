"""Who may change accounts and roles, and what must never happen to them."""

import pytest
from django.test import Client

from atalaia.desk.accounts.actor import Actor, Channel
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.people_changes import AddressTakenError
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.audit.models import Entry
from atalaia.desk.rooms.people import actions, own_actions
from atalaia.desk.rooms.people.errors import (
    ClosedAccountError,
    GoneRoleError,
    LastAdminError,
    OwnRightsError,
)
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.domain.codes import RoleCode
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


def acted(person: Person) -> Actor:
    return actor_of(person, channel=Channel.PAGE)


def roles(person: Person) -> set[tuple[str, str, str]]:
    return set(
        RoleGrant.objects.filter(person=person).values_list(
            "role", "market", "agency_id"
        )
    )


def test_a_role_is_given_in_each_market():
    """An analyst of two markets holds the role twice."""
    admin, person = an_actor(RoleCode.ADMIN), a_person(RoleCode.EDUCATOR, "PE")
    actions.grant_role(
        person.pk, by=admin, role=RoleCode.ANALYST, markets=["MX", "CO"], now=NOW
    )
    assert roles(person) == {
        ("educator", "PE", ""),
        ("analyst", "MX", ""),
        ("analyst", "CO", ""),
    }


def test_a_role_given_twice_is_held_once():
    """Two administrators at the same time do no harm."""
    admin, person = an_actor(RoleCode.ADMIN), a_person(RoleCode.ANALYST, "MX")
    actions.grant_role(
        person.pk, by=admin, role=RoleCode.ANALYST, markets=["MX"], now=NOW
    )
    assert roles(person) == {("analyst", "MX", "")}


@pytest.mark.parametrize("role", [r for r in RoleCode if r is not RoleCode.ADMIN])
def test_only_administrators_give_roles(role):
    """A lead cannot give rights: neither to themselves nor to anybody."""
    person = a_person(role, "MX")
    for target in (person, a_person()):
        with pytest.raises(ForbiddenError):
            actions.grant_role(
                target.pk, by=acted(person), role=RoleCode.ADMIN, now=NOW
            )
    assert not RoleGrant.objects.filter(role=RoleCode.ADMIN).exists()


def test_administrators_give_nothing_to_themselves():
    """What an administrator may see besides, another one decides."""
    admin = a_person(RoleCode.ADMIN)
    with pytest.raises(OwnRightsError):
        actions.grant_role(
            admin.pk, by=acted(admin), role=RoleCode.REGIONAL_LEAD, now=NOW
        )


def held(person: Person) -> int:
    return RoleGrant.objects.get(person=person).pk


def test_a_role_can_be_taken_away():
    """The person keeps the account and sees nothing."""
    admin, person = an_actor(RoleCode.ADMIN), a_person(RoleCode.ANALYST, "MX")
    actions.revoke_role(person.pk, by=admin, held=held(person), now=NOW)
    assert roles(person) == set()


def test_a_role_of_somebody_else_is_not_taken_by_mistake():
    """The role must be of the person whose page it is."""
    admin, person, other = an_actor(RoleCode.ADMIN), a_person(), a_person()
    with pytest.raises(GoneRoleError):
        actions.revoke_role(person.pk, by=admin, held=held(other), now=NOW)
    assert roles(other)


def test_the_last_administrator_keeps_the_role():
    """Otherwise nobody could ever add people again."""
    admin = a_person(RoleCode.ADMIN)
    with pytest.raises(LastAdminError):
        actions.revoke_role(admin.pk, by=acted(admin), held=held(admin), now=NOW)
    assert roles(admin)


def test_the_last_administrator_keeps_the_account():
    """Neither do they close it."""
    admin = a_person(RoleCode.ADMIN)
    with pytest.raises(LastAdminError):
        actions.close_account(admin.pk, by=acted(admin), now=NOW)
    admin.refresh_from_db()
    assert admin.is_active


def test_a_closed_administrator_does_not_count():
    """Somebody who cannot sign in cannot add people."""
    admin, gone = a_person(RoleCode.ADMIN), a_person(RoleCode.ADMIN)
    actions.close_account(gone.pk, by=acted(admin), now=NOW)
    with pytest.raises(LastAdminError):
        actions.close_account(admin.pk, by=acted(admin), now=NOW)


def test_one_of_two_administrators_may_go():
    """By themselves, if they wish."""
    admin, _ = a_person(RoleCode.ADMIN), a_person(RoleCode.ADMIN)
    actions.revoke_role(admin.pk, by=acted(admin), held=held(admin), now=NOW)
    assert roles(admin) == set()


def test_closing_an_account_ends_its_sessions_at_once():
    """Whoever is signed in with it is out at the next click."""
    admin, person = an_actor(RoleCode.ADMIN), a_person()
    client = a_client(person)
    actions.close_account(person.pk, by=admin, now=NOW)
    assert client.get("/account/").status_code == 302


def test_an_account_that_opens_again_revives_no_session():
    """Its owner sets a new password first."""
    admin, person = an_actor(RoleCode.ADMIN), a_person()
    client = a_client(person)
    actions.close_account(person.pk, by=admin, now=NOW)
    actions.reopen_account(person.pk, by=admin, now=NOW)
    assert client.get("/account/").status_code == 302
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_closed_account_takes_no_role():
    """It is opened first."""
    admin, person = an_actor(RoleCode.ADMIN), a_person()
    actions.close_account(person.pk, by=admin, now=NOW)
    with pytest.raises(ClosedAccountError):
        actions.grant_role(person.pk, by=admin, role=RoleCode.ADMIN, now=NOW)


def test_one_address_has_one_account():
    """Whatever the capitals; a closed account keeps its address."""
    admin = an_actor(RoleCode.ADMIN)
    a_person(email="ana@example.org")
    with pytest.raises(AddressTakenError):
        actions.add_person(
            by=admin, email="ANA@example.org", name="Ana", language="es", now=NOW
        )


def test_somebody_new_cannot_sign_in_before_they_set_a_password():
    """And holds no role."""
    admin = an_actor(RoleCode.ADMIN)
    key = actions.add_person(
        by=admin, email="ana@example.org", name="Ana", language="es", now=NOW
    )
    person = Person.objects.get(pk=key)
    typed = {"login": person.email, "password": ""}
    assert not Client().post("/accounts/login/", typed).wsgi_request.user.is_active
    assert (person.has_usable_password(), roles(person)) == (False, set())


def test_every_change_is_on_the_trail():
    """Who did what to whom, in order."""
    admin = an_actor(RoleCode.ADMIN)
    key = actions.add_person(
        by=admin, email="ana@example.org", name="Ana", language="es", now=NOW
    )
    person = Person.objects.get(pk=key)
    actions.send_link(key, by=admin, now=NOW)
    actions.grant_role(key, by=admin, role=RoleCode.ANALYST, markets=["MX"], now=NOW)
    actions.revoke_role(key, by=admin, held=held(person), now=NOW)
    actions.close_account(key, by=admin, now=NOW)
    actions.reopen_account(key, by=admin, now=NOW)
    own = acted(person)
    own_actions.introduce(by=own, name="Ana Paula", language="pt", now=NOW)
    own_actions.change_looks(by=own, looks={"theme": "dark"}, now=NOW)

    told = Entry.objects.order_by("seq").values_list("action", "actor", "object_key")
    subject, whom = f"person-{key}", str(key)
    assert list(told) == [
        ("person.add", admin.key, whom),
        ("person.invite", admin.key, whom),
        ("person.grant", admin.key, whom),
        ("person.revoke", admin.key, whom),
        ("person.close", admin.key, whom),
        ("person.reopen", admin.key, whom),
        ("person.introduce", subject, whom),
        ("person.look", subject, whom),
    ]


def test_the_trail_holds_no_name_and_no_address():
    """Ids and digests only."""
    admin = an_actor(RoleCode.ADMIN)
    actions.add_person(
        by=admin, email="ana@example.org", name="Ana", language="es", now=NOW
    )
    written = str(list(Entry.objects.values()))
    assert "ana@" not in written
    assert "Ana" not in written
