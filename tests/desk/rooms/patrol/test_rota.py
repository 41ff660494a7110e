"""Who is on duty on which day, and where nobody is."""

from dataclasses import replace
from datetime import date

import pytest

from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.audit.models import Entry
from atalaia.desk.rooms.patrol.errors import (
    NoSuchDayError,
    NotWorkingThereError,
    WrongSpanError,
)
from atalaia.desk.rooms.patrol.models import Duty
from atalaia.desk.rooms.patrol.rota_actions import DutyWish, set_duty
from atalaia.desk.rooms.patrol.rota_queries import rota
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.domain.codes import RoleCode
from atalaia.domain.patrol_codes import DutyDays, DutyKind
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def ana():
    """An analyst of Mexico and Brazil."""
    return an_actor(RoleCode.ANALYST, "MX", "BR")


@pytest.fixture
def bia():
    """An analyst of Brazil."""
    return an_actor(RoleCode.ANALYST, "BR")


def a_wish(to, **told):
    """Who is on duty in Mexico through the week."""
    values = {
        "markets": ("MX",),
        "to": None if to is None else person_id_of(to),
        "start": MONDAY,
        "end": SUNDAY,
        "days": DutyDays.EVERY,
    }
    return DutyWish(**{**values, **told})


def on(day, by, **asked):
    """The lines of one day."""
    (found,) = [each for each in rota(by=by, now=NOW, **asked) if each.day == day]
    return found.lines


def test_a_day_to_which_nobody_was_put_is_a_gap_in_each_market(ana):
    """Said once for the markets that ask for the same."""
    (line,) = on(MONDAY, ana)

    assert (line.kind, line.name, set(line.markets)) == (
        DutyKind.PATROL,
        "",
        {"MX", "BR"},
    )


def test_a_week_end_asks_for_somebody_on_call(ana):
    """Whoever was put there is the one."""
    set_duty(a_wish(ana, days=DutyDays.OFF), by=ana, now=NOW)
    (line,) = on(SATURDAY, ana, markets=["MX"])

    assert (line.kind, line.name, line.is_mine) == (DutyKind.ON_CALL, ana.name, True)
    assert on(MONDAY, ana, markets=["MX"])[0].name == ""


def test_a_public_holiday_is_no_working_day(ana):
    """Christmas falls on a Friday."""
    wish = a_wish(ana, start=CHRISTMAS, end=CHRISTMAS, days=DutyDays.OFF)

    assert set_duty(wish, by=ana, now=NOW) == 1


def test_whoever_is_put_there_takes_the_place_of_who_was(ana, bia):
    """One stands on a day, and the days that stay as they were are not counted."""
    set_duty(a_wish(ana, markets=("BR",)), by=ana, now=NOW)
    changed = set_duty(a_wish(bia, markets=("BR",), start=SATURDAY), by=bia, now=NOW)

    assert changed == 2
    assert Duty.objects.filter(market="BR").count() == 7
    assert not on(SATURDAY, ana, markets=["BR"])[0].is_mine
    assert set_duty(a_wish(bia, markets=("BR",), start=SATURDAY), by=bia, now=NOW) == 0


def test_nobody_can_be_put_there(ana):
    """The day is a gap again."""
    set_duty(a_wish(ana), by=ana, now=NOW)
    set_duty(a_wish(None), by=ana, now=NOW)

    assert Duty.objects.count() == 0


def test_without_a_market_it_is_for_those_on_which_both_work(ana, bia):
    """Nobody is put where they may not act."""
    set_duty(a_wish(bia, markets=()), by=ana, now=NOW)

    assert set(Duty.objects.values_list("market", flat=True)) == {"BR"}


def test_who_does_not_work_there_is_not_put_there(ana, bia):
    """They could not act on what they see."""
    with pytest.raises(NotWorkingThereError):
        set_duty(a_wish(bia), by=ana, now=NOW)


def test_who_does_not_work_there_does_not_plan_it(bia):
    """However they came to the form."""
    with pytest.raises(ForbiddenError):
        set_duty(a_wish(bia), by=bia, now=NOW)


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"start": date(2026, 11, 22)}, WrongSpanError),
        ({"end": date(2026, 11, 22)}, WrongSpanError),
        ({"end": date(2027, 3, 1)}, WrongSpanError),
        ({"end": MONDAY, "days": DutyDays.OFF}, NoSuchDayError),
    ],
)
def test_days_that_cannot_be_so_are_refused(ana, told, error):
    """What has passed, what lies too far ahead, and what has no such day."""
    with pytest.raises(error):
        set_duty(a_wish(ana, **told), by=ana, now=NOW)


def test_whose_account_is_closed_is_nobody(ana):
    """They cannot be reached."""
    person = a_person(RoleCode.ANALYST, "MX", email="eva@example.org")
    set_duty(replace(a_wish(None), to=person.pk), by=ana, now=NOW)
    person.is_active = False
    person.save()

    assert on(MONDAY, ana, markets=["MX"])[0].name == ""


def test_a_change_is_in_the_trail_once_a_market(ana):
    """With the days in its digest."""
    set_duty(a_wish(ana, markets=()), by=ana, now=NOW)
    told = Entry.objects.filter(action="duty.set").values_list("object_key", "market")

    assert sorted(told) == [("BR", "BR"), ("MX", "MX")]


def test_the_rota_costs_one_read_however_full_it_is(ana, django_assert_num_queries):
    """People are read with their duties."""
    set_duty(a_wish(ana, markets=()), by=ana, now=NOW)

    with django_assert_num_queries(1):
        rota(by=ana, now=NOW)


def test_what_is_typed_stands_on_the_rota_and_on_today():
    """By the form, with the person's name."""
    person = a_person(RoleCode.ANALYST, "MX", email="eva@example.org")
    browser = a_client(person)
    typed = {
        "person": str(person.pk),
        "market": "MX",
        "start": "2026-11-23",
        "end": "2026-11-29",
        "days": "every",
    }
    page = browser.post("/patrol/rota/duty/", typed, follow=True).content.decode()

    assert "7 duties were set." in page
    assert "nobody yet" not in browser.get("/").content.decode()


def test_who_only_reads_sets_no_rota():
    """An educator sees who is on duty."""
    reader = a_client(a_person(RoleCode.EDUCATOR, "MX"))

    assert "/patrol/rota/duty/" not in reader.get("/patrol/rota/").content.decode()
    assert reader.get("/patrol/rota/duty/").status_code == 403
