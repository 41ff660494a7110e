"""Who is erased is in no view any more, and no view shows more for it."""

import pytest

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.erasure import erase_subjects
from atalaia.desk.saved_views.queries import views_of
from atalaia.domain.codes import RoleCode
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import sought
from desk.a_view import a_view
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
PSEUDONYMS = Pseudonymiser(b"p" * 32)
ANA = PSEUDONYMS.of("7421339")


def test_a_view_of_an_erased_creator_names_nobody_and_stays_narrow():
    """Without its filter it would show everybody's cases."""
    by = an_actor(RoleCode.ANALYST, "MX")
    a_view(by, name=f"Cases of {ANA}", address=f"/cases/?creator={ANA}&owner=me")
    people = sought(["7421339"], kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS)

    erase_subjects(people, by=COMMAND, now=NOW)

    (view,) = views_of(by)
    mark = "[erased 2026-11-23]"
    assert view.name == mark
    assert view.place.asked == (("creator", mark), ("owner", "me"))
