"""Who talked to somebody is written once, and seen in its market alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.audit.erasure import erase_subjects
from atalaia.desk.audit.models import Entry
from atalaia.desk.rooms.today.errors import NotOwnNewestTalkError, TalkedMeanwhileError
from atalaia.desk.rooms.today.models import Talk
from atalaia.desk.rooms.today.talk_cell import WINDOW, is_settled, queue
from atalaia.desk.rooms.today.talk_record import (
    Subject,
    TalkedTo,
    log_talk,
    newest_talks,
    take_talk_back,
)
from atalaia.desk.running.rows import kept_models, loaded, written
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.codes import RoleCode
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import sought
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
PSEUDONYMS = Pseudonymiser(b"p" * 32)
ANA = Subject(market="MX", creator=PSEUDONYMS.of("7421339"))
AGENCY = Subject(market="MX", agency="ag_1")
LATER = NOW + timedelta(hours=1)


def an_analyst(*markets: str):
    return an_actor(RoleCode.ANALYST, *(markets or ("MX",)))


def talked_to(
    subject: Subject = ANA, *, by=None, known_n: int = 0, now=NOW
) -> TalkedTo:
    return log_talk(subject, known_n=known_n, by=by or an_analyst(), now=now)


@pytest.mark.parametrize("subject", [ANA, AGENCY])
def test_the_newest_talk_says_who_and_when(subject):
    """A later one takes the place of the first."""
    ana, ben = an_analyst(), an_analyst()
    talked_to(subject, by=ana)
    talked_to(subject, by=ben, known_n=1, now=LATER)

    told = newest_talks([subject], by=ana)[subject]

    assert (told.number, told.at, told.by_name) == (2, LATER, ben.name)
    assert not told.is_own


def test_the_trail_names_whom_it_was_about_by_their_key():
    """Their erasure empties what the trail says of them."""
    by = an_analyst()
    talked_to(by=by)
    entry = Entry.objects.get(action="talk.log")
    assert (entry.actor, entry.market) == (by.key, "MX")
    assert entry.subject
    assert ANA.creator not in entry.subject


def test_a_press_that_comes_twice_is_written_once():
    """A slow line, an impatient finger."""
    by = an_analyst()
    first, second = talked_to(by=by), talked_to(by=by)
    assert first == second
    assert Talk.objects.count() == 1


def test_who_did_not_know_that_somebody_talked_to_them_is_told():
    """Two people never talk to one creator without knowing of each other."""
    talked_to()
    with pytest.raises(TalkedMeanwhileError):
        talked_to(by=an_analyst())
    assert Talk.objects.count() == 1


def test_two_talks_cannot_both_be_the_next():
    """Whatever two processes read before they wrote."""
    talked_to()
    (row,) = Talk.objects.all()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_whoever_took_their_talk_back_can_write_it_again():
    """A number that was given up is free."""
    by = an_analyst()
    take_talk_back(talked_to(by=by).key, by=by, now=NOW)
    assert newest_talks([ANA], by=by) == {}
    assert talked_to(by=by).number == 1
    assert Entry.objects.filter(action="talk.take_back").count() == 1


def test_nobody_takes_back_the_talk_of_somebody_else():
    """Only its author knows that it was a slip."""
    key = talked_to().key
    with pytest.raises(NotOwnNewestTalkError):
        take_talk_back(key, by=an_analyst(), now=NOW)


def test_a_talk_that_others_came_after_stays():
    """They spoke knowing of it."""
    by = an_analyst()
    key = talked_to(by=by).key
    talked_to(by=an_analyst(), known_n=1)
    with pytest.raises(NotOwnNewestTalkError):
        take_talk_back(key, by=by, now=NOW)


def test_a_talk_of_another_market_is_not_there():
    """Neither to read, nor to write, nor to take back."""
    key, elsewhere = talked_to().key, an_analyst("BR")
    assert newest_talks([ANA], by=elsewhere) == {}
    with pytest.raises(ForbiddenError):
        talked_to(by=elsewhere)
    with pytest.raises(NotFoundError):
        take_talk_back(key, by=elsewhere, now=NOW)


@pytest.mark.parametrize("agency", ["ag_1", "ag_2"])
def test_no_agency_sees_who_talked_to_it(agency):
    """The names of the region's people are the region's."""
    talked_to(AGENCY)
    viewer = an_actor(RoleCode.AGENCY_VIEWER, agency=agency)
    assert newest_talks([AGENCY], by=viewer) == {}


def test_who_sees_the_list_and_talks_to_nobody_writes_nothing():
    """A quality reviewer reads it."""
    reviewer = an_actor(RoleCode.QUALITY_REVIEWER, "MX")
    with pytest.raises(ForbiddenError):
        talked_to(by=reviewer)
    talked_to()
    assert ANA in newest_talks([ANA], by=reviewer)


def test_more_talks_take_no_more_queries():
    """The newest of everybody is asked at once."""
    by, counts = an_analyst(), []
    for n in (1, 9):
        subjects = [Subject(market="MX", creator=f"c_{each}") for each in range(n)]
        for each in subjects:
            talked_to(each, by=by)
        with CaptureQueriesContext(connection) as asked:
            assert len(newest_talks([*subjects, AGENCY], by=by)) == n
        counts.append(len(asked))
    assert counts == [1, 1]


def test_an_erased_creator_s_talks_are_counted_and_name_nobody():
    """Those with others and with agencies stay as they are."""
    by = an_analyst()
    for n in (0, 1):
        talked_to(by=by, known_n=n)
    other = Subject(market="MX", creator=PSEUDONYMS.of("7421340"))
    talked_to(other, by=by)
    talked_to(AGENCY, by=by)
    people = sought(["7421339"], kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS)

    erase_subjects(people, by=COMMAND, now=NOW)

    assert newest_talks([ANA, other, AGENCY], by=by).keys() == {other, AGENCY}
    assert Talk.objects.count() == 4


def test_two_erased_creators_do_not_stand_in_each_other_s_way():
    """Nobody is no subject of which there could be one first talk only."""
    by = an_analyst()
    for name in ("7421339", "7421340"):
        talked_to(Subject(market="MX", creator=PSEUDONYMS.of(name)), by=by)
    people = sought(
        ["7421339", "7421340"], kind=PersonKind.CREATOR, pseudonymiser=PSEUDONYMS
    )
    erase_subjects(people, by=COMMAND, now=NOW)
    assert Talk.objects.filter(creator_id="").count() == 2


def test_a_backup_carries_talks():
    """They come back as they were."""
    talked_to(AGENCY)
    assert Talk in kept_models()
    lines = list(written(Talk, using="default"))
    (before,) = Talk.objects.values()
    Talk.objects.all().delete()
    assert loaded(Talk, lines, using="default") == 1
    assert list(Talk.objects.values()) == [before]


def a_talk(*, ago: timedelta) -> TalkedTo:
    return TalkedTo(key=1, number=1, at=NOW - ago, by_name="Ana", is_own=True)


@pytest.mark.parametrize(
    ("ago", "after", "expected"),
    [
        (timedelta(0), None, True),
        (WINDOW - timedelta(seconds=1), None, True),
        (WINDOW, None, False),
        (timedelta(days=1), timedelta(days=2), True),
        (timedelta(days=1), timedelta(hours=2), False),
    ],
)
def test_a_talk_settles_for_a_week_or_until_the_next_strike(ago, after, expected):
    """A strike after it asks for a talk of its own."""
    strike = None if after is None else NOW - after
    assert is_settled(a_talk(ago=ago), now=NOW, after=strike) is expected


def test_whom_nobody_talked_to_is_not_settled():
    """However new their strike."""
    assert not is_settled(None, now=NOW, after=None)


def test_who_waits_keeps_their_order_and_the_rest_stands_below_newest_first():
    """The next in order take the places of those who were talked to."""
    talks = {"b": a_talk(ago=timedelta(days=2)), "d": a_talk(ago=timedelta(days=1))}
    rows = [(name, talks.get(name), name in talks) for name in "abcdef"]
    shown = queue(rows, most=3)
    assert (shown.waiting, shown.settled) == (("a", "c", "e"), ("d", "b"))
