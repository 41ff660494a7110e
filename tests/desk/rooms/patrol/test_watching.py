"""Who is on the watch-list, when they are to be seen again, and until when."""

from datetime import date, timedelta

import pytest

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.erasure import erase_subjects
from atalaia.desk.audit.models import Entry
from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.rooms.patrol.errors import (
    AlreadyWatchedError,
    EndedWatchError,
    NoPseudonymError,
    NotLastSightingError,
    WrongDayError,
    WrongSessionError,
)
from atalaia.desk.rooms.patrol.models import Sighting, Watched
from atalaia.desk.rooms.patrol.watch_actions import (
    put_back,
    say_seen,
    take_off,
    unsay_seen,
    watch,
)
from atalaia.desk.rooms.patrol.watch_queries import (
    no_longer_watched,
    seen_lately,
    watch_list,
)
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.codes import RoleCode
from atalaia.domain.patrol_codes import WatchKind
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import sought
from desk.a_watch import WATCHED, a_watch, new_watch
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
PSEUDONYMS = Pseudonymiser(b"p" * 32)
HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=10)
"""After the last day of the line that the tests put on the list."""


@pytest.fixture
def ana():
    """An analyst of Mexico."""
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def bia():
    """Another analyst of Mexico."""
    return an_actor(RoleCode.ANALYST, "MX")


def due(by, *, now=NOW):
    """The keys of what is due to be seen."""
    return [row.key for row in watch_list(by=by, now=now).due]


def test_what_is_put_on_the_list_is_due_at_once(ana):
    """Somebody wants it looked at, and nobody has."""
    key = a_watch(ana)

    assert due(ana) == [key]


def test_what_was_seen_is_due_when_its_hours_have_passed(ana):
    """Not before, and then until somebody looks."""
    key = a_watch(ana, every_hours=4)
    say_seen(key, by=ana, now=NOW)

    assert due(ana, now=NOW + 3 * HOUR) == []
    assert due(ana, now=NOW + 4 * HOUR) == [key]


def test_the_longest_unseen_comes_first(ana):
    """What nobody has seen yet comes before all."""
    first = a_watch(ana, kind=WatchKind.SESSION, subject_id="s-1", every_hours=4)
    second = a_watch(ana, kind=WatchKind.SESSION, subject_id="s-2", every_hours=4)
    never = a_watch(ana, kind=WatchKind.SESSION, subject_id="s-3")
    say_seen(second, by=ana, now=NOW)
    say_seen(first, by=ana, now=NOW + HOUR)

    assert due(ana, now=NOW + 9 * HOUR) == [never, second, first]


def test_the_list_ends_with_the_last_day_in_its_market(ana):
    """30 November ends at 06:00 UTC in Mexico City."""
    key = a_watch(ana, until=date(2026, 11, 30))
    ends = Watched.objects.get(pk=key).lapses_at

    assert ends.isoformat() == "2026-12-01T06:00:00+00:00"
    assert due(ana, now=ends - HOUR) == [key]
    assert due(ana, now=ends) == []
    assert [row.key for row in no_longer_watched(by=ana, now=ends)] == [key]


def test_what_is_over_is_not_seen_any_more(ana):
    """Whoever presses has an old page before them."""
    key = a_watch(ana)

    with pytest.raises(EndedWatchError):
        say_seen(key, by=ana, now=LATER)


def test_one_creator_stands_on_the_list_once(ana, bia):
    """And the refusal says who put them there."""
    a_watch(ana)

    with pytest.raises(AlreadyWatchedError) as told:
        a_watch(bia)

    assert told.value.fields == {"subject": WATCHED, "name": ana.name}


def test_a_creator_whose_last_day_passed_can_be_watched_again(ana):
    """The old line makes way."""
    a_watch(ana)
    again = watch(new_watch(until=date(2026, 12, 5)), by=ana, now=LATER)

    assert due(ana, now=LATER) == [again]


def test_what_was_taken_off_can_be_put_back(ana):
    """With what was seen of it."""
    key = a_watch(ana)
    take_off(key, by=ana, now=NOW)
    assert due(ana) == []

    put_back(key, by=ana, now=NOW)

    assert due(ana) == [key]


def test_what_was_added_anew_is_not_put_back_beside_it(ana):
    """Two lines for one creator would be seen twice."""
    key = a_watch(ana)
    take_off(key, by=ana, now=NOW)
    a_watch(ana)

    with pytest.raises(AlreadyWatchedError):
        put_back(key, by=ana, now=NOW)


def test_what_has_lapsed_is_not_put_back(ana):
    """It would leave the list at once."""
    key = a_watch(ana)
    take_off(key, by=ana, now=NOW)

    with pytest.raises(EndedWatchError):
        put_back(key, by=ana, now=LATER)


def test_a_sighting_taken_back_leaves_what_was_seen_before(ana):
    """The line is due by the sighting that is the newest then."""
    key = a_watch(ana, every_hours=4)
    say_seen(key, by=ana, now=NOW)
    unsay_seen(say_seen(key, by=ana, now=NOW + HOUR), by=ana, now=NOW + HOUR)

    row = Watched.objects.get(pk=key)
    assert (row.seen_at, row.due_at) == (NOW, NOW + 4 * HOUR)


def test_a_sighting_that_was_the_only_one_leaves_nothing_seen(ana):
    """It is due again, as on the first day."""
    key = a_watch(ana)
    unsay_seen(say_seen(key, by=ana, now=NOW), by=ana, now=NOW)

    assert due(ana) == [key]
    assert Watched.objects.get(pk=key).seen_by == ""


def test_nobody_takes_back_what_somebody_else_saw(ana, bia):
    """They did not look."""
    sighting = say_seen(a_watch(ana), by=ana, now=NOW)

    with pytest.raises(NotLastSightingError):
        unsay_seen(sighting, by=bia, now=NOW)


def test_nobody_takes_back_what_was_seen_since(ana, bia):
    """The newer sighting says how it stands."""
    key = a_watch(ana)
    sighting = say_seen(key, by=ana, now=NOW)
    say_seen(key, by=bia, now=NOW + HOUR)

    with pytest.raises(NotLastSightingError):
        unsay_seen(sighting, by=ana, now=NOW + HOUR)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"subject_id": "@cocos.mx"}, NoPseudonymError),
        ({"subject_id": "s_" + "a" * 30}, NoPseudonymError),
        ({"kind": WatchKind.SESSION, "subject_id": "una sala"}, WrongSessionError),
        ({"until": date(2026, 11, 22)}, WrongDayError),
        ({"until": date(2027, 2, 22)}, WrongDayError),
        ({"note": "Escribe a ana@example.org"}, PersonalDataError),
    ],
)
def test_what_cannot_be_so_is_refused(ana, wrong, error):
    """Whole: nothing of it stands on the list."""
    with pytest.raises(error):
        a_watch(ana, **wrong)

    assert Watched.objects.count() == 0


def test_who_does_not_work_on_a_market_puts_nobody_on_its_list(ana):
    """However they came to the form."""
    with pytest.raises(ForbiddenError):
        a_watch(ana, market="BR")


@pytest.mark.parametrize("deed", [say_seen, take_off, put_back])
def test_what_another_market_watches_is_not_there(ana, deed):
    """Neither to see nor to change."""
    key = a_watch(ana)
    elsewhere = an_actor(RoleCode.ANALYST, "BR")

    assert due(elsewhere) == []
    with pytest.raises(NotFoundError):
        deed(key, by=elsewhere, now=NOW)


def test_the_log_counts_each_market(ana, bia):
    """Sightings, what was seen, by how many; and what is on the list and due."""
    first = a_watch(ana, every_hours=4)
    a_watch(ana, kind=WatchKind.SESSION, subject_id="s-1")
    say_seen(first, by=ana, now=NOW)
    say_seen(first, by=bia, now=NOW + HOUR)

    (count,) = seen_lately(by=ana, now=NOW + 2 * HOUR).counts

    assert (count.seen_n, count.subjects_n, count.people_n) == (2, 1, 2)
    assert (count.watched_n, count.due_n) == (2, 1)


def test_the_log_reaches_back_seven_days(ana):
    """What is older stays in the table, not on the page."""
    say_seen(a_watch(ana), by=ana, now=NOW)

    assert len(seen_lately(by=ana, now=NOW + timedelta(days=6)).rows) == 1
    assert seen_lately(by=ana, now=NOW + timedelta(days=8)).rows == ()


def test_who_is_erased_leaves_the_list(ana):
    """Their line stays as a count, with nothing of what was said of them."""
    creator = PSEUDONYMS.of("7421339")
    a_watch(ana, subject_id=creator, note="Vuelve hoy.")
    a_watch(ana, kind=WatchKind.SESSION, subject_id="s-1", note=f"Con {creator}.")
    people = sought(["7421339"], kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS)

    erase_subjects(people, by=COMMAND, now=NOW)

    mark = "[erased 2026-11-23]"
    theirs, other = Watched.objects.order_by("pk")
    assert (theirs.subject_id, theirs.note, theirs.ended_at) == ("", mark, NOW)
    assert (other.subject_id, other.note, other.ended_at) == ("s-1", mark, None)


def test_each_change_is_in_the_trail(ana):
    """Under the alias of the creator, whom their erasure empties."""
    key = a_watch(ana)
    unsay_seen(say_seen(key, by=ana, now=NOW), by=ana, now=NOW)
    take_off(key, by=ana, now=NOW)
    put_back(key, by=ana, now=NOW)
    told = Entry.objects.filter(object_type="watched").order_by("seq")

    assert [row.action for row in told] == [
        "watch.add",
        "watch.seen",
        "watch.unseen",
        "watch.take_off",
        "watch.put_back",
    ]
    assert len({row.subject for row in told} - {""}) == 1


def test_the_list_costs_the_same_however_long_it_is(ana, django_assert_num_queries):
    """One read for the list; two more for the log."""
    for n in range(30):
        say_seen(
            a_watch(ana, kind=WatchKind.SESSION, subject_id=f"s-{n}"), by=ana, now=NOW
        )

    with django_assert_num_queries(1):
        watch_list(by=ana, now=NOW)
    with django_assert_num_queries(3):
        seen_lately(by=ana, now=NOW)
    assert Sighting.objects.count() == 30
