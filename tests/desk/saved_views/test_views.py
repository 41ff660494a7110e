"""Views are kept, found, changed, shared within one side, and taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.people_changes import close
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.audit.models import Entry
from atalaia.desk.running.rows import kept_models, name_of
from atalaia.desk.saved_views.actions import (
    MOST_VIEWS,
    change_view,
    end_sharing,
    remove_view,
)
from atalaia.desk.saved_views.errors import (
    NoSuchPageError,
    NotSharedSoError,
    NoViewNameError,
    PersonalViewError,
    TooManyViewsError,
    ViewNameTakenError,
)
from atalaia.desk.saved_views.models import SavedView
from atalaia.desk.saved_views.queries import views_of
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.codes import RoleCode
from desk.a_view import ADDRESS, a_view
from desk.people import NOW, a_person, an_actor

pytestmark = pytest.mark.django_db
ANALYST, LEAD = RoleCode.ANALYST, RoleCode.REGIONAL_LEAD


def names(by):
    return [view.name for view in views_of(by)]


def test_a_view_is_kept_with_its_filters_and_none_of_the_moment():
    """The case in hand and the page of the list are no part of it."""
    by = an_actor(ANALYST, "MX")

    a_view(by, address=f"{ADDRESS}&words=&open=MX-2026-000001&after=x")

    (view,) = views_of(by)
    assert view.place.address == ADDRESS


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/cases/",
        "//evil.example/cases/",
        "/people/",
        "/cases/MX-2026-000001/",
        "/nowhere",
        "cases/",
        "",
        "http://[/cases/",
        "/cases/?words=" + "a" * 2_001,
    ],
)
def test_only_lists_of_this_desk_are_kept(address):
    """A view leads to no other site, and to no page that a list is not."""
    with pytest.raises(NoSuchPageError):
        a_view(an_actor(ANALYST, "MX"), address=address)


def test_a_page_that_somebody_may_not_see_is_not_theirs_to_keep():
    """Central sees no figures."""
    with pytest.raises(ForbiddenError):
        a_view(an_actor(RoleCode.CENTRAL_TNS), address="/watch/")


@pytest.mark.parametrize("name", ["", "   ", "a" * 61])
def test_a_view_needs_a_name(name):
    """Else nobody finds it again."""
    with pytest.raises(NoViewNameError):
        a_view(an_actor(ANALYST, "MX"), name=name)


def test_two_views_of_one_person_have_two_names():
    """What colleagues call theirs is no matter."""
    by = an_actor(ANALYST, "MX")
    a_view(an_actor(ANALYST, "MX"), name="Late", market="*")
    a_view(by, name="Late")

    with pytest.raises(ViewNameTakenError):
        a_view(by, name=" Late ")


def test_there_are_no_more_than_somebody_finds_their_way_in():
    """The next one is refused, and says how many there can be."""
    by = an_actor(ANALYST, "MX")
    for number in range(MOST_VIEWS):
        a_view(by, name=f"{number}")

    with pytest.raises(TooManyViewsError):
        a_view(by, name="one more")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ana, ana@example.org", ADDRESS),
        ("Mine", "/cases/?words=ana%40example.org"),
        ("Mine", "/cases/?q=ana%40example.org"),
    ],
)
def test_what_names_a_person_is_not_kept(name, address):
    """Neither in the name nor in the words that the list looks for."""
    with pytest.raises(PersonalViewError):
        a_view(an_actor(ANALYST, "MX"), name=name, address=address)


def test_a_private_view_is_there_for_its_owner_alone():
    """Not even for a lead."""
    a_view(an_actor(ANALYST, "MX"))

    assert names(an_actor(LEAD)) == []


def test_a_market_shares_with_those_who_work_there():
    """And with those who work everywhere."""
    a_view(an_actor(ANALYST, "MX"), market="MX")

    assert names(an_actor(ANALYST, "MX")) == ["Mine"]
    assert names(an_actor(LEAD)) == ["Mine"]
    assert names(an_actor(ANALYST, "BR")) == []


@pytest.mark.parametrize(
    ("role", "agency"),
    [
        (RoleCode.CENTRAL_TNS, ""),
        (RoleCode.CENTRAL_ECOSYSTEM, ""),
        (RoleCode.AGENCY_VIEWER, "a-1"),
        (RoleCode.ADMIN, ""),
    ],
)
@pytest.mark.parametrize("market", ["MX", "*"])
def test_nothing_crosses_to_another_side(role, agency, market):
    """The region's names of things are not for central, nor for an agency."""
    by = an_actor(LEAD)
    a_view(by, market=market)
    a_view(by, name="Figures", address="/watch/", market=market)

    assert names(an_actor(role, "MX", agency=agency)) == []


def test_what_central_shares_stays_in_its_team():
    """Neither the region nor the other team reads it."""
    a_view(an_actor(RoleCode.CENTRAL_TNS), market="*")

    assert names(an_actor(RoleCode.CENTRAL_TNS)) == ["Mine"]
    assert names(an_actor(RoleCode.CENTRAL_ECOSYSTEM)) == []
    assert names(an_actor(LEAD)) == []


@pytest.mark.parametrize("market", ["BR", "XX", "nobody"])
def test_nobody_shares_beyond_their_own_markets(market):
    """A market that is not theirs is refused, as is one that there is not."""
    with pytest.raises(NotSharedSoError):
        a_view(an_actor(ANALYST, "MX"), market=market)


def test_an_agency_shares_with_nobody():
    """It keeps views for itself."""
    agency = an_actor(RoleCode.AGENCY_VIEWER, "MX", agency="a-1")
    a_view(agency, address="/watch/")

    with pytest.raises(NotSharedSoError):
        a_view(agency, name="Ours", address="/watch/", market="*")


def test_a_shared_view_of_a_page_that_a_role_lacks_is_not_there():
    """Whoever loses a right loses the views of its pages, and none of the others."""
    person = a_person(RoleCode.AGENCY_VIEWER, "MX", agency="a-1")
    a_view(actor_of(person, channel=Channel.PAGE), address="/watch/")
    person.grants.update(role=RoleCode.ADMIN, agency_id="")

    assert names(actor_of(person, channel=Channel.PAGE)) == []


def test_ones_own_view_takes_another_name_and_other_readers():
    """Its filters stay."""
    by = an_actor(ANALYST, "MX")
    key = a_view(by)

    change_view(key, name="Late", market="MX", by=by, now=NOW)

    (view,) = views_of(by)
    assert (view.name, view.market, view.place.address) == ("Late", "MX", ADDRESS)


def test_sharing_ends_as_it_began():
    """The view is its owner's alone again."""
    by = an_actor(ANALYST, "MX")
    key = a_view(by, market="MX")

    change_view(key, name="Mine", market="", by=by, now=NOW)

    assert names(an_actor(ANALYST, "MX")) == []
    assert SavedView.objects.get().side == ""


def test_nobody_changes_or_deletes_the_view_of_a_colleague():
    """However widely it is shared."""
    key = a_view(an_actor(ANALYST, "MX"), market="*")
    by = an_actor(LEAD)

    with pytest.raises(NotFoundError):
        change_view(key, name="Mine now", market="", by=by, now=NOW)
    with pytest.raises(NotFoundError):
        remove_view(key, by=by, now=NOW)


def test_a_lead_ends_the_sharing_of_a_view_and_its_owner_keeps_it():
    """An unfit name is not read by everybody for as long as somebody is on leave."""
    owner = an_actor(ANALYST, "MX")
    key = a_view(owner, market="*")

    end_sharing(key, by=an_actor(LEAD), now=NOW)

    assert names(an_actor(ANALYST, "MX")) == []
    assert names(owner) == ["Mine"]


def test_who_leads_nobody_ends_no_sharing():
    """Nor does a lead where a view is not shared with them."""
    key = a_view(an_actor(ANALYST, "MX"), market="MX")
    private = a_view(an_actor(ANALYST, "MX"))

    with pytest.raises(ForbiddenError):
        end_sharing(key, by=an_actor(ANALYST, "MX"), now=NOW)
    with pytest.raises(NotFoundError):
        end_sharing(private, by=an_actor(LEAD), now=NOW)


def test_private_views_end_with_an_account_and_shared_ones_stay():
    """Colleagues go on working with what was shared, until a lead ends it."""
    person = a_person(ANALYST, "MX")
    owner, lead = actor_of(person, channel=Channel.PAGE), an_actor(LEAD)
    a_view(owner, name="Alone")
    key = a_view(owner, name="Shared", market="*")

    close(person.pk, now=NOW)
    assert names(lead) == ["Shared"]

    end_sharing(key, by=lead, now=NOW)
    assert not SavedView.objects.exists()


def test_every_change_is_in_the_trail_and_no_word_of_it():
    """The chain holds, with who did what to which view."""
    by = an_actor(ANALYST, "MX")
    key = a_view(by)
    change_view(key, name="Late", market="MX", by=by, now=NOW)
    remove_view(key, by=by, now=NOW)

    told = Entry.objects.order_by("seq").values_list("action", "object_key", "actor")
    assert list(told) == [
        ("view.keep", str(key), by.key),
        ("view.change", str(key), by.key),
        ("view.remove", str(key), by.key),
    ]


def test_a_backup_carries_them():
    """Whoever restores finds their views again."""
    assert "saved_views.savedview" in map(name_of, kept_models())


def test_finding_views_asks_as_often_for_many_as_for_one():
    """The rail of every page asks for them."""
    by = an_actor(LEAD)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            views_of(by)
        return len(queries)

    a_view(by)
    few = asked()
    for number in range(5):
        a_view(an_actor(ANALYST, "MX"), name=f"{number}", market="*")

    assert (few, asked()) == (1, 1)
